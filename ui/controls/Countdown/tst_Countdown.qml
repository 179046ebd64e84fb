import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "Countdown"
    when: windowShown
    width: 1080
    height: 1500
    visible: true

    ActionButton {
        id: below

        width: 1000
        text: "下面"
    }

    Countdown {
        id: countdown

        anchors.fill: parent
        remaining: 10
        total: 30
        leaveText: "退出"
    }

    SignalSpy {
        id: stays

        target: countdown
        signalName: "stayTapped"
    }

    SignalSpy {
        id: leaves

        target: countdown
        signalName: "leaveTapped"
    }

    SignalSpy {
        id: through

        target: below
        signalName: "clicked"
    }

    function test_the_buttons(): void {
        mouseClick(findChild(countdown, "stay"));
        compare(stays.count, 1);
        mouseClick(findChild(countdown, "leave"));
        compare(leaves.count, 1);
    }

    function test_nothing_below_is_touched(): void {
        mouseClick(testCase, 500, 30);
        compare(through.count, 0);
    }
}
