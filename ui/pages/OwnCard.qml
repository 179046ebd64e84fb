import QtQuick
import ui.theme
import ui.controls

// Something of theirs in a list: what it is, how it stands, and that it can be opened. Without a kind it only tells.
TouchTarget {
    id: card

    required property string kind
    required property string key
    required property string sign
    required property string tone
    required property string title
    required property string stand
    required property string detail

    readonly property color ink: tone === "positive" ? Theme.positive : tone === "caution" ? Theme.caution : tone === "critical" ? Theme.critical : tone === "quiet" ? Theme.textQuiet : Theme.accentInk
    readonly property color plate: tone === "positive" ? Theme.positiveQuiet : tone === "caution" ? Theme.cautionQuiet : tone === "critical" ? Theme.criticalQuiet : tone === "quiet" ? Theme.surfaceSunken : Theme.accentQuiet

    objectName: "own-" + kind + "-" + key
    enabled: kind !== ""
    text: title
    // one that opens nothing only tells
    Accessible.role: enabled ? Accessible.Button : Accessible.StaticText
    spoken: [title, stand, detail].filter(part => part !== "").join(" ")
    implicitHeight: Math.max(Theme.touchComfort, implicitContentHeight + topPadding + bottomPadding)
    padding: Theme.cardPadding

    background: Rectangle {
        radius: Theme.radiusLarge
        color: card.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: card.down || card.tone === "caution" ? Theme.lineThick : Theme.lineThin
        border.color: card.down ? Theme.accentInk : card.tone === "caution" ? card.ink : Theme.line

        FocusRing {
            shown: card.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitHeight: Math.max(sign.height, words.height)

        Rectangle {
            id: sign

            y: (parent.height - height) / 2
            width: Theme.iconLarge
            height: width
            radius: width / 2
            color: card.plate

            Icon {
                anchors.centerIn: parent
                name: card.sign
                colour: card.ink
            }
        }

        Column {
            id: words

            x: sign.width + Theme.gap
            y: (parent.height - height) / 2
            width: parent.width - x - (go.visible ? go.width + Theme.gapSmall : 0)
            spacing: Theme.gapTight

            Words {
                width: parent.width
                strong: true
                text: card.title
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                color: card.ink
                text: Theme.kept(card.stand)
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                size: Words.Caption
                quiet: true
                text: Theme.kept(card.detail)
                Accessible.ignored: true
            }
        }

        Icon {
            id: go

            visible: card.enabled
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-right"
            colour: Theme.textQuiet
        }
    }
}
