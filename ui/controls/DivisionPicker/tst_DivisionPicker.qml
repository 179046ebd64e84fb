import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "DivisionPicker"
    when: windowShown
    width: 1000
    height: 900
    visible: true

    ListModel {
        id: provinces

        ListElement {
            code: "10"
            title: "云州市"
            chosen: false
        }
        ListElement {
            code: "20"
            title: "海州市"
            chosen: false
        }
    }

    ListModel {
        id: districts
    }

    DivisionPicker {
        id: picker

        width: 900
        first: provinces
        second: districts
    }

    SignalSpy {
        id: picks

        target: picker
        signalName: "picked"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        picks.clear();
        districts.clear();
        provinces.setProperty(0, "chosen", false);
        picker.reopened = -1;
    }

    function test_a_tap_names_the_division(): void {
        tryVerify(() => findChild(picker, "division-20").visible && findChild(picker, "division-20").x > 0);
        mouseClick(findChild(picker, "division-20"));
        compare(picks.count, 1);
        compare(picks.signalArguments[0][0], "20");
    }

    function test_a_chosen_level_folds_and_opens_again(): void {
        provinces.setProperty(0, "chosen", true);
        districts.append({
            code: "1001",
            title: "临江区",
            chosen: false
        });
        tryVerify(() => !findChild(picker, "division-20").visible);
        verify(findChild(picker, "division-1001").visible);
        mouseClick(findChild(picker, "division-10"));
        compare(picks.count, 0);
        verify(findChild(picker, "division-20").visible);
    }
}
