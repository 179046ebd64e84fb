pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The picture in a DevicePrompt: this machine with the device lit, and the device from close up with the hand that
// brings what it wants. Only the hand moves: out and there in a moment, then it stays to be seen.
Item {
    id: scene

    required property int device
    required property int progress
    // the other way: what was given comes back to the hand
    property bool leaving: false
    // the whole machine at the left; without it the device alone
    property bool machineShown: true

    readonly property string name: ["id-reader", "card-reader", "scanner", "camera", "printer", "screen"][device]
    readonly property string hand: device === DevicePrompt.Printer && !taken ? "slip" : ["hand-id-card", "hand-chip-card", "hand-phone", "hand-paper", "hand-slip", "hand-lens"][device]
    // in hundredths of the height: where the hand begins, where it ends, and behind which edge it disappears
    readonly property real out: [52, 40, 58, 76, taken ? 58 : -26, 58][device]
    readonly property real there: [15, 5, 39, 56, 28, 30][device]
    readonly property real edge: [0, 32, 0, 0, 28, 0][device]

    readonly property bool gone: progress === DevicePrompt.Absent || progress === DevicePrompt.Recovering
    // a slip that is there is taken
    readonly property bool taken: device === DevicePrompt.Printer && progress !== DevicePrompt.Reading
    readonly property bool away: leaving || taken || progress === DevicePrompt.Failed
    readonly property bool moving: progress === DevicePrompt.Waiting || progress === DevicePrompt.Failed || taken && progress === DevicePrompt.Done
    readonly property color ink: gone ? Theme.textQuiet : progress === DevicePrompt.Failed ? Theme.critical : leaving ? Theme.caution : progress === DevicePrompt.Done ? Theme.positive : Theme.accentInk
    readonly property color tint: gone ? Theme.surfaceSunken : progress === DevicePrompt.Failed ? Theme.criticalQuiet : leaving ? Theme.cautionQuiet : progress === DevicePrompt.Done ? Theme.positiveQuiet : Theme.accentQuiet
    readonly property string colours: [ink, tint, Theme.surfaceSunken, Theme.outline, Theme.surfaceRaised, Theme.shade, Theme.line].map(colour => colour.toString().slice(1)).join("-")
    readonly property real unit: height / 100

    // 0: in the hand, 1: in its place
    property real way: progress === DevicePrompt.Reading && device === DevicePrompt.Printer ? 0.6 : moving ? (away ? 0.8 : 0.2) : 1

    implicitWidth: implicitHeight * 2.4
    implicitHeight: 60 * Theme.mm
    Accessible.ignored: true

    SequentialAnimation on way {
        running: scene.moving && scene.visible && !Theme.reducedMotion
        loops: Animation.Infinite

        PropertyAction {
            value: scene.away ? 1 : 0
        }

        PauseAnimation {
            duration: Theme.motionHold / 2
        }

        NumberAnimation {
            from: scene.away ? 1 : 0
            to: scene.away ? 0 : 1
            duration: Theme.motionCarry
            easing.type: Easing.InOutCubic
        }

        PauseAnimation {
            duration: Theme.motionHold
        }
    }

    Image {
        id: machine

        visible: scene.machineShown && scene.name !== "screen"
        width: Math.min(Math.round(0.92 * scene.height), Math.round(0.4 * scene.width))
        height: scene.height
        source: visible ? "image://drawing/machine." + scene.name + "/" + scene.colours : ""
        sourceSize: Qt.size(width, height)
    }

    Rectangle {
        id: lens

        x: machine.visible ? machine.width : 0
        width: scene.width - x
        height: scene.height
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: machine.visible ? Theme.lineThin : 0
        border.color: scene.ink
        clip: true

        Item {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 160 * scene.unit
            height: parent.height

            Image {
                anchors.fill: parent
                source: "image://drawing/" + scene.name + "/" + scene.colours
                sourceSize: Qt.size(width, height)
            }

            Item {
                y: scene.edge * scene.unit
                width: parent.width
                height: parent.height - y - Theme.lineThin
                clip: true

                Image {
                    visible: !scene.gone
                    x: 47 * scene.unit
                    y: (scene.out + (scene.there - scene.out) * scene.way - scene.edge) * scene.unit
                    width: 66 * scene.unit
                    height: 110 * scene.unit
                    source: "image://drawing/" + scene.hand + "/" + scene.colours
                    sourceSize: Qt.size(width, height)
                }
            }

            // which way, for whom nothing moves
            Icon {
                visible: scene.moving && Theme.reducedMotion
                x: 28 * scene.unit
                y: 66 * scene.unit
                rotation: scene.away ? 180 : 0
                name: "arrow-big-up"
                size: Math.round(18 * scene.unit)
                colour: scene.ink
            }
        }

        // how far it is, beside the words that say it
        Rectangle {
            id: badge

            readonly property bool small: scene.height < 40 * Theme.mm
            readonly property int mark: small ? Theme.iconSmall : Theme.icon

            visible: scene.progress !== DevicePrompt.Waiting
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: small ? 0 : Theme.gapSmall
            width: mark + 2 * (small ? Theme.gapTight : Theme.gapSmall)
            height: width
            radius: width / 2
            color: scene.tint

            Spinner {
                anchors.centerIn: parent
                running: scene.progress === DevicePrompt.Reading || scene.progress === DevicePrompt.Recovering
                size: badge.mark
                colour: scene.ink
            }

            Icon {
                anchors.centerIn: parent
                visible: scene.progress === DevicePrompt.Done || scene.progress === DevicePrompt.Failed || scene.progress === DevicePrompt.Absent
                name: scene.progress === DevicePrompt.Done ? "check" : scene.progress === DevicePrompt.Failed ? "circle-alert" : "x"
                size: badge.mark
                colour: scene.ink
            }
        }
    }
}
