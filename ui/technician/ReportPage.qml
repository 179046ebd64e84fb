pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// The readiness report: verdict, what stands at its head, its code, and how it is handed out.
TechFrame {
    id: page

    required property ReportModel report

    title: qsTr("就绪报告")

    Empty {
        visible: !page.report.made
        width: parent.width
        busy: page.report.making
        text: page.report.making ? qsTr("正在生成并签名…") : qsTr("报告没有生成。可以再试一次。")
    }

    Grid {
        visible: page.report.made
        width: parent.width
        columns: page.wide ? 2 : 1
        spacing: Theme.gap

        Column {
            width: page.half
            spacing: Theme.gap

            Rectangle {
                objectName: "verdict"
                width: parent.width
                height: Math.max(word.height, sign.height) + 2 * Theme.gap
                radius: Theme.radius
                color: Tone.ground(page.report.tone)

                Dot {
                    id: sign

                    x: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.iconLarge
                    tone: page.report.tone
                }

                Words {
                    id: word

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    text: page.report.verdict
                    size: Words.Title
                    color: Tone.ink(page.report.tone)
                }
            }

            Card {
                width: parent.width
                title: qsTr("内容")
                gap: 0

                Repeater {
                    model: page.report.facts

                    FactLine {
                        width: parent.width
                    }
                }
            }
        }

        Column {
            width: page.half
            spacing: Theme.gap

            Card {
                width: parent.width
                title: qsTr("终端签名的结论")

                QrImage {
                    objectName: "code"
                    anchors.horizontalCenter: parent.horizontalCenter
                    payload: page.report.code
                    size: Math.round(78 * Theme.mm)
                }

                Line {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    text: qsTr("扫码得到结论，可离线核验。")
                    fine: true
                    quiet: true
                }
            }

            Card {
                visible: page.report.proof !== "" || page.report.saved
                width: parent.width
                title: qsTr("去向")
                gap: Theme.gapTight

                Row {
                    visible: page.report.proof !== ""
                    width: parent.width
                    spacing: Theme.gapSmall

                    Dot {
                        id: printed

                        tone: page.report.proven ? "good" : "near"
                    }

                    Line {
                        width: parent.width - printed.width - parent.spacing
                        text: qsTr("凭条：%1").arg(page.report.proof)
                    }
                }

                Repeater {
                    model: page.report.files

                    FactLine {
                        width: parent.width
                        share: 0.16
                    }
                }
            }
        }
    }

    actions: [
        Tool {
            objectName: "print"
            width: page.share(3)
            primary: true
            enabled: page.report.made && !page.technician.waiting
            busy: page.report.printing
            iconName: "printer"
            text: page.report.printing ? qsTr("正在打印") : qsTr("打印凭条")
            onClicked: page.report.printSlip()
        },
        Tool {
            objectName: "save"
            width: page.share(3)
            enabled: page.report.made && !page.technician.waiting
            busy: page.report.saving
            iconName: "save"
            text: page.report.saving ? qsTr("正在保存") : qsTr("存到本机")
            onClicked: page.report.save()
        },
        Tool {
            objectName: "again"
            width: page.share(3)
            enabled: !page.technician.waiting
            iconName: "rotate-cw"
            text: qsTr("重新生成")
            onClicked: page.report.again()
        }
    ]
}
