import QtQuick
import ui.theme
import ui.controls

// A shelf of services: a stage of a life with its sign, or a department, and how much stands on it.
TouchTarget {
    id: tile

    required property string iconName
    property string note: ""

    implicitHeight: Math.max(Theme.touchComfort, words.height + 2 * Theme.gap)
    Accessible.description: note
    background: Rectangle {
        radius: Theme.radius
        color: tile.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: tile.down ? Theme.lineThick : Theme.lineThin
        border.color: tile.down ? Theme.accentInk : Theme.line

        FocusRing {
            shown: tile.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            id: sign

            visible: tile.iconName !== ""
            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            name: tile.iconName === "" ? "landmark" : tile.iconName
            colour: Theme.accentInk
        }

        Column {
            id: words

            x: sign.visible ? sign.x + sign.width + Theme.gap : Theme.gap
            width: parent.width - x - Theme.gap
            anchors.verticalCenter: parent.verticalCenter

            Words {
                width: parent.width
                text: tile.text
                strong: true
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                text: tile.note
                size: Words.Caption
                quiet: true
                Accessible.ignored: true
            }
        }
    }
}
