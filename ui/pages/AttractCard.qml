import QtQuick
import ui.theme
import ui.controls

// A service on the attract page: its sign, its name, and how it is done. Pointed at now and then.
TouchTarget {
    id: card

    required property string iconName
    property string note: ""
    property bool roomy: false
    // no service, but a way to what is one's own or to a counter
    property bool beside: false
    property bool pointed: false
    readonly property bool lit: down || pointed

    implicitHeight: Math.max(Theme.touchComfort, (roomy && !beside ? 2.6 : 1.6) * Theme.bodySize * 1.5 + 2 * Theme.gap, Math.max(sign.height, words.height) + 2 * Theme.gapSmall)
    Accessible.description: note
    background: Rectangle {
        radius: Theme.radius
        color: card.down || card.beside ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: card.lit ? Theme.lineThick : Theme.lineThin
        border.color: card.lit ? Theme.accentInk : card.beside ? Theme.accentQuiet : Theme.line

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

        Column {
            id: words

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gapTight

            Words {
                width: parent.width
                text: Theme.kept(card.text)
                strong: card.roomy
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                text: Theme.kept(card.note)
                size: Words.Caption
                quiet: true
                Accessible.ignored: true
            }
        }
    }
}
