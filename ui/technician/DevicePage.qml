pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// One device: how it is now, who it is, what it did, what went wrong lately.
TechFrame {
    id: page

    required property DeviceModel device

    readonly property int count: (device.tested ? 1 : 0) + (device.mended ? 1 : 0) + 1

    title: device.title

    Rectangle {
        width: parent.width
        height: Math.max(said.height, sign.height) + 2 * Theme.gap
        radius: Theme.radius
        color: Tone.ground(page.device.tone)

        Dot {
            id: sign

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.icon
            tone: page.device.tone
        }

        Column {
            id: said

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter

            Words {
                objectName: "device-state"
                width: parent.width
                text: page.device.stand
                size: Words.Heading
                color: page.device.tone === "off" ? Theme.text : Tone.ink(page.device.tone)
            }

            Line {
                width: parent.width
                text: qsTr("自 %1").arg(page.device.since)
                fine: true
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: page.device.cause
            }

            Line {
                visible: page.device.remedy !== ""
                width: parent.width
                text: "→ " + page.device.remedy
                strong: true
            }
        }
    }

    Grid {
        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.gap

        Card {
            width: page.half
            title: qsTr("型号与连接")
            gap: 0

            Repeater {
                model: page.device.identity

                FactLine {
                    width: parent.width
                }
            }
        }

        Card {
            width: page.half
            title: qsTr("本次运行以来")

            Grid {
                id: counters

                width: parent.width
                columns: 4
                spacing: Theme.gapSmall

                Repeater {
                    model: page.device.counters

                    Column {
                        id: counter

                        required property string label
                        required property string value

                        width: (counters.width - 3 * counters.spacing) / 4

                        Words {
                            width: parent.width
                            text: counter.value
                            size: Words.Heading
                        }

                        Line {
                            width: parent.width
                            text: counter.label
                            fine: true
                            quiet: true
                        }
                    }
                }
            }
        }
    }

    Card {
        width: parent.width
        title: qsTr("最近的错误")
        gap: 0

        Repeater {
            model: page.device.mishaps

            Item {
                id: mishap

                required property int index
                required property string at
                required property string says
                required property string detail

                width: parent.width
                height: words.height + 2 * Theme.gapTight

                Rectangle {
                    visible: mishap.index > 0
                    width: parent.width
                    height: Theme.lineThin
                    color: Theme.line
                }

                Line {
                    id: when

                    y: Theme.gapTight
                    width: 34 * Theme.mm
                    text: mishap.at
                    quiet: true
                }

                Column {
                    id: words

                    y: Theme.gapTight
                    anchors.left: when.right
                    anchors.right: parent.right

                    Line {
                        width: parent.width
                        text: mishap.says
                    }

                    Line {
                        width: parent.width
                        text: mishap.detail
                        fine: true
                        quiet: true
                        wrapMode: Text.WrapAnywhere
                    }
                }
            }
        }

        Empty {
            visible: page.device.flawless
            width: parent.width
            iconName: "circle-check"
            text: qsTr("没有错误。")
        }
    }

    actions: [
        Tool {
            objectName: "tests"
            visible: page.device.tested
            width: page.share(page.device.releasable ? page.wide ? 4 : 2 : page.count)
            primary: true
            iconName: "activity"
            text: qsTr("测试这台设备")
            onClicked: page.device.tests()
        },
        Tool {
            objectName: "repairs"
            visible: page.device.mended
            width: page.share(page.device.releasable ? page.wide ? 4 : 2 : page.count)
            iconName: "wrench"
            text: qsTr("维修引导")
            onClicked: page.device.repairs()
        },
        Tool {
            objectName: "traffic"
            width: page.share(page.device.releasable ? page.wide ? 4 : 2 : page.count)
            iconName: "arrow-right-left"
            text: qsTr("看原始数据")
            onClicked: page.device.traffic()
        },
        Tool {
            objectName: "release"
            visible: page.device.releasable
            width: page.share(page.wide ? 4 : 2)
            iconName: "rotate-cw"
            text: qsTr("马上重试")
            onClicked: page.device.release()
        }
    ]
}
