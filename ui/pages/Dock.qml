pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The simulated devices beside the screen: what a hand would do with cards, papers and a phone. Dark and bilingual, so
// that nobody takes it for a part of the citizen's screen; never there on a real terminal.
Item {
    id: board

    required property DockModel dock

    // larger text is the citizen's wish, not that of whoever plays with the devices
    readonly property int smallSize: Math.round(Theme.captionSize / Theme.textScale)

    MouseArea {
        anchors.fill: parent
        visible: board.dock.open
        onClicked: board.dock.toggle()
    }

    TouchTarget {
        id: handle

        objectName: "dock-handle"
        x: board.dock.open ? panel.x - width : parent.width - width
        y: Math.round(parent.height * 0.3)
        width: Theme.touchTarget
        height: 2 * Theme.touchTarget
        padding: 0
        spoken: qsTr("模拟设备")
        background: Rectangle {
            topLeftRadius: Theme.radius
            bottomLeftRadius: Theme.radius
            color: Theme.shade
            opacity: handle.down || board.dock.open ? 1 : 0.8
        }
        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: board.dock.open ? "chevron-right" : "wrench"
                size: Theme.iconSmall
                colour: Theme.surfaceRaised
            }
        }
        onClicked: board.dock.toggle()
    }

    Rectangle {
        id: panel

        visible: board.dock.open
        anchors.right: parent.right
        width: Math.round(Math.min(parent.width - handle.width, 190 * Theme.mm))
        height: parent.height
        color: Theme.shade

        MouseArea {
            anchors.fill: parent
        }

        Words {
            id: heading

            x: Theme.gap
            y: Theme.gapLarge
            width: parent.width - 2 * x
            font.pixelSize: Math.round(1.4 * board.smallSize)
            strong: true
            color: Theme.surfaceRaised
            // deliberately in both languages: it is no part of the screen that changes its language
            text: "模拟设备  Simulated devices"
        }

        Flow {
            id: tabs

            x: Theme.gap
            y: heading.y + heading.height + Theme.gap
            width: parent.width - 2 * x
            spacing: Theme.gapSmall

            Repeater {
                model: board.dock.devices

                DockTab {
                    required property string device
                    required property string title
                    required property bool current

                    objectName: "dock-tab-" + device
                    text: title
                    chosen: current
                    onClicked: board.dock.show(device)
                }
            }
        }

        Flickable {
            id: room

            x: Theme.gap
            y: tabs.y + tabs.height + Theme.gapLarge
            width: parent.width - 2 * x
            height: phone.y - y - Theme.gap
            contentHeight: actions.y + actions.height
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            // first, because some devices have a long list of what can be laid on them
            DockFaults {
                id: faults

                width: parent.width
                dock: board.dock
            }

            Flow {
                id: actions

                y: faults.visible ? faults.height + Theme.gap : 0
                width: parent.width
                spacing: Theme.gapSmall

                Repeater {
                    model: board.dock.actions

                    DockTab {
                        required property string device
                        required property string deed
                        required property string argument
                        required property string value
                        required property string label

                        objectName: "dock-" + device + "-" + deed + (value === "" ? "" : "-" + value)
                        width: (actions.width - actions.spacing) / 2
                        text: label
                        solid: true
                        onClicked: board.dock.act(device, deed, argument, value)
                    }
                }
            }
        }

        Rectangle {
            id: phone

            x: Theme.gap
            y: parent.height - height - Theme.gapLarge
            width: parent.width - 2 * x
            height: parent.height * 0.26
            radius: Theme.radiusLarge
            color: Theme.surfaceSunken

            Row {
                id: caption

                x: Theme.gap
                y: Theme.gapSmall
                spacing: Theme.gapSmall

                Icon {
                    name: "smartphone"
                    size: Theme.iconSmall
                }

                Words {
                    font.pixelSize: board.smallSize
                    text: "模拟手机  Simulated phone"
                }
            }

            DockTab {
                id: pay

                objectName: "dock-pay"
                visible: board.dock.payable
                x: Theme.gap
                y: caption.y + caption.height + Theme.gapSmall
                width: parent.width - 2 * x
                solid: true
                text: "扫屏幕上的码，付款  Scan and pay"
                onClicked: board.dock.pay()
            }

            ListView {
                x: Theme.gap
                y: (pay.visible ? pay.y + pay.height : caption.y + caption.height) + Theme.gapSmall
                width: parent.width - 2 * x
                height: parent.height - y - Theme.gapSmall
                spacing: Theme.gapSmall
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: board.dock.messages

                delegate: Rectangle {
                    id: bubble

                    required property string to
                    required property string text
                    required property string time

                    width: ListView.view.width
                    height: body.height + 2 * Theme.gapSmall
                    radius: Theme.radius
                    color: Theme.surfaceRaised

                    Column {
                        id: body

                        x: Theme.gapSmall
                        y: Theme.gapSmall
                        width: parent.width - 2 * x

                        Words {
                            width: parent.width
                            font.pixelSize: board.smallSize
                            quiet: true
                            text: bubble.time + "  " + bubble.to
                        }

                        Words {
                            width: parent.width
                            font.pixelSize: board.smallSize
                            text: bubble.text
                        }
                    }
                }
            }
        }
    }
}
