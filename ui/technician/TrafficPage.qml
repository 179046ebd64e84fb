pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.models.technician

// What passes on the wire of a device, newest first; what may be somebody's is hidden before it comes here.
TechFrame {
    id: page

    required property TrafficModel traffic

    title: qsTr("原始数据：%1").arg(traffic.device)

    Row {
        width: parent.width
        spacing: Theme.gapSmall

        Dot {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            tone: page.traffic.listening ? "busy" : "off"
        }

        Line {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - mark.width - parent.spacing
            text: page.traffic.listening ? qsTr("正在监听，最多十分钟，离开本页就停。→ 发给设备，← 设备发来；毫秒从开始监听算起。") : qsTr("已停止监听。")
            quiet: true
        }
    }

    Card {
        visible: !page.traffic.silent
        width: parent.width
        gap: 0

        Repeater {
            model: page.traffic.rows

            Item {
                id: heard

                required property int index
                required property string at
                required property bool toDevice
                required property string length
                required property string said
                required property bool hidden
                required property bool gone

                width: parent.width
                height: Math.max(bytes.height, when.height) + Theme.gapTight

                Rectangle {
                    visible: heard.index > 0
                    width: parent.width
                    height: Theme.lineThin
                    color: Theme.line
                }

                Line {
                    id: when

                    y: Theme.gapTight / 2
                    width: 22 * Theme.mm
                    horizontalAlignment: Text.AlignRight
                    text: heard.at
                    fine: true
                    quiet: true
                }

                Line {
                    id: arrow

                    y: Theme.gapTight / 2
                    x: when.width + Theme.gapSmall
                    width: 7 * Theme.mm
                    text: heard.gone ? "×" : heard.toDevice ? "→" : "←"
                    fine: true
                    strong: true
                    color: heard.gone ? Theme.critical : heard.toDevice ? Theme.accentInk : Theme.positive
                }

                Line {
                    id: size

                    y: Theme.gapTight / 2
                    x: arrow.x + arrow.width
                    width: 27 * Theme.mm
                    text: heard.length
                    fine: true
                    quiet: true
                }

                Line {
                    id: bytes

                    x: size.x + size.width
                    y: Theme.gapTight / 2
                    width: parent.width - x
                    text: heard.said
                    fine: true
                    // of one width in every language
                    font.features: ({})
                    font.family: heard.hidden || heard.gone ? Theme.fontFamily : Theme.monoFamily
                    color: heard.gone ? Theme.critical : heard.hidden ? Theme.textQuiet : Theme.text
                }
            }
        }
    }

    Empty {
        visible: page.traffic.silent
        width: parent.width
        busy: page.traffic.listening
        text: page.traffic.listening ? qsTr("还没有数据。可以操作一下设备。") : qsTr("没有听到数据。")
    }

    actions: Tool {
        objectName: "again"
        visible: !page.traffic.listening
        width: page.share(1)
        primary: true
        iconName: "rotate-cw"
        text: qsTr("重新监听")
        onClicked: page.traffic.again()
    }
}
