import QtQuick
import ui.theme
import ui.controls

// A form kept for later. Deleting asks once more, in the same place.
Panel {
    id: card

    required property string draft
    required property string title
    required property string detail
    required property string until
    required property bool older

    property bool asking: false

    signal chosen
    signal dropped

    Column {
        width: parent.width
        spacing: Theme.gapTight

        Words {
            width: parent.width
            size: Words.Heading
            text: card.title
        }

        Words {
            width: parent.width
            quiet: true
            text: card.detail
        }

        Words {
            width: parent.width
            size: Words.Caption
            quiet: true
            text: card.until
        }

        Words {
            visible: card.older
            width: parent.width
            size: Words.Caption
            color: Theme.caution
            text: qsTr("办事的要求有变化，有几项可能要重新填")
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "resume-" + card.draft
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Secondary
            iconName: "arrow-right"
            iconLast: true
            text: qsTr("接着办这件事")
            spoken: text + " " + card.title
            onClicked: card.chosen()
        }

        ActionButton {
            objectName: "drop-" + card.draft
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Quiet
            critical: true
            iconName: "trash-2"
            text: card.asking ? qsTr("确定删除，找不回来") : qsTr("删除这份表")
            spoken: text + " " + card.title
            onClicked: {
                if (card.asking)
                    card.dropped();
                else
                    card.asking = true;
            }
        }
    }
}
