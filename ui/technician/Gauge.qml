import QtQuick
import ui.theme

// A value among its limits: red where it fails, amber where it is near, green where it should be, and a hand.
Item {
    id: gauge

    property real passFrom: 0
    property real passTo: 1
    property real goodFrom: 0
    property real goodTo: 1
    property real marker: 0
    property string tone: "good"

    implicitHeight: Math.round(4.6 * Theme.mm)
    Accessible.ignored: true

    Rectangle {
        id: bar

        y: (parent.height - height) / 2
        width: parent.width
        height: Math.round(2.2 * Theme.mm)
        radius: height / 2
        color: Theme.criticalQuiet
        border.width: Theme.lineThin
        border.color: Theme.line
    }

    // warning zone, and in it the good one
    Rectangle {
        x: bar.width * gauge.passFrom
        y: bar.y
        width: bar.width * Math.max(0, gauge.passTo - gauge.passFrom)
        height: bar.height
        radius: bar.radius
        color: Theme.gaugeNear
    }

    Rectangle {
        x: bar.width * gauge.goodFrom
        y: bar.y
        width: bar.width * Math.max(0, gauge.goodTo - gauge.goodFrom)
        height: bar.height
        radius: bar.radius
        color: Theme.gaugeGood
    }

    // the limit itself
    Rectangle {
        visible: gauge.passFrom > 0
        x: bar.width * gauge.passFrom - width / 2
        y: 0
        width: Theme.lineThin
        height: gauge.height
        color: Theme.critical
    }

    Rectangle {
        visible: gauge.passTo < 1
        x: bar.width * gauge.passTo - width / 2
        y: 0
        width: Theme.lineThin
        height: gauge.height
        color: Theme.critical
    }

    Rectangle {
        x: Math.max(0, Math.min(bar.width - width, bar.width * gauge.marker - width / 2))
        width: Math.round(1.4 * Theme.mm)
        height: gauge.height
        radius: width / 2
        color: Tone.ink(gauge.tone)
        border.width: Theme.lineThin
        border.color: Theme.surfaceRaised
    }
}
