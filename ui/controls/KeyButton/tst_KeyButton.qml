import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "KeyButton"
    when: windowShown
    width: 400
    height: 300
    visible: true

    TextEdit {
        id: field

        width: 200
        height: 50
    }

    KeyButton {
        id: key

        y: 100
        text: "龙"
    }

    SignalSpy {
        id: clicks

        target: key
        signalName: "clicked"
    }

    function init(): void { // qmllint disable shadow
        clicks.clear();
    }

    function test_the_field_keeps_the_focus(): void {
        field.forceActiveFocus();
        mouseClick(key);
        compare(clicks.count, 1);
        verify(field.activeFocus);
    }

    function test_a_touch_that_ends_elsewhere_is_none(): void {
        mousePress(key);
        mouseMove(key, 300, 150);
        mouseRelease(key, 300, 150);
        compare(clicks.count, 0);
    }
}
