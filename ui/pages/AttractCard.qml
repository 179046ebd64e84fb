import QtQuick
import ui.theme
import ui.controls

// A service on the attract page: its sign and its name, in a card as high as two lines need.
TouchTarget {
    id: card

    required property string iconName

    implicitHeight: Math.max(Theme.bodySize * 1.5 * 2 + 2 * Theme.gap, Math.max(sign.height, name.implicitHeight) + 2 * Theme.gap)
    background: Rectangle {
        radius: Theme.radius
        color: card.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: card.down ? Theme.lineThick : Theme.lineThin
        border.color: card.down ? Theme.accentInk : Theme.line

        FocusRing {
            shown: card.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            id: sign

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: card.iconName
            colour: Theme.accentInk
        }

        Words {
            id: name

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: card.text
            Accessible.ignored: true
        }
    }
}
