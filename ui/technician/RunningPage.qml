pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// Tests that run: which one, how far, what is to be done now, what it asks; the others of the batch below.
TechFrame {
    id: page

    required property RunningModel running

    title: running.of > 1 ? qsTr("正在测试（第 %1 项，共 %2 项）").arg(running.number).arg(running.of) : qsTr("正在测试")
    backShown: false
    leaveShown: false

    Card {
        width: parent.width
        gap: Theme.gap

        Row {
            width: parent.width
            spacing: Theme.gap

            Spinner {
                id: wheel

                anchors.verticalCenter: parent.verticalCenter
                running: page.running.asks === ""
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - (wheel.visible ? wheel.width + parent.spacing : 0)

                Words {
                    objectName: "running-test"
                    width: parent.width
                    text: page.running.title
                    size: Words.Heading
                }

                Line {
                    width: parent.width
                    text: page.running.device + " · " + page.running.hint
                    quiet: true
                }
            }
        }

        ProgressBar {
            width: parent.width
            share: page.running.share
        }

        Rectangle {
            objectName: "say"
            visible: page.running.say !== "" && page.running.asks === ""
            width: parent.width
            height: now.height + 2 * Theme.gap
            radius: Theme.radius
            color: Theme.accentQuiet
            Accessible.role: Accessible.AlertMessage
            Accessible.name: page.running.say

            Icon {
                id: hand

                x: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                name: "hand"
                colour: Theme.accentInk
            }

            Words {
                id: now

                anchors.left: hand.right
                anchors.leftMargin: Theme.gap
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                text: page.running.say
                Accessible.ignored: true
            }
        }

        Line {
            visible: page.running.say === "" && page.running.asks === ""
            width: parent.width
            text: qsTr("现在不用动手，请稍候。")
            quiet: true
        }
    }

    Loader {
        active: page.running.asks !== ""
        visible: active
        width: parent.width
        sourceComponent: Ask {
            asks: page.running.asks
            digits: page.running.digits
            typed: page.running.typed
            choices: page.running.choices
            onEdited: value => page.running.edit(value)
            onAnswered: page.running.answer()
            onChosen: choice => page.running.choose(choice)
        }
    }

    Card {
        visible: page.running.of > 1
        width: parent.width
        title: qsTr("这一批")
        gap: 0

        Grid {
            width: parent.width
            columns: page.wide ? 3 : 1
            columnSpacing: Theme.gapLarge

            Repeater {
                model: page.running.rows

                Item {
                    id: stage

                    required property string title
                    required property string tone
                    required property string stand

                    width: page.wide ? (parent.width - 2 * Theme.gapLarge) / 3 : parent.width
                    height: Math.max(words.height, mark.height) + 2 * Theme.gapTight

                    Dot {
                        id: mark

                        anchors.verticalCenter: parent.verticalCenter
                        size: Math.round(Theme.denseSize * 1.15)
                        tone: stage.tone
                    }

                    Line {
                        id: words

                        anchors.left: mark.right
                        anchors.leftMargin: Theme.gapSmall
                        anchors.right: how.left
                        anchors.rightMargin: Theme.gapSmall
                        anchors.verticalCenter: parent.verticalCenter
                        text: stage.title
                        strong: stage.tone === "busy"
                        quiet: stage.tone === "off"
                    }

                    Line {
                        id: how

                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        text: stage.stand
                        fine: true
                        color: stage.tone === "off" ? Theme.textQuiet : Tone.ink(stage.tone)
                    }
                }
            }
        }
    }

    actions: Tool {
        objectName: "stop"
        width: page.share(1)
        critical: true
        iconName: "x"
        text: page.running.of > 1 ? qsTr("停止，看已有的结果") : qsTr("停止")
        onClicked: page.running.stop()
    }
}
