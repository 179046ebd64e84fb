pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// What the terminal is fit for, why it is not more, how its devices are, and what can be done.
TechFrame {
    id: page

    required property OverviewModel overview

    title: qsTr("终端诊断")
    backShown: false

    Grid {
        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.gap

        Column {
            width: page.half
            spacing: Theme.gap

            Rectangle {
                id: verdict

                objectName: "verdict"
                width: parent.width
                height: Math.max(said.height, sign.height) + 2 * Theme.gap
                radius: Theme.radius
                color: Tone.ground(page.overview.tone)
                Accessible.role: Accessible.StaticText
                Accessible.name: page.overview.verdict + " " + page.overview.says

                Dot {
                    id: sign

                    x: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.iconLarge
                    tone: page.overview.known ? page.overview.tone : "busy"
                }

                Column {
                    id: said

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter

                    Words {
                        width: parent.width
                        text: page.overview.known ? page.overview.verdict : qsTr("正在检查终端…")
                        size: Words.Title
                        color: page.overview.known ? Tone.ink(page.overview.tone) : Theme.text
                        Accessible.ignored: true
                    }

                    Line {
                        visible: text !== ""
                        width: parent.width
                        text: page.overview.says
                        Accessible.ignored: true
                    }

                    Line {
                        visible: page.overview.known
                        width: parent.width
                        text: (page.overview.looking ? qsTr("正在重新检查…") : qsTr("%1 检查").arg(page.overview.made)) + "  ·  " + page.overview.tally
                        fine: true
                        quiet: true
                        color: Theme.text
                        Accessible.ignored: true
                    }
                }
            }

            Card {
                visible: page.overview.known && reasons.count > 0
                width: parent.width
                title: qsTr("原因和处理办法")
                gap: Theme.touchGap

                Repeater {
                    id: reasons

                    model: page.overview.reasons

                    TouchTarget {
                        id: reason

                        required property int index
                        required property string about
                        required property string title
                        required property string says
                        required property string remedy
                        required property bool decisive

                        objectName: "reason-" + about
                        width: parent.width
                        topPadding: Theme.gapSmall
                        bottomPadding: Theme.gapSmall
                        spoken: title + " " + says + " " + remedy
                        onClicked: page.overview.open(about)

                        background: Rectangle {
                            color: reason.down ? Theme.accentQuiet : "transparent"

                            Rectangle {
                                visible: reason.index > 0
                                width: parent.width
                                height: Theme.lineThin
                                color: Theme.line
                            }
                        }

                        contentItem: Item {
                            implicitHeight: words.height

                            Dot {
                                id: mark

                                tone: reason.decisive ? "bad" : "near"
                            }

                            Column {
                                id: words

                                anchors.left: mark.right
                                anchors.leftMargin: Theme.gapSmall
                                anchors.right: more.left
                                spacing: Theme.gapTight / 2

                                Line {
                                    width: parent.width
                                    text: reason.decisive ? qsTr("%1（决定性）").arg(reason.title) : reason.title
                                    strong: true
                                    Accessible.ignored: true
                                }

                                Line {
                                    width: parent.width
                                    text: reason.says
                                    Accessible.ignored: true
                                }

                                Line {
                                    visible: reason.remedy !== ""
                                    width: parent.width
                                    text: "→ " + reason.remedy
                                    color: Theme.accentInk
                                    Accessible.ignored: true
                                }
                            }

                            Icon {
                                id: more

                                anchors.right: parent.right
                                anchors.verticalCenter: parent.verticalCenter
                                name: "chevron-right"
                                size: Theme.iconSmall
                                colour: Theme.textQuiet
                            }
                        }
                    }
                }
            }
        }

        Card {
            width: page.half
            title: qsTr("设备")
            aside: qsTr("点一台看详情")
            gap: Theme.touchGap

            Repeater {
                id: devices

                model: page.overview.devices

                TouchRow {
                    required tone
                    required property int index
                    required property string kind
                    required property string title
                    required property string stand
                    required property string since
                    required property string detail

                    objectName: "device-" + kind
                    width: parent.width
                    text: title
                    note: detail
                    aside: stand
                    asideTone: tone
                    asideNote: qsTr("自 %1").arg(since)
                    last: index === devices.count - 1
                    onClicked: page.overview.open(kind)
                }
            }

            Empty {
                visible: devices.count === 0
                width: parent.width
                text: qsTr("设置文件里没有写任何设备。")
            }
        }
    }

    actions: [
        Tool {
            objectName: "run-all"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            primary: true
            iconName: "list-checks"
            text: qsTr("自动测试")
            onClicked: page.overview.runAll()
        },
        Tool {
            objectName: "tests"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            iconName: "activity"
            text: qsTr("选择测试")
            onClicked: page.overview.tests()
        },
        Tool {
            objectName: "repairs"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            iconName: "wrench"
            text: qsTr("维修引导")
            onClicked: page.overview.repairs()
        },
        Tool {
            objectName: "report"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            iconName: "file-check"
            text: qsTr("就绪报告")
            onClicked: page.overview.report()
        },
        Tool {
            objectName: "history"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            iconName: "history"
            text: qsTr("测试历史")
            onClicked: page.overview.history()
        },
        Tool {
            objectName: "audit"
            width: page.share(page.wide ? 6 : 3)
            stacked: true
            iconName: "scroll-text"
            text: qsTr("操作审计")
            onClicked: page.overview.audit()
        }
    ]
}
