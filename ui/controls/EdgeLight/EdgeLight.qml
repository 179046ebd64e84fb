import QtQuick
import ui.theme

// A light at the edge of the screen, right where a device is beyond it. Fills its parent and takes no touch.
Item {
    id: light

    // "below", "above", "left" or "right"; nothing is lit otherwise
    required property string side
    // how far along that edge, 0 to 1
    required property real along
    property color ink: Theme.accentInk

    readonly property bool upright: side === "left" || side === "right"
    readonly property real reach: (upright ? height : width) - length
    readonly property real length: Math.round(44 * Theme.mm)
    // of its length that is lit now
    property real lit: 1

    anchors.fill: parent
    visible: side !== ""
    Accessible.ignored: true

    SequentialAnimation on lit {
        running: light.visible && !Theme.reducedMotion
        loops: Animation.Infinite

        NumberAnimation {
            from: 0.4
            to: 1
            duration: Theme.motionCarry
            easing.type: Easing.OutCubic
        }

        PauseAnimation {
            duration: Theme.motionHold
        }
    }

    Rectangle {
        readonly property real start: Math.min(Math.max(0, light.along * (light.upright ? light.height : light.width) - light.length / 2), light.reach)
        readonly property real spare: light.length * (1 - light.lit) / 2

        x: light.upright ? (light.side === "left" ? 0 : light.width - width) : start + spare
        y: light.upright ? start + spare : light.side === "above" ? 0 : light.height - height
        width: light.upright ? Theme.gapTight : light.length * light.lit
        height: light.upright ? light.length * light.lit : Theme.gapTight
        radius: Theme.gapTight / 2
        color: light.ink
    }
}
