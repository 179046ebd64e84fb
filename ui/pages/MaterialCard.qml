import QtQuick
import ui.theme
import ui.controls

// A material that the citizen gives: how far it has come and what can be done about it.
Rectangle {
    id: card

    required property string material
    required property string title
    required property string state
    required property string how
    required property string action
    required property bool deferrable

    readonly property bool there: state === "there"
    readonly property bool postponed: state === "deferred"

    signal opened
    signal deferred

    implicitHeight: words.height + buttons.height + 2 * Theme.cardPadding + Theme.gap
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: there || postponed ? Theme.lineThin : Theme.lineThick
    border.color: there || postponed ? Theme.line : Theme.accentInk

    Icon {
        id: sign

        x: Theme.cardPadding
        y: Theme.cardPadding + Theme.gapTight
        name: card.there ? "circle-check" : card.postponed ? "clock" : card.action === "promise" ? "pen-line" : "camera"
        colour: card.there ? Theme.positive : card.postponed ? Theme.caution : Theme.accentInk
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.cardPadding
        y: Theme.cardPadding
        spacing: Theme.gapTight

        Words {
            width: parent.width
            strong: true
            text: card.title
        }

        Words {
            width: parent.width
            size: Words.Caption
            quiet: card.state === "open"
            color: card.there ? Theme.positive : card.postponed ? Theme.caution : Theme.textQuiet
            text: card.how
        }
    }

    Flow {
        id: buttons

        anchors.left: words.left
        anchors.right: words.right
        anchors.top: words.bottom
        anchors.topMargin: Theme.gap
        spacing: Theme.gap

        ActionButton {
            objectName: "material-" + card.material
            width: Math.min(implicitWidth, buttons.width)
            rank: ActionButton.Secondary
            iconName: card.action === "promise" ? "pen-line" : "camera"
            text: card.action === "promise" ? (card.there ? qsTr("再看承诺") : qsTr("看承诺书")) : card.there ? qsTr("重新拍照") : qsTr("现在拍照")
            onClicked: card.opened()
        }

        ActionButton {
            objectName: "defer-" + card.material
            visible: card.deferrable && card.state === "open"
            width: Math.min(implicitWidth, buttons.width)
            rank: ActionButton.Quiet
            iconName: "clock"
            text: qsTr("稍后补交")
            onClicked: card.deferred()
        }
    }
}
