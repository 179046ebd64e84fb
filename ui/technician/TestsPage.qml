pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// The tests there are, each with its newest result: run one, all, or all that need nobody's hand.
TechFrame {
    id: page

    required property TestsModel tests

    title: tests.about === "" ? qsTr("选择测试") : qsTr("测试：%1").arg(tests.about)

    Grid {
        width: parent.width
        columns: page.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gapTight
        flow: Grid.LeftToRight

        Repeater {
            model: page.tests.rows

            Rectangle {
                id: test

                required property string test
                required property string device
                required property string title
                required property string takes
                required property bool hand
                required property string tone
                required property string stand
                required property bool found

                width: page.half
                height: Math.max(words.height, Theme.touchTarget) + 2 * Theme.gapSmall
                radius: Theme.radiusSmall
                color: Theme.surfaceRaised
                border.width: Theme.lineThin
                border.color: Theme.line

                Column {
                    id: words

                    x: Theme.gapSmall
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - (look.visible ? look.width + Theme.touchGap : 0) - run.width - 4 * Theme.gapSmall

                    Line {
                        width: parent.width
                        text: test.title
                        strong: true
                    }

                    Row {
                        width: parent.width
                        spacing: Theme.gapTight

                        Icon {
                            id: who

                            anchors.verticalCenter: parent.verticalCenter
                            name: test.hand ? "hand" : "zap"
                            size: Theme.fineSize
                            colour: Theme.textQuiet
                        }

                        Line {
                            width: parent.width - who.width - parent.spacing
                            text: [test.device, test.hand ? qsTr("需要动手") : qsTr("自动"), test.takes].filter(part => part !== "").join(" · ")
                            fine: true
                            quiet: true
                        }
                    }

                    Row {
                        width: parent.width
                        spacing: Theme.gapTight

                        Dot {
                            id: mark

                            anchors.verticalCenter: parent.verticalCenter
                            size: Theme.fineSize
                            tone: test.tone
                        }

                        Line {
                            width: parent.width - mark.width - parent.spacing
                            text: test.stand === "" ? qsTr("没有测过") : test.stand
                            fine: true
                            color: test.tone === "off" ? Theme.textQuiet : Tone.ink(test.tone)
                        }
                    }
                }

                Tool {
                    id: look

                    objectName: "result-" + test.test
                    visible: test.found
                    anchors.right: run.left
                    anchors.rightMargin: Theme.touchGap
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: "chart-column"
                    text: qsTr("结果")
                    spoken: test.title + " " + text
                    onClicked: page.tests.open(test.test)
                }

                Tool {
                    id: run

                    objectName: "run-" + test.test
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.gapSmall
                    anchors.verticalCenter: parent.verticalCenter
                    iconName: "chevron-right"
                    text: qsTr("开始")
                    spoken: test.title + " " + text
                    onClicked: page.tests.run(test.test)
                }
            }
        }
    }

    actions: [
        Tool {
            objectName: "run-hands-off"
            visible: page.tests.some
            width: page.share(2)
            primary: true
            iconName: "zap"
            text: qsTr("不用动手的测试")
            note: page.tests.handsOff
            onClicked: page.tests.runAll(false)
        },
        Tool {
            objectName: "run-everything"
            width: page.share(page.tests.some ? 2 : 1)
            primary: !page.tests.some
            iconName: "list-checks"
            text: qsTr("全部测试")
            note: page.tests.everything
            onClicked: page.tests.runAll(true)
        }
    ]
}
