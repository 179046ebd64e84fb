import QtQuick
import ui.theme

// The keyboard of the screen at the lower edge; it comes up when a field is typed in, and pages make room for it.
// Qt Virtual Keyboard stands under GPL-3 and may be left out: without it this loads nothing and says so in the log.
// It is there only while somebody is: a terminal at rest starts sooner and is a quarter smaller without it, and what a
// citizen typed goes with it.
Item {
    id: keyboard

    property bool wanted: true
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
        active: keyboard.wanted
        asynchronous: true
        source: "KeyboardPanel.qml"
    }
}
