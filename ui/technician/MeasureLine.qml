pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A measure: its value and unit, where it lies among its limits, the limits in words. A touch plots its past.
TouchTarget {
    id: line

    required property string name
    required property string title
    required property string value
    required property string unit
    required property string tone
    required property string verdict
    required property string limits
    required property string basis
    required property bool bar
    required property real passFrom
    required property real passTo
    required property real goodFrom
    required property real goodTo
    required property real marker
    required property bool chosen
    required property bool plotted

    enabled: plotted
    leftPadding: Theme.gapSmall
    rightPadding: Theme.gapSmall
    topPadding: Theme.gapTight
    bottomPadding: Theme.gapTight
    spoken: title + " " + value + " " + unit + " " + verdict

    background: Rectangle {
        radius: Theme.radiusSmall
        color: line.down || line.chosen ? Theme.accentQuiet : "transparent"

        FocusRing {
            shown: line.visualFocus
            around: Theme.radiusSmall
        }
    }

    contentItem: Item {
        implicitHeight: parts.height

        Column {
            id: parts

            width: parent.width
            spacing: Theme.gapTight

            Item {
                width: parent.width
                height: Math.max(heading.height, figure.height)

                Dot {
                    id: mark

                    anchors.verticalCenter: parent.verticalCenter
                    size: Theme.iconSmall
                    tone: line.tone
                }

                Line {
                    id: heading

                    anchors.left: mark.right
                    anchors.leftMargin: Theme.gapSmall
                    anchors.right: figure.left
                    anchors.rightMargin: Theme.gapSmall
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.title
                    Accessible.ignored: true
                }

                Words {
                    id: figure

                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: line.unit === "" ? line.value : line.value + " " + line.unit
                    strong: true
                    color: line.tone === "good" ? Theme.text : Tone.ink(line.tone)
                    font.features: ({
                            tnum: 1
                        })
                    Accessible.ignored: true
                }
            }

            Loader {
                active: line.bar
                visible: active
                width: parent.width
                sourceComponent: Gauge {
                    passFrom: line.passFrom
                    passTo: line.passTo
                    goodFrom: line.goodFrom
                    goodTo: line.goodTo
                    marker: line.marker
                    tone: line.tone
                }
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: line.limits === "" ? line.basis : line.basis === "" ? line.limits : line.limits + "    " + line.basis
                fine: true
                quiet: true
                Accessible.ignored: true
            }
        }
    }
}
