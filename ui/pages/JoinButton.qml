import QtQuick
import ui.theme
import ui.controls

// Do this together with other things: a plus, and a tick once it is in the basket. Touched again it is taken out.
TouchTarget {
    id: button

    required property bool added

    width: Math.max(Theme.touchComfort, Math.round((Theme.elder ? 32 : 26) * Theme.mm))
    implicitHeight: sign.height + name.implicitHeight + 2 * Theme.gapSmall
    text: added ? qsTr("已加入") : qsTr("一起办")
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: added
    background: Rectangle {
        radius: Theme.radius
        color: button.added || button.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: button.added ? Theme.lineThick : Theme.lineThin
        border.color: button.added || button.down ? Theme.accentInk : Theme.outline

        FocusRing {
            shown: button.visualFocus
        }
    }
    contentItem: Item {
        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.gapTight

            Icon {
                id: sign

                anchors.horizontalCenter: parent.horizontalCenter
                name: button.added ? "check" : "plus"
                colour: Theme.accentInk
            }

            Words {
                id: name

                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                size: Words.Caption
                color: Theme.accentInk
                text: button.text
                Accessible.ignored: true
            }
        }
    }
}
