import QtQuick
import QtTest
import ui.theme
import ui.controls

TestCase {
    id: testCase

    name: "ActionButton"
    when: windowShown
    width: 800
    height: 400
    visible: true

    ActionButton {
        id: button

        x: 100
        y: 100
        width: 300
        text: "打印凭条"
    }

    SignalSpy {
        id: clicks

        target: button
        signalName: "clicked"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        button.reason = "";
        button.busy = false;
        clicks.clear();
    }

    function test_a_tap_counts(): void {
        const finger = touchEvent(button);
        finger.press(0, button, 50, 20).commit();
        verify(button.down);
        finger.release(0, button, 50, 20).commit();
        compare(clicks.count, 1);
    }

    function test_leaving_before_letting_go_does_not_count(): void {
        const finger = touchEvent(button);
        finger.press(0, button, 50, 20).commit();
        finger.move(0, button, 50, 390).commit();
        finger.release(0, button, 50, 390).commit();
        compare(clicks.count, 0);
    }

    function test_coming_from_outside_does_not_count(): void {
        const finger = touchEvent(testCase);
        finger.press(0, testCase, 10, 10).commit();
        finger.move(0, testCase, 200, 120).commit();
        finger.release(0, testCase, 200, 120).commit();
        compare(clicks.count, 0);
    }

    function test_a_reason_disables_and_is_said(): void {
        button.reason = "请先签名";
        mouseClick(button);
        compare(clicks.count, 0);
        verify(!button.enabled);
        compare(button.Accessible.description, "请先签名");
    }

    function test_busy_cannot_be_tapped_twice(): void {
        button.busy = true;
        mouseClick(button);
        compare(clicks.count, 0);
    }

    function test_it_is_large_enough_and_named(): void {
        verify(button.height >= 12.7 * Theme.mm);
        compare(button.Accessible.name, "打印凭条");
    }
}
