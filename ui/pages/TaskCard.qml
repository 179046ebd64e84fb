import QtQuick
import ui.theme
import ui.controls

// A section of a long form: one touch opens it. One that waits says what for.
TouchTarget {
    id: card

    required property string section
    required property string title
    required property string detail
    required property string stand
    required property bool opens

    signal chosen

    objectName: "section-" + section
    enabled: opens
    implicitHeight: Math.max(Theme.touchComfort, words.height + 2 * Theme.gap)
    spoken: title
    Accessible.description: detail
    onClicked: chosen()

    background: Rectangle {
        radius: Theme.radiusLarge
        color: !card.opens ? Theme.surfaceSunken : card.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: card.stand === "started" ? Theme.lineThick : Theme.lineThin
        border.color: card.stand === "started" ? Theme.accentInk : Theme.line

        FocusRing {
            shown: card.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        Icon {
            id: sign

            x: Theme.cardPadding
            anchors.verticalCenter: parent.verticalCenter
            name: card.stand === "done" ? "circle-check" : card.stand === "started" ? "circle-dot" : card.stand === "new" ? "circle" : "hourglass"
            colour: card.stand === "done" ? Theme.positive : card.opens ? Theme.accentInk : Theme.textQuiet
        }

        Column {
            id: words

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: next.left
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapTight

            Words {
                width: parent.width
                strong: true
                quiet: !card.opens
                text: card.title
            }

            Words {
                width: parent.width
                size: Words.Caption
                quiet: true
                text: Theme.kept(card.detail)
            }
        }

        Icon {
            id: next

            visible: card.opens
            anchors.right: parent.right
            anchors.rightMargin: Theme.cardPadding
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            colour: Theme.textQuiet
        }
    }
}
