pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The number: large, how long it will take, and the way to the counter.
Page {
    id: page

    required property TicketModel ticket

    readonly property bool beside: bodyWidth > 190 * Theme.mm && !Theme.elder

    where: ""
    title: ticket.paper === "printing" ? qsTr("号取好了，正在打印") : ticket.unprinted ? qsTr("请记住您的号") : qsTr("请取走您的号")
    why: ticket.service
    primaryText: ticket.unprinted ? qsTr("记住了，结束取号") : qsTr("拿好了，结束取号")
    primaryIcon: "check"
    primaryBusy: ticket.paper === "printing"
    onPrimaryTapped: ticket.next()
    secondaryText: qsTr("再办别的事")
    onSecondaryTapped: ticket.more()

    Panel {
        width: parent.width

        Text {
            objectName: "label"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.ticket.label
            color: Theme.accentInk
            font.family: Theme.fontFamily
            font.pixelSize: Math.min(3 * Theme.displaySize, width / 5)
            font.weight: Font.Bold
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Words.Heading
            text: page.ticket.ahead
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: page.ticket.counter === "" ? page.ticket.minutes : page.ticket.minutes + "  ·  " + page.ticket.counter
        }
    }

    SlipPrompt {
        objectName: "paper"
        width: parent.width
        paper: page.ticket.paper
        side: page.ticket.sideOf("printer")
        along: page.ticket.alongOf("printer")
    }

    ActionButton {
        objectName: "retry"
        visible: page.ticket.unprinted
        width: Math.min(implicitWidth, parent.width)
        rank: ActionButton.Secondary
        iconName: "printer"
        text: qsTr("再打印一张")
        onClicked: page.ticket.retry()
    }

    Flow {
        id: both

        width: parent.width
        spacing: Theme.gap

        PointRows {
            width: page.beside && plan.visible ? both.width - plan.width - both.spacing : both.width
            title: qsTr("怎么走")
            model: page.ticket.way
        }

        Panel {
            id: plan

            visible: page.ticket.planHeight > 0
            width: page.beside ? Math.round(80 * Theme.mm) : both.width

            Item {
                id: drawing

                readonly property real side: Math.min(parent.width, 64 * Theme.mm) - 2 * Theme.gap

                objectName: "plan"
                anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
                width: side + 2 * Theme.gap
                height: side * page.ticket.planHeight + 2 * Theme.gap
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("从这里到窗口的路线")

                Repeater {
                    model: page.ticket.plan

                    Rectangle {
                        id: stretch

                        required property int index
                        required property real fromX
                        required property real fromY
                        required property real length
                        required property real turned

                        x: Theme.gap + stretch.fromX * drawing.side
                        y: Theme.gap + stretch.fromY * drawing.side - height / 2
                        width: stretch.length * drawing.side
                        height: 2 * Theme.lineThick
                        radius: height / 2
                        color: Theme.accentInk
                        antialiasing: true
                        transformOrigin: Item.Left
                        rotation: stretch.turned

                        Rectangle {
                            visible: stretch.index === 0
                            x: -width / 2
                            anchors.verticalCenter: parent.verticalCenter
                            width: Theme.gap
                            height: width
                            radius: width / 2
                            color: Theme.accentInk
                        }
                    }
                }
            }

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                size: Words.Caption
                quiet: true
                text: qsTr("● 您在这里")
            }
        }
    }

    QrImage {
        objectName: "code"
        visible: payload !== ""
        anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
        payload: page.ticket.code
        caption: qsTr("手机扫码，看前面还有几人")
    }

    Words {
        width: parent.width
        quiet: true
        text: qsTr("请留意叫号屏和广播，以叫到的窗口为准。叫三次没到，号就过了，可以回来再排一次。")
    }
}
