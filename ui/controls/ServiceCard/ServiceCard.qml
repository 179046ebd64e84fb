import QtQuick
import ui.theme
import ui.controls

// A way in: a one-thing, a theme, a department. `wide` lies (icon left), otherwise it stands (icon above).
TouchTarget {
    id: card

    property string iconName: ""
    property string summary: ""
    // small print on the card, for example 「最快 1 分钟办好」
    property string note: ""
    property bool wide: true

    implicitHeight: Math.max(Theme.touchComfort * 1.4, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.cardPadding
    Accessible.description: summary + (note === "" ? "" : " " + note)

    background: Rectangle {
        radius: Theme.radiusLarge
        color: card.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: card.down ? Theme.lineThick : Theme.lineThin
        border.color: card.down ? Theme.accentInk : Theme.line

        FocusRing {
            shown: card.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitWidth: card.wide ? plate.width + Theme.gap + label.implicitWidth : Math.max(plate.width, label.implicitWidth)
        implicitHeight: card.wide ? Math.max(plate.height, words.implicitHeight) : plate.height + Theme.gap + words.implicitHeight

        Rectangle {
            id: plate

            width: Theme.iconLarge + Theme.gap
            height: width
            y: card.wide ? (parent.height - height) / 2 : 0
            radius: Theme.radius
            color: card.down ? Theme.surfaceRaised : Theme.accentQuiet

            Icon {
                anchors.centerIn: parent
                name: card.iconName
                size: Theme.iconLarge
                colour: Theme.accentInk
            }
        }

        Column {
            id: words

            x: card.wide ? plate.width + Theme.gap : 0
            y: card.wide ? (parent.height - height) / 2 : plate.height + Theme.gap
            width: parent.width - x - (card.wide ? go.width + Theme.gapSmall : 0)
            spacing: Theme.gapTight

            Words {
                id: label

                width: parent.width
                text: Theme.kept(card.text)
                size: Words.Heading
                Accessible.ignored: true
            }

            Words {
                visible: card.summary !== ""
                width: parent.width
                text: Theme.kept(card.summary)
                size: Words.Caption
                quiet: true
                Accessible.ignored: true
            }

            Words {
                visible: card.note !== ""
                width: parent.width
                text: card.note
                size: Words.Caption
                color: Theme.positive
                Accessible.ignored: true
            }
        }

        Icon {
            id: go

            visible: card.wide
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            colour: Theme.textQuiet
        }
    }
}
