import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "HandwritingPad"
    when: windowShown
    width: 1080
    height: 500
    visible: true

    ListModel {
        id: found
    }

    HandwritingPad {
        id: pad

        width: 1060
        height: 400
        candidates: found
    }

    SignalSpy {
        id: ended

        target: pad
        signalName: "strokeEnded"
    }

    SignalSpy {
        id: chosen

        target: pad
        signalName: "chosen"
    }

    SignalSpy {
        id: undone

        target: pad
        signalName: "undone"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        found.clear();
        for (const character of "十千干土士王")
            found.append({
                character: character
            });
        pad.clear();
        for (const spy of [ended, chosen, undone])
            spy.clear();
    }

    function draw(y: int): void {
        const sheet = findChild(pad, "handwriting-sheet");
        mousePress(sheet, 50, y);
        mouseMove(sheet, 150, y);
        mouseRelease(sheet, 150, y);
    }

    function test_lifting_the_finger_is_told(): void {
        draw(100);
        compare(ended.count, 1);
        compare(pad.strokeCount, 1);
    }

    function test_a_candidate_is_told_and_the_sheet_is_clean(): void {
        draw(100);
        tryVerify(() => findChild(pad, "candidate-1").x > 0);
        mouseClick(findChild(pad, "candidate-1"));
        compare(chosen.count, 1);
        compare(chosen.signalArguments[0][0], "千");
        compare(pad.strokeCount, 0);
    }

    function test_undo_takes_one_stroke(): void {
        draw(100);
        draw(200);
        mouseClick(findChild(pad, "handwriting-undo"));
        compare(undone.count, 1);
        compare(pad.strokeCount, 1);
    }

    function test_the_dot_of_a_name(): void {
        mouseClick(findChild(pad, "handwriting-dot"));
        compare(chosen.signalArguments[0][0], "·");
    }
}
