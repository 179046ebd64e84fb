import QtQuick
import ui.theme

// What the keyboard's lists stand on.
Rectangle {
    radius: Theme.radius
    color: Theme.surfaceRaised
    border.width: Theme.lineThick
    border.color: Theme.accentInk
}
