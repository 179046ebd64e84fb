pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// The repairs the terminal can lead through, each for one device.
TechFrame {
    id: page

    required property RepairsModel repairs

    title: repairs.about === "" ? qsTr("维修引导") : qsTr("维修：%1").arg(repairs.about)

    Line {
        width: parent.width
        text: qsTr("一步一步做，每一步由设备自己确认；随时可以中止，不会改动设置。")
        quiet: true
    }

    Grid {
        width: parent.width
        columns: page.wide ? 2 : 1
        columnSpacing: Theme.gap
        rowSpacing: Theme.gapSmall

        Repeater {
            model: page.repairs.rows

            TouchTarget {
                id: repair

                required property string kind
                required property string device
                required property string sign
                required property string title
                required property string what
                required property string about
                required property string tone

                objectName: "repair-" + kind + "-" + device
                width: page.half
                height: Math.max(26 * Theme.mm, words.height + 2 * Theme.gapSmall)
                spoken: title + " " + about
                onClicked: page.repairs.begin(kind, device)

                background: Rectangle {
                    radius: Theme.radius
                    color: repair.down ? Theme.accentQuiet : Theme.surfaceRaised
                    border.width: Theme.lineThin
                    border.color: Theme.outline

                    FocusRing {
                        shown: repair.visualFocus
                    }
                }

                contentItem: Item {
                    Icon {
                        id: mark

                        x: Theme.gap
                        anchors.verticalCenter: parent.verticalCenter
                        name: repair.sign
                        colour: Theme.accentInk
                    }

                    Column {
                        id: words

                        anchors.left: mark.right
                        anchors.leftMargin: Theme.gap
                        anchors.right: more.left
                        anchors.rightMargin: Theme.gapSmall
                        anchors.verticalCenter: parent.verticalCenter

                        Line {
                            width: parent.width
                            text: repair.title
                            strong: true
                            Accessible.ignored: true
                        }

                        Row {
                            width: parent.width
                            spacing: Theme.gapTight

                            Dot {
                                id: dot

                                anchors.verticalCenter: parent.verticalCenter
                                size: Theme.denseSize
                                tone: repair.tone
                            }

                            Line {
                                width: parent.width - dot.width - parent.spacing
                                text: repair.about
                                Accessible.ignored: true
                            }
                        }

                        Line {
                            width: parent.width
                            text: repair.what
                            fine: true
                            quiet: true
                            Accessible.ignored: true
                        }
                    }

                    Icon {
                        id: more

                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gapSmall
                        anchors.verticalCenter: parent.verticalCenter
                        name: "chevron-right"
                        size: Theme.iconSmall
                        colour: Theme.textQuiet
                    }
                }
            }
        }
    }

    Empty {
        visible: page.repairs.empty
        width: parent.width
        text: qsTr("本机没有可以引导维修的设备。")
    }
}
