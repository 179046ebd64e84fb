pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// A result: its verdict, each measure among its limits, how it went on this machine. Of a batch: every result.
TechFrame {
    id: page

    required property ResultModel result

    title: result.title

    Rectangle {
        objectName: "verdict"
        width: parent.width
        height: Math.max(said.height, sign.height) + 2 * Theme.gap
        radius: Theme.radius
        color: Tone.ground(page.result.tone)

        Dot {
            id: sign

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            size: Theme.icon
            tone: page.result.tone
        }

        Column {
            id: said

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter

            Words {
                objectName: "verdict-words"
                width: parent.width
                text: page.result.verdict
                size: Words.Heading
                color: page.result.tone === "off" ? Theme.text : Tone.ink(page.result.tone)
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: [page.result.device, page.result.when, page.result.identity].filter(part => part !== "").join("  ·  ")
                fine: true
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: page.result.why
            }

            Line {
                visible: page.result.remedy !== ""
                width: parent.width
                text: "→ " + page.result.remedy
                strong: true
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: page.result.detail
                fine: true
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            }
        }
    }

    Loader {
        active: page.result.single
        visible: active
        width: parent.width
        sourceComponent: Grid {
            width: page.room
            columns: page.wide ? 2 : 1
            spacing: Theme.gap

            Card {
                width: page.half
                title: qsTr("测量值")
                aside: qsTr("红线是限值")
                gap: Theme.touchGap

                Repeater {
                    model: page.result.measures

                    MeasureLine {
                        objectName: "measure-" + name
                        width: parent.width
                        onClicked: page.result.choose(name)
                    }
                }

                Empty {
                    visible: page.result.bare
                    width: parent.width
                    text: qsTr("没有测到数值。")
                }
            }

            Card {
                width: page.half
                title: qsTr("与本机以往相比")
                aside: qsTr("绿色是以往的范围")

                Plot {
                    width: parent.width
                    visible: !page.result.reading
                    plot: page.result.plot as PlotModel
                }

                Empty {
                    visible: page.result.reading
                    width: parent.width
                    busy: true
                    text: qsTr("正在读取历史…")
                }
            }
        }
    }

    Loader {
        active: !page.result.single
        visible: active
        width: parent.width
        sourceComponent: Card {
            title: qsTr("各项结果")
            aside: qsTr("问题在前")
            gap: Theme.touchGap

            Repeater {
                id: rows

                model: page.result.results

                ResultLine {
                    required property int index

                    objectName: "result-" + test
                    width: parent.width
                    last: index === rows.count - 1
                    onClicked: page.result.open(test)
                }
            }
        }
    }

    actions: [
        Tool {
            objectName: "again"
            width: page.share(page.result.single ? page.result.mended ? 3 : 2 : 1)
            primary: true
            iconName: "rotate-cw"
            text: page.result.single ? qsTr("再测一次") : qsTr("全部再测一次")
            onClicked: page.result.again()
        },
        Tool {
            objectName: "history"
            visible: page.result.single
            width: page.share(page.result.mended ? 3 : 2)
            iconName: "history"
            text: qsTr("看历史")
            onClicked: page.result.history()
        },
        Tool {
            objectName: "repairs"
            visible: page.result.mended
            width: page.share(3)
            iconName: "wrench"
            text: qsTr("维修引导")
            onClicked: page.result.repairs()
        }
    ]
}
