import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "SignaturePad"
    when: windowShown
    width: 1000
    height: 600
    visible: true

    SignaturePad {
        id: pad

        width: 900
        height: 500
    }

    SignalSpy {
        id: begun

        target: pad
        signalName: "strokeBegun"
    }

    SignalSpy {
        id: points

        target: pad
        signalName: "pointAdded"
    }

    SignalSpy {
        id: undone

        target: pad
        signalName: "undone"
    }

    SignalSpy {
        id: cleared

        target: pad
        signalName: "cleared"
    }

    SignalSpy {
        id: restored

        target: pad
        signalName: "restored"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        pad.clear();
        for (const spy of [begun, points, undone, cleared, restored])
            spy.clear();
    }

    function draw(): void {
        mousePress(pad, 100, 100);
        mouseMove(pad, 200, 150);
        mouseMove(pad, 300, 120);
        mouseRelease(pad, 300, 120);
    }

    function test_a_stroke_is_told_point_by_point(): void {
        draw();
        compare(begun.count, 1);
        verify(points.count >= 2);
        verify(!pad.empty);
        for (const point of points.signalArguments)
            verify(point[0] >= 0 && point[0] <= 1000 && point[2] >= 0);
    }

    function test_undo_takes_one_stroke(): void {
        draw();
        draw();
        compare(pad.strokeCount, 2);
        mouseClick(findChild(pad, "signature-undo"));
        compare(pad.strokeCount, 1);
        compare(undone.count, 1);
    }

    function test_clear_takes_all(): void {
        draw();
        draw();
        mouseClick(findChild(pad, "signature-clear"));
        verify(pad.empty);
        compare(cleared.count, 1);
    }

    function test_what_was_cleared_comes_back(): void {
        draw();
        draw();
        mouseClick(findChild(pad, "signature-clear"));
        mouseClick(findChild(pad, "signature-clear"));
        compare(pad.strokeCount, 2);
        compare(restored.count, 1);
        mouseClick(findChild(pad, "signature-clear"));
        draw();
        compare(pad.wiped.length, 0);
        compare(pad.strokeCount, 1);
    }

    function test_the_ink_can_be_seen(): void {
        const before = grabImage(pad);
        draw();
        tryVerify(() => !grabImage(pad).equals(before));
    }
}
