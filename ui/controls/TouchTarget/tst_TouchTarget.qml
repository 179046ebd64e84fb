import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "TouchTarget"
    when: windowShown
    width: 600
    height: 300
    visible: true

    TouchTarget {
        id: left

        width: 200
        height: 200
        text: "左"
    }

    TouchTarget {
        id: right

        x: 300
        width: 200
        height: 200
        text: "右"
    }

    SignalSpy {
        id: lefts

        target: left
        signalName: "clicked"
    }

    SignalSpy {
        id: rights

        target: right
        signalName: "clicked"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        lefts.clear();
        rights.clear();
    }

    function test_a_touch_that_begins_and_ends_here_counts_once(): void {
        const finger = touchEvent(left);
        finger.press(0, left, 100, 100).commit();
        verify(left.down);
        finger.release(0, left, 102, 101).commit();
        compare(lefts.count, 1);
    }

    function test_dragged_away_it_lets_go(): void {
        const finger = touchEvent(left);
        finger.press(0, left, 100, 100).commit();
        finger.move(0, left, 260, 100).commit();
        finger.move(0, left, 280, 120).commit();
        tryVerify(() => !left.down);
        finger.release(0, left, 280, 120).commit();
        compare(lefts.count, 0);
    }

    function test_dragged_onto_another_it_counts_for_neither(): void {
        const finger = touchEvent(left);
        finger.press(0, left, 100, 100).commit();
        finger.move(0, left, 260, 100).commit();
        finger.move(0, left, 400, 100).commit();
        finger.release(0, left, 400, 100).commit();
        compare(lefts.count + rights.count, 0);
    }

    function test_begun_beside_it_counts_for_nothing(): void {
        const finger = touchEvent(left);
        finger.press(0, testCase, 250, 250).commit();
        finger.move(0, testCase, 150, 150).commit();
        finger.release(0, testCase, 150, 150).commit();
        compare(lefts.count, 0);
    }

    function test_a_second_finger_on_the_same_counts_once(): void {
        const fingers = touchEvent(left);
        fingers.press(0, left, 50, 50).commit();
        fingers.stationary(0).press(1, left, 150, 150).commit();
        fingers.release(0, left, 50, 50).stationary(1).commit();
        fingers.release(1, left, 150, 150).commit();
        compare(lefts.count, 1);
    }
}
