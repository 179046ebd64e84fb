import QtQuick
import ui.theme

// The keyboard of the screen at the lower edge; it comes up when a field is typed in, and pages make room for it.
// Qt Virtual Keyboard stands under GPL-3 and may be left out: without it this loads nothing and says so in the log.
Item {
    id: keyboard

    readonly property bool shown: panel.status === Loader.Ready && InputMethod.visible

    objectName: "keyboard"
    parent: Window.window ? Window.window.contentItem : null
    anchors.left: parent ? parent.left : undefined
    anchors.right: parent ? parent.right : undefined
    height: panel.height
    y: (parent ? parent.height : 0) - (shown ? height : 0)
    z: 1
    visible: shown

    Rectangle {
        anchors.fill: parent
        color: Theme.surfaceSunken
    }

    Loader {
        id: panel

        width: Math.min(parent.width, 330 * Theme.mm)
        anchors.horizontalCenter: parent.horizontalCenter
        source: "KeyboardPanel.qml"
    }
}
