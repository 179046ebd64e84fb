import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "InkSheet"
    when: windowShown
    width: 600
    height: 400
    visible: true

    InkSheet {
        id: sheet

        width: 500
        height: 300
    }

    SignalSpy {
        id: points

        target: sheet
        signalName: "pointAdded"
    }

    SignalSpy {
        id: ended

        target: sheet
        signalName: "strokeEnded"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        sheet.clear();
        points.clear();
        ended.clear();
    }

    function draw(y: int): void {
        mousePress(sheet, 50, y);
        mouseMove(sheet, 200, y + 20);
        mouseMove(sheet, 400, y);
        mouseRelease(sheet, 400, y);
    }

    function test_a_stroke_is_told_with_its_end(): void {
        draw(100);
        compare(sheet.strokeCount, 1);
        compare(ended.count, 1);
        verify(points.count >= 2);
        compare(points.signalArguments[0][0], 100);
        compare(points.signalArguments[0][1], 200);
    }

    function test_what_lies_outside_is_told_at_the_edge(): void {
        mousePress(sheet, 400, 100);
        mouseMove(sheet, 590, 390);
        mouseRelease(sheet, 590, 390);
        const last = points.signalArguments[points.count - 1];
        compare(last[0], 1000);
        compare(last[1], 600);
    }

    function test_all_that_was_wiped_comes_back(): void {
        draw(100);
        draw(200);
        const lines = sheet.lines();
        sheet.clear();
        compare(sheet.strokeCount, 0);
        sheet.restore(lines);
        compare(sheet.strokeCount, 2);
        sheet.undo();
        compare(sheet.strokeCount, 1);
    }
}
