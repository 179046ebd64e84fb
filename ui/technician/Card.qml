import QtQuick
import ui.theme

// A sheet with a heading: figures and rows stand below each other, close together.
Rectangle {
    id: card

    property string title: ""
    property string aside: ""
    property alias gap: column.spacing
    default property alias content: column.data

    implicitHeight: head.height + column.height + 2 * pad
    readonly property real pad: Theme.gap
    readonly property real inner: width - 2 * pad

    radius: Theme.radius
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line

    Item {
        id: head

        visible: card.title !== ""
        x: card.pad
        y: card.pad
        width: card.inner
        height: visible ? Math.max(heading.height, right.height) + Theme.gapSmall : 0

        Line {
            id: heading

            width: parent.width - (right.text === "" ? 0 : right.width + Theme.gap)
            text: card.title
            strong: true
            Accessible.role: Accessible.Heading
        }

        Line {
            id: right

            anchors.right: parent.right
            width: Math.min(implicitWidth, parent.width * 0.6)
            horizontalAlignment: Text.AlignRight
            text: card.aside
            quiet: true
        }
    }

    Column {
        id: column

        x: card.pad
        y: card.pad + head.height
        width: card.inner
        spacing: Theme.gapSmall
    }
}
