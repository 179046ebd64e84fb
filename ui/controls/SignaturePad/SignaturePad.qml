import QtQuick
import ui.theme
import ui.controls

// A place to sign with a finger. Every point is told with its time; the page's model keeps the strokes.
Item {
    id: pad

    property string hint: qsTr("请在这里用手指签名")
    property int inkWidth: Math.round(1.1 * Theme.mm)
    property list<var> wiped: []
    readonly property int strokeCount: ink.strokeCount
    readonly property bool empty: strokeCount === 0

    // a finger is down; points follow in 1/1000 of the width from the top left, milliseconds from the first touch
    signal strokeBegun
    signal pointAdded(int x, int y, int time)
    signal undone
    signal cleared
    signal restored

    function undo(): void {
        if (empty)
            return;
        ink.undo();
        undone();
    }

    // wiped by hand: it can be brought back until something is written
    function wipe(): void {
        const lines = ink.lines();
        clear();
        wiped = lines;
    }

    function restore(): void {
        ink.restore(wiped);
        wiped = [];
        restored();
    }

    // begin afresh, with nothing to bring back
    function clear(): void {
        wiped = [];
        ink.clear();
        cleared();
    }

    implicitWidth: 200 * Theme.mm
    implicitHeight: 100 * Theme.mm
    Accessible.role: Accessible.Canvas
    Accessible.name: hint

    Rectangle {
        id: sheet

        width: parent.width
        height: parent.height - tools.height - Theme.gapSmall
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: ink.pressed ? Theme.lineThick : Theme.lineThin
        border.color: ink.pressed ? Theme.accentInk : Theme.outline

        Rectangle {
            x: Theme.gapLarge
            y: parent.height * 0.76
            width: parent.width - 2 * x
            height: Theme.lineThin
            color: Theme.outline
        }

        Words {
            visible: pad.empty
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.gapLarge
            horizontalAlignment: Text.AlignHCenter
            text: pad.hint
            size: Words.Heading
            strong: false
            quiet: true
            Accessible.ignored: true
        }

        InkSheet {
            id: ink

            anchors.fill: parent
            anchors.margins: Theme.lineThick
            inkWidth: pad.inkWidth
            onStrokeBegun: {
                pad.wiped = [];
                pad.strokeBegun();
            }
            onPointAdded: (x, y, time) => pad.pointAdded(x, y, time)
        }
    }

    Row {
        id: tools

        anchors.bottom: parent.bottom
        anchors.right: parent.right
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "signature-undo"
            rank: ActionButton.Quiet
            iconName: "undo-2"
            text: qsTr("撤销一笔")
            enabled: !pad.empty
            onClicked: pad.undo()
        }

        ActionButton {
            objectName: "signature-clear"
            rank: ActionButton.Quiet
            iconName: pad.wiped.length > 0 ? "undo-2" : "trash-2"
            text: pad.wiped.length > 0 ? qsTr("恢复签名") : qsTr("重写签名")
            enabled: !pad.empty || pad.wiped.length > 0
            onClicked: {
                if (pad.wiped.length > 0)
                    pad.restore();
                else
                    pad.wipe();
            }
        }
    }
}
