import QtQuick
import ui.theme

// A white sheet that holds rows below each other.
Rectangle {
    id: panel

    default property alias content: column.data

    implicitHeight: column.height + 2 * Theme.cardPadding
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line

    Column {
        id: column

        x: Theme.cardPadding
        y: Theme.cardPadding
        width: panel.width - 2 * Theme.cardPadding
        spacing: Theme.gap
    }
}
