pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The picture in a DevicePrompt: the device below, what the citizen holds above it, on its way while `moving`.
Item {
    id: scene

    required property int device
    required property bool moving
    required property bool arrived
    required property color ink

    readonly property bool falls: device === DevicePrompt.Printer
    readonly property bool card: device === DevicePrompt.IdReader || device === DevicePrompt.CardSlot
    readonly property real bodyTop: height * (falls ? 0.12 : 0.56)
    // the other way: what was given comes back to the hand
    property bool leaving: false
    property real way: arrived ? 1 : moving ? 0 : 0.35

    Accessible.ignored: true

    SequentialAnimation on way {
        running: scene.moving && scene.visible && !Theme.reducedMotion
        loops: Animation.Infinite

        NumberAnimation {
            from: scene.leaving ? 1 : 0
            to: scene.leaving ? 0 : 1
            duration: 900
            easing.type: Easing.InOutCubic
        }

        PauseAnimation {
            duration: 900
        }
    }

    // the slip hangs out of the printer, behind its front
    Rectangle {
        visible: scene.falls
        x: (parent.width - width) / 2
        y: scene.bodyTop + scene.height * 0.2
        width: scene.height * 0.42
        height: scene.height * (0.22 + 0.42 * scene.way)
        color: "white"
        border.width: Theme.lineThin
        border.color: Theme.outline

        Column {
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gapSmall
            x: Theme.gapSmall
            width: parent.width - 2 * x
            spacing: Theme.gapTight

            Repeater {
                model: 3

                Rectangle {
                    required property int index

                    width: parent.width * (index === 2 ? 0.55 : 1)
                    height: Theme.lineThick
                    color: Theme.outline
                }
            }
        }
    }

    // the front of the machine
    Rectangle {
        id: front

        x: 0
        y: scene.bodyTop
        width: parent.width
        height: parent.height * (scene.falls ? 0.3 : 0.44)
        radius: Theme.radiusLarge
        color: Theme.highContrast ? "white" : "#dfe5ea"
        border.width: Theme.lineThick
        border.color: scene.ink

        // where it goes
        Rectangle {
            readonly property bool slot: scene.device === DevicePrompt.CardSlot || scene.falls

            anchors.horizontalCenter: parent.horizontalCenter
            y: slot ? (scene.falls ? parent.height * 0.62 : parent.height * 0.18) : (parent.height - height) / 2
            width: scene.height * (slot ? 0.62 : 0.78)
            height: slot ? 2.2 * Theme.mm : parent.height * 0.72
            radius: slot ? height / 2 : Theme.radius
            color: slot ? Theme.shade : Theme.surfaceRaised
            border.width: slot ? 0 : Theme.lineThick
            border.color: scene.ink

            Icon {
                anchors.centerIn: parent
                visible: !parent.slot
                name: scene.device === DevicePrompt.Scanner ? "scan-line" : scene.device === DevicePrompt.DocumentCamera ? "camera" : scene.device === DevicePrompt.Phone ? "bell" : "id-card"
                size: Math.round(Math.min(parent.width, parent.height) * 0.7)
                colour: scene.ink
                opacity: 0.55
            }
        }

        // the lamp
        Rectangle {
            x: parent.width - 3 * width
            y: 2 * width
            width: 3.4 * Theme.mm
            height: width
            radius: width / 2
            color: scene.ink
        }
    }

    // what the citizen holds
    Rectangle {
        readonly property real restY: scene.device === DevicePrompt.CardSlot ? scene.bodyTop - height * 0.62 : front.y + (front.height - height) / 2

        visible: !scene.falls
        x: (parent.width - width) / 2
        y: scene.device === DevicePrompt.CardSlot ? restY - scene.height * 0.3 * (1 - scene.way) : restY - scene.height * 0.5 + scene.height * 0.46 * scene.way
        width: scene.height * (scene.card ? 0.5 : scene.device === DevicePrompt.DocumentCamera ? 0.4 : 0.26)
        height: scene.height * (scene.card ? 0.32 : scene.device === DevicePrompt.DocumentCamera ? 0.5 : 0.46)
        radius: Theme.radius
        color: "white"
        border.width: Theme.lineThick
        border.color: scene.ink

        Icon {
            anchors.centerIn: parent
            name: scene.device === DevicePrompt.IdReader ? "id-card" : scene.device === DevicePrompt.CardSlot ? "credit-card" : scene.device === DevicePrompt.DocumentCamera ? "file-text" : scene.device === DevicePrompt.Phone ? "smartphone" : "qr-code"
            size: Math.round(Math.min(parent.width, parent.height) * 0.66)
            colour: scene.ink
        }
    }
}
