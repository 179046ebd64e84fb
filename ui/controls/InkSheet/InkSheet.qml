import QtQuick
import ui.theme

// Paper for a finger: draws smooth lines as they are written and tells every point with its time. Only what is new is
// drawn, so that the line keeps up with the finger. What was written is kept by whoever hears the signals.
Item {
    id: sheet

    property int inkWidth: Math.round(1.1 * Theme.mm)
    readonly property int strokeCount: ink.strokes
    readonly property bool pressed: finger.pressed

    // a finger came down; its points follow in 1/1000 of the width from the top left, milliseconds from the first touch
    signal strokeBegun
    signal pointAdded(int x, int y, int time)
    signal strokeEnded

    function undo(): void {
        ink.lines.pop();
        ink.redraw();
    }

    function clear(): void {
        ink.lines = [];
        ink.firstTouch = 0;
        ink.redraw();
    }

    // what clear() took away, for restore()
    function lines(): list<var> {
        return ink.lines.slice();
    }

    function restore(lines: list<var>): void {
        ink.lines = lines;
        ink.redraw();
    }

    Canvas {
        id: ink

        // each line is a flat list of x and y in pixels
        property list<var> lines: []
        property int strokes: 0
        property int drawnLines: 0
        property int drawnPoints: 0
        property double firstTouch: 0

        function redraw(): void {
            strokes = lines.length;
            drawnLines = 0;
            drawnPoints = 0;
            requestPaint();
        }

        anchors.fill: parent
        renderStrategy: Canvas.Immediate
        onPaint: {
            const pen = getContext("2d");
            if (drawnLines === 0 && drawnPoints === 0)
                pen.clearRect(0, 0, width, height);
            pen.strokeStyle = Theme.text;
            pen.fillStyle = Theme.text;
            pen.lineWidth = sheet.inkWidth;
            pen.lineCap = "round";
            pen.lineJoin = "round";
            for (let index = drawnLines; index < lines.length; index++) {
                const line = lines[index];
                let at = index === drawnLines ? drawnPoints : 0;
                const count = line.length / 2;
                if (at === 0) {
                    pen.beginPath();
                    pen.arc(line[0], line[1], sheet.inkWidth / 2, 0, 2 * Math.PI);
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
            function tell(): void {
                if (ink.firstTouch === 0)
                    ink.firstTouch = Date.now();
                const x = Math.max(0, Math.min(ink.width, finger.x));
                const y = Math.max(0, Math.min(ink.height, finger.y));
                ink.lines[ink.lines.length - 1].push(x, y);
                sheet.pointAdded(Math.round(1000 * x / ink.width), Math.round(1000 * y / ink.width), Date.now() - ink.firstTouch);
                ink.requestPaint();
            }

            anchors.fill: parent
            maximumTouchPoints: 1
            mouseEnabled: true
            onPressed: {
                ink.lines.push([]);
                ink.strokes = ink.lines.length;
                sheet.strokeBegun();
                tell();
            }
            onUpdated: tell()
            onReleased: sheet.strokeEnded()
            onCanceled: sheet.strokeEnded()
            touchPoints: TouchPoint {
                id: finger
            }
            // writing on a page that scrolls must not scroll it
            onGestureStarted: gesture => gesture.grab()
        }
    }
}
