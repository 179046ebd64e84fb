pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.models.technician

// How a measure went on this machine: its results as points, the band of its own past, and where it began to leave it.
Item {
    id: chart

    required property PlotModel plot

    readonly property real margin: 15 * Theme.mm
    readonly property real below: 7.5 * Theme.mm
    readonly property int dotSize: Math.max(5, Math.round(1.7 * Theme.mm))

    implicitHeight: plot.empty ? 24 * Theme.mm : head.height + Theme.gapTight + 68 * Theme.mm
    Accessible.role: Accessible.Graphic
    Accessible.name: plot.title + " " + plot.direction

    Item {
        id: head

        visible: !chart.plot.empty
        width: parent.width
        height: Math.max(name.height, where.height)

        Line {
            id: name

            width: parent.width - where.width - Theme.gap
            text: chart.plot.unit === "" ? chart.plot.title : chart.plot.title + " (" + chart.plot.unit + ")"
            strong: true
        }

        Badge {
            id: where

            anchors.right: parent.right
            tone: chart.plot.tone
            text: chart.plot.direction
        }
    }

    Rectangle {
        id: area

        x: chart.margin
        visible: !chart.plot.empty
        y: head.height + Theme.gapSmall
        width: chart.width - x - Theme.gapSmall
        height: chart.height - y - chart.below
        color: Theme.surface

        // the band of its own past, and its median
        Rectangle {
            y: area.height * chart.plot.top
            width: area.width
            height: Math.max(1, area.height * (chart.plot.bottom - chart.plot.top))
            color: Theme.gaugeGood
            opacity: 0.55
        }

        Rectangle {
            y: area.height * chart.plot.middle
            width: area.width
            height: Theme.lineThin
            color: Theme.positive
        }

        Repeater {
            model: chart.plot.values

            Item {
                id: level

                required property real at
                required property string text

                y: area.height * at

                Rectangle {
                    width: area.width
                    height: Theme.lineThin
                    color: Theme.line
                }

                Line {
                    x: -chart.margin
                    y: -height / 2
                    width: chart.margin - Theme.gapTight
                    horizontalAlignment: Text.AlignRight
                    text: level.text
                    fine: true
                    quiet: true
                }
            }
        }

        Repeater {
            model: chart.plot.times

            Item {
                id: moment

                required property real at
                required property string text
                readonly property real half: Math.ceil(day.implicitWidth) / 2

                x: area.width * at
                y: area.height

                Rectangle {
                    width: Theme.lineThin
                    height: Theme.gapTight
                    color: Theme.outline
                }

                Line {
                    id: day

                    x: Math.max(-moment.x - chart.margin, Math.min(-moment.half, area.width + Theme.gapSmall - moment.x - 2 * moment.half))
                    y: Theme.gapTight
                    width: 2 * moment.half
                    text: moment.text
                    fine: true
                    quiet: true
                }
            }
        }

        // where it began to leave its past
        Rectangle {
            visible: chart.plot.since >= 0
            x: area.width * chart.plot.since
            width: Theme.lineThick
            height: area.height
            color: Theme.caution

            Line {
                x: chart.plot.since > 0.6 ? -width - Theme.gapTight : Theme.gapTight + Theme.lineThick
                y: Theme.gapTight
                width: Math.ceil(implicitWidth)
                text: qsTr("%1 起变化").arg(chart.plot.sinceText)
                fine: true
                strong: true
                color: Theme.caution
            }
        }

        Repeater {
            model: chart.plot.points

            Rectangle {
                id: point

                required property real across
                required property real down
                required property bool outside
                required property bool newest

                x: area.width * across - width / 2
                y: area.height * down - height / 2
                width: newest ? chart.dotSize * 1.7 : chart.dotSize
                height: width
                radius: width / 2
                color: newest ? Theme.surfaceRaised : outside ? Theme.critical : Theme.accentInk
                border.width: newest ? Theme.lineThick : 0
                border.color: outside ? Theme.critical : Theme.accentInk
            }
        }

        Rectangle {
            anchors.fill: parent
            color: "transparent"
            border.width: Theme.lineThin
            border.color: Theme.outline
        }
    }

    Empty {
        visible: chart.plot.empty
        width: parent.width
        height: parent.height
        iconName: "chart-column"
        text: qsTr("还没有可画的记录")
    }
}
