pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A material that the citizen gives: how far it has come and what can be done about it.
Rectangle {
    id: card

    required property string material
    required property string title
    required property string stand
    required property string how
    required property string action
    required property bool deferrable

    readonly property bool there: stand === "there"
    readonly property bool postponed: stand === "deferred"

    signal opened
    signal deferred

    // the buttons stand beside the words where both have room, below them otherwise
    readonly property real buttonsWidth: open.implicitWidth + (later.visible ? buttons.spacing + later.implicitWidth : 0)
    readonly property bool beside: width - words.x - buttonsWidth - 2 * Theme.cardPadding > 90 * Theme.mm * Theme.textScale

    implicitHeight: (beside ? Math.max(words.height, buttons.height) : words.height + buttons.height + Theme.gap) + 2 * Theme.cardPadding
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: there || postponed ? Theme.lineThin : Theme.lineThick
    border.color: there || postponed ? Theme.line : Theme.accentInk

    Icon {
        id: sign

        x: Theme.cardPadding
        y: words.y + Theme.gapTight
        name: card.there ? "circle-check" : card.postponed ? "clock" : card.action === "promise" ? "pen-line" : "camera"
        colour: card.there ? Theme.positive : card.postponed ? Theme.caution : Theme.accentInk
    }

    Column {
        id: words

        x: sign.x + sign.width + Theme.gap
        y: card.beside ? (card.height - height) / 2 : Theme.cardPadding
        width: card.width - x - Theme.cardPadding - (card.beside ? card.buttonsWidth + Theme.gap : 0)
        spacing: Theme.gapTight

        Words {
            width: parent.width
            strong: true
            text: card.title
        }

        Words {
            width: parent.width
            size: Words.Caption
            quiet: card.stand === "open"
            color: card.there ? Theme.positive : card.postponed ? Theme.caution : Theme.textQuiet
            text: Theme.kept(card.how)
        }
    }

    Flow {
        id: buttons

        x: card.beside ? card.width - card.buttonsWidth - Theme.cardPadding - 1 : words.x
        y: card.beside ? (card.height - height) / 2 : words.y + words.height + Theme.gap
        width: card.beside ? card.buttonsWidth + 1 : words.width
        spacing: Theme.gap

        ActionButton {
            id: open

            objectName: "material-" + card.material
            width: Math.min(implicitWidth, buttons.width)
            rank: ActionButton.Secondary
            iconName: card.action === "promise" ? "pen-line" : "camera"
            text: card.action === "promise" ? (card.there ? qsTr("再看承诺") : qsTr("看要承诺的话")) : card.there ? qsTr("重新拍照") : qsTr("现在拍照")
            spoken: text + " " + card.title
            onClicked: card.opened()
        }

        ActionButton {
            id: later

            objectName: "defer-" + card.material
            visible: card.deferrable && card.stand === "open"
            width: Math.min(implicitWidth, buttons.width)
            rank: ActionButton.Quiet
            iconName: "clock"
            text: qsTr("稍后补交材料")
            spoken: text + " " + card.title
            onClicked: card.deferred()
        }
    }
}
