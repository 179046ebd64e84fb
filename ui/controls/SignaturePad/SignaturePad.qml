import QtQuick
import ui.theme
import ui.controls

// A place to sign with a finger. Every point is told with its time; the page's model keeps the strokes. Only what is
// new is drawn, so that the line keeps up with the finger.
Item {
    id: pad

    property string hint: qsTr("请在这里用手指签名")
    property int inkWidth: Math.round(1.1 * Theme.mm)
    readonly property int strokeCount: ink.strokes
    readonly property bool empty: strokeCount === 0

    // a finger is down; points follow in 1/1000 of the width from the top left, milliseconds from the first touch
    signal strokeBegun
    signal pointAdded(int x, int y, int time)
    signal undone
    signal cleared

    function undo(): void {
        if (empty)
            return;
        ink.lines.pop();
        ink.redraw();
        undone();
    }

    function clear(): void {
        ink.lines = [];
        ink.redraw();
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

        Canvas {
            id: ink

            // each line is a flat list of x and y in pixels
            property list<var> lines: []
            property int strokes: 0
            property int drawnLines: 0
            property int drawnPoints: 0
            property double firstTouch: 0
            readonly property bool pressed: finger.pressed

            function redraw(): void {
                strokes = lines.length;
                drawnLines = 0;
                drawnPoints = 0;
                requestPaint();
            }

            anchors.fill: parent
            anchors.margins: Theme.lineThick
            renderStrategy: Canvas.Immediate
            onPaint: {
                const pen = getContext("2d");
                if (drawnLines === 0 && drawnPoints === 0)
                    pen.clearRect(0, 0, width, height);
                pen.strokeStyle = Theme.text;
                pen.fillStyle = Theme.text;
                pen.lineWidth = pad.inkWidth;
                pen.lineCap = "round";
                pen.lineJoin = "round";
                for (let index = drawnLines; index < lines.length; index++) {
                    const line = lines[index];
                    let at = index === drawnLines ? drawnPoints : 0;
                    const count = line.length / 2;
                    if (at === 0) {
                        pen.beginPath();
                        pen.arc(line[0], line[1], pad.inkWidth / 2, 0, 2 * Math.PI);
                        pen.fill();
                        at = 1;
                    }
                    // from the middle of one step to the middle of the next, bent at the point between them
                    for (; at < count; at++) {
                        const x = line[2 * at];
                        const y = line[2 * at + 1];
                        const before = 2 * (at - 1);
                        const first = Math.max(0, 2 * (at - 2));
                        pen.beginPath();
                        pen.moveTo((line[first] + line[before]) / 2, (line[first + 1] + line[before + 1]) / 2);
                        pen.quadraticCurveTo(line[before], line[before + 1], (line[before] + x) / 2, (line[before + 1] + y) / 2);
                        pen.lineTo(x, y);
                        pen.stroke();
                    }
                    drawnLines = index;
                    drawnPoints = count;
                }
            }

            MultiPointTouchArea {
                id: area

                function tell(): void {
                    if (ink.firstTouch === 0)
                        ink.firstTouch = Date.now();
                    const x = Math.max(0, Math.min(ink.width, finger.x));
                    const y = Math.max(0, Math.min(ink.height, finger.y));
                    ink.lines[ink.lines.length - 1].push(x, y);
                    pad.pointAdded(Math.round(1000 * x / ink.width), Math.round(1000 * y / ink.width), Date.now() - ink.firstTouch);
                    ink.requestPaint();
                }

                anchors.fill: parent
                maximumTouchPoints: 1
                mouseEnabled: true
                onPressed: {
                    ink.lines.push([]);
                    ink.strokes = ink.lines.length;
                    pad.strokeBegun();
                    tell();
                }
                onUpdated: tell()
                touchPoints: TouchPoint {
                    id: finger
                }
                // a signature on a page that scrolls must not scroll it
                onGestureStarted: gesture => gesture.grab()
            }
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
            iconName: "trash-2"
            text: qsTr("重写签名")
            enabled: !pad.empty
            onClicked: pad.clear()
        }
    }
}
