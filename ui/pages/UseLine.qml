import QtQuick
import ui.theme
import ui.controls

// Once that somebody's data were used, or the day above it. What was looked at in many places unfolds.
Item {
    id: line

    required property bool header
    required property string sign
    required property string title
    required property string says
    required property string rest
    required property string more
    required property string detail

    property bool unfolded: false

    implicitHeight: header ? day.height : card.height

    Words {
        id: day

        visible: line.header
        width: parent.width
        size: Words.Heading
        text: line.header ? line.title : ""
    }

    Panel {
        id: card

        visible: !line.header
        width: parent.width

        PanelRow {
            width: parent.width
            iconName: line.sign === "" ? "eye" : line.sign
            label: line.header ? "" : line.title
            detail: [line.says, line.unfolded ? line.rest : "", line.detail].filter(part => part !== "").join("\n")
        }

        ActionButton {
            objectName: "unfold"
            visible: line.more !== "" && !line.unfolded
            rank: ActionButton.Quiet
            leftPadding: Theme.gapSmall
            iconName: "chevron-down"
            text: line.more
            onClicked: line.unfolded = true
        }
    }
}
