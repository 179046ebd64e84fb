pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.bench

// What a test of the screen shows: over every page, only while a test wants it. It draws and decides nothing: places
// come from Python, where touches are compared with the same numbers.
Rectangle {
    id: layer

    required property BenchModel bench

    readonly property bool pattern: bench.kind === "pattern"
    readonly property bool code: bench.kind === "code"

    objectName: "bench"
    anchors.fill: parent
    // a code is shown below the dock of a simulated terminal, so that its scanner can be held there
    z: code ? 0.5 : 9
    visible: bench.kind !== ""
    color: pattern ? bench.ground : code ? "white" : bench.lit ? Theme.accentQuiet : Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: bench.sentence

    // nothing below is touched meanwhile
    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        visible: layer.pattern && layer.bench.target.width > 0
        x: layer.bench.target.x
        y: layer.bench.target.y
        width: layer.bench.target.width
        height: layer.bench.target.height
        color: layer.pattern ? layer.bench.colour : "transparent"
        antialiasing: false
    }

    Image {
        visible: layer.code
        x: layer.bench.target.x
        y: layer.bench.target.y
        width: layer.bench.target.width
        height: layer.bench.target.height
        source: layer.bench.source
        cache: false
        smooth: false
        Accessible.ignored: true
    }

    Rectangle {
        visible: layer.bench.worded
        x: layer.bench.card.x
        y: layer.bench.card.y
        width: layer.bench.card.width
        height: layer.bench.card.height
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: Theme.lineThin
        border.color: Theme.line
    }

    // --- what is touched, over the card: nothing hides it

    Rectangle {
        visible: layer.bench.kind === "lane"
        x: layer.bench.target.x
        y: layer.bench.target.y
        width: layer.bench.target.width
        height: layer.bench.target.height
        transformOrigin: Item.Left
        rotation: layer.bench.turned
        color: Theme.accentQuiet
        border.width: Theme.lineThin
        border.color: Theme.accentInk
        antialiasing: true

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: parent.height / 2
            width: parent.width - parent.height
            height: Theme.lineThin
            color: Theme.accentInk
            antialiasing: true
        }

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: -width / 2
            width: parent.height
            height: width
            radius: width / 2
            color: Theme.accent
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            x: parent.width / 2 - width / 2
            name: "arrow-right"
            size: Math.round(parent.height)
            colour: Theme.accentInk
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            x: parent.width - width - Theme.gapTight
            name: "arrow-right"
            size: Math.round(parent.height)
            colour: Theme.accentInk
        }
    }

    Item {
        visible: layer.bench.kind === "cross"
        x: layer.bench.target.x
        y: layer.bench.target.y
        width: layer.bench.target.width
        height: layer.bench.target.height

        Rectangle {
            anchors.fill: parent
            radius: width / 2
            color: Theme.accentQuiet
            border.width: Theme.lineThin
            border.color: Theme.accentInk
        }

        Rectangle {
            anchors.centerIn: parent
            width: parent.width
            height: Theme.lineThick
            color: Theme.accentInk
        }

        Rectangle {
            anchors.centerIn: parent
            width: Theme.lineThick
            height: parent.height
            color: Theme.accentInk
        }
    }

    Repeater {
        model: layer.bench.fingers

        Rectangle {
            required property real atX
            required property real atY

            x: atX - width / 2
            y: atY - height / 2
            width: Theme.gapLarge
            height: width
            radius: width / 2
            color: Theme.positive
            opacity: 0.7
        }
    }

    // --- words and buttons

    Words {
        visible: layer.bench.worded
        x: layer.bench.words.x
        y: layer.bench.words.y
        width: layer.bench.words.width
        height: layer.bench.words.height
        verticalAlignment: Text.AlignVCenter
        size: layer.pattern ? Words.Caption : Words.Body
        text: layer.bench.sentence
    }

    Rectangle {
        visible: layer.bench.worded && layer.bench.none.width > 0
        x: layer.bench.none.x
        y: layer.bench.none.y
        width: layer.bench.none.width
        height: layer.bench.none.height
        radius: Theme.radius
        color: Theme.accent

        Words {
            anchors.centerIn: parent
            size: Words.Caption
            strong: true
            color: Theme.accentText
            text: layer.bench.noneText
        }
    }

    Rectangle {
        visible: layer.bench.worded
        x: layer.bench.stop.x
        y: layer.bench.stop.y
        width: layer.bench.stop.width
        height: layer.bench.stop.height
        radius: Theme.radius
        color: layer.bench.holding ? Theme.criticalQuiet : Theme.surfaceRaised
        border.width: Theme.lineThick
        border.color: Theme.critical

        Words {
            anchors.centerIn: parent
            size: Words.Caption
            strong: true
            color: Theme.critical
            text: layer.bench.stopText
        }
    }
}
