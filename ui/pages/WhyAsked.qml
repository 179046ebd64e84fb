import QtQuick
import ui.theme
import ui.controls

// Why something is asked, and for which items: small and quiet, below the answer.
Column {
    id: asked

    required property string why
    required property string items

    visible: why !== "" || items !== ""
    topPadding: Theme.gapSmall
    spacing: Theme.gapTight

    Rectangle {
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }

    Row {
        width: parent.width
        topPadding: Theme.gapTight
        spacing: Theme.gapSmall

        Icon {
            id: sign

            name: "circle-help"
            size: Theme.iconSmall
            colour: Theme.textQuiet
        }

        Column {
            width: parent.width - sign.width - parent.spacing
            spacing: Theme.gapTight

            Words {
                visible: asked.why !== ""
                width: parent.width
                size: Words.Caption
                quiet: true
                text: qsTr("为什么问：%1").arg(asked.why)
            }

            Words {
                visible: asked.items !== ""
                width: parent.width
                size: Words.Caption
                quiet: true
                text: qsTr("用于：%1").arg(asked.items)
            }
        }
    }
}
