import QtQuick
import ui.theme
import ui.controls

// Something is going on. Nothing moves, and nothing is redrawn, unless it runs and can be seen; with reduced motion the
// words beside it say it alone.
Item {
    id: spinner

    property bool running: true
    property color colour: Theme.accentInk
    property int size: Theme.icon

    implicitWidth: size
    implicitHeight: size
    visible: running
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("请稍候")

    Icon {
        id: wheel

        name: "loader-circle"
        colour: spinner.colour
        size: spinner.size

        RotationAnimator on rotation {
            running: spinner.running && spinner.visible && !Theme.reducedMotion
            from: 0
            to: 360
            duration: Theme.spinTurn
            loops: Animation.Infinite
        }
    }
}
