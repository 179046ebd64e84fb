import QtQuick
import ui.theme
import ui.controls

// The basket in the corner of a page, with how much is in it.
TouchTarget {
    id: button

    required property int count
    // the number alone, where there is no room for words
    property bool brief: false

    objectName: "basket"
    text: brief ? String(count) : qsTr("一起办（%1）").arg(count)
    spoken: qsTr("看看一起办的 %1 件事").arg(count)
    implicitWidth: row.width + 2 * Theme.gap
    implicitHeight: Theme.touchTarget
    background: Rectangle {
        radius: height / 2
        color: button.down ? Theme.accentPressed : Theme.accent

        FocusRing {
            shown: button.visualFocus
            around: parent.radius
        }
    }
    contentItem: Item {
        Row {
            id: row

            anchors.centerIn: parent
            spacing: Theme.gapSmall

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "shopping-basket"
                colour: Theme.accentText
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: button.text
                strong: true
                color: Theme.accentText
                Accessible.ignored: true
            }
        }
    }
}
