import QtQuick
import ui.theme

// Where the five keys and the keyboard are. Shown only when focus came by keys.
Rectangle {
    id: ring

    required property bool shown
    property real around: Theme.radius

    anchors.fill: parent
    anchors.margins: -2 * Theme.lineThick
    visible: shown
    color: "transparent"
    radius: around + 2 * Theme.lineThick
    border.width: Theme.lineThick
    border.color: Theme.focus
    Accessible.ignored: true
}
