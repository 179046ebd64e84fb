import QtQuick
import ui.controls

// Once that somebody's data were used, or the day above it.
Item {
    id: line

    required property bool header
    required property string sign
    required property string title
    required property string says
    required property string detail

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
            detail: line.says === "" ? line.detail : line.says + "\n" + line.detail
        }
    }
}
