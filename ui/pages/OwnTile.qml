import QtQuick
import ui.theme
import ui.controls

// A way into one more part of what is theirs: a sign, its name, and how much there is.
TouchTarget {
    id: tile

    required property string iconName
    property string note: ""

    spoken: note === "" ? text : text + " " + note
    implicitHeight: Math.max(Theme.touchComfort, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.cardPadding

    background: Rectangle {
        radius: Theme.radiusLarge
        color: tile.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: tile.down ? Theme.lineThick : Theme.lineThin
        border.color: tile.down ? Theme.accentInk : Theme.line

        FocusRing {
            shown: tile.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitHeight: Math.max(sign.height, words.height)

        // a row as wide as the page leads on, as rows of lists do; beside each other they are known as buttons
        Icon {
            id: go

            visible: tile.width > 120 * Theme.mm
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            colour: Theme.textQuiet
        }

        Icon {
            id: sign

            anchors.verticalCenter: parent.verticalCenter
            name: tile.iconName
            size: Theme.iconLarge
            colour: Theme.accentInk
        }

        Column {
            id: words

            x: sign.width + Theme.gap
            width: parent.width - x - (go.visible ? go.width + Theme.gapSmall : 0)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapTight

            Words {
                width: parent.width
                strong: true
                text: Theme.kept(tile.text)
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                size: Words.Caption
                quiet: true
                text: Theme.kept(tile.note)
                Accessible.ignored: true
            }
        }
    }
}
