pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// A repair under way: its steps, the present one large, those before it confirmed by the device.
TechFrame {
    id: page

    required property RepairModel repair

    title: repair.title === "" ? repair.device : repair.title + " · " + repair.device
    backShown: !repair.going
    leaveShown: !repair.going

    Column {
        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: page.repair.steps

            Rectangle {
                id: step

                required property int number
                required property string text
                required property bool done
                required property bool current

                objectName: "step-" + number
                width: parent.width
                height: Math.max(words.height, circle.height) + 2 * (current ? Theme.gap : Theme.gapSmall)
                radius: Theme.radius
                color: Theme.surfaceRaised
                border.width: current ? Theme.lineThick : Theme.lineThin
                border.color: current ? Theme.accentInk : Theme.line
                Accessible.role: Accessible.ListItem
                Accessible.name: text

                Rectangle {
                    id: circle

                    x: Theme.gap
                    y: (step.height - height) / 2
                    width: step.current ? Theme.iconLarge : Theme.icon
                    height: width
                    radius: width / 2
                    color: step.done ? Theme.positiveQuiet : step.current ? Theme.accent : Theme.surfaceSunken

                    Icon {
                        anchors.centerIn: parent
                        visible: step.done
                        name: "check"
                        size: Theme.iconSmall
                        colour: Theme.positive
                    }

                    Line {
                        anchors.centerIn: parent
                        visible: !step.done
                        text: step.number
                        strong: true
                        color: step.current ? Theme.accentText : Theme.text
                    }
                }

                Column {
                    id: words

                    anchors.left: circle.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: Theme.gapTight

                    Words {
                        visible: step.current
                        width: parent.width
                        text: step.text
                        strong: true
                    }

                    Line {
                        visible: !step.current
                        width: parent.width
                        text: step.text
                        quiet: !step.done
                    }

                    Line {
                        visible: step.done
                        text: qsTr("设备已确认")
                        fine: true
                        strong: true
                        color: Theme.positive
                    }

                    Row {
                        visible: step.current && page.repair.going && page.repair.asks === ""
                        width: parent.width
                        spacing: Theme.gapTight

                        Spinner {
                            id: wheel

                            anchors.verticalCenter: parent.verticalCenter
                            size: Theme.denseSize
                        }

                        Line {
                            width: parent.width - wheel.width - parent.spacing
                            text: qsTr("等设备确认，不用点屏幕")
                            fine: true
                            quiet: true
                        }
                    }
                }
            }
        }
    }

    Notice {
        objectName: "repair-note"
        visible: page.repair.note !== ""
        width: parent.width
        kind: Notice.Caution
        text: page.repair.note
    }

    Notice {
        objectName: "repair-over"
        visible: page.repair.over !== ""
        width: parent.width
        kind: Notice.Positive
        text: page.repair.over
    }

    Notice {
        objectName: "repair-left"
        visible: !page.repair.going && page.repair.over === "" && page.repair.title !== ""
        width: parent.width
        kind: Notice.Caution
        text: qsTr("没有做完，设置没有改动。可以从头再来。")
    }

    Loader {
        active: page.repair.asks !== ""
        visible: active
        width: parent.width
        sourceComponent: Ask {
            asks: page.repair.asks
            digits: page.repair.digits
            typed: page.repair.typed
            choices: page.repair.choices
            onEdited: value => page.repair.edit(value)
            onAnswered: page.repair.answer()
            onChosen: choice => page.repair.choose(choice)
        }
    }

    Empty {
        visible: page.repair.title === ""
        width: parent.width
        busy: page.repair.going
        text: page.repair.going ? qsTr("正在查看设备…") : qsTr("这次维修没有开始。")
    }

    actions: [
        Tool {
            objectName: "stop"
            visible: page.repair.going
            width: page.share(1)
            critical: true
            iconName: "x"
            text: qsTr("中止维修")
            onClicked: page.repair.stop()
        },
        Tool {
            objectName: "done"
            visible: !page.repair.going
            width: page.share(2)
            primary: page.repair.over !== ""
            iconName: "check"
            text: qsTr("好了，返回")
            onClicked: page.repair.back()
        },
        Tool {
            objectName: "again"
            visible: !page.repair.going
            width: page.share(2)
            primary: page.repair.over === ""
            iconName: "rotate-cw"
            text: qsTr("从头再来")
            onClicked: page.repair.again()
        }
    ]
}
