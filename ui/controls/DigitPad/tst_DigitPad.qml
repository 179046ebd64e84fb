import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "DigitPad"
    when: windowShown
    width: 800
    height: 1000
    visible: true

    DigitPad {
        id: pad

        width: 600
        limit: 3
        onEdited: value => pad.value = value
    }

    function tap(key: string): void {
        mouseClick(findChild(pad, "key-" + key));
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        pad.value = "";
    }

    function test_digits_go_to_the_end(): void {
        tap("1");
        tap("0");
        tap("9");
        compare(pad.value, "109");
    }

    function test_no_more_than_the_limit(): void {
        for (const key of ["1", "2", "3", "4"])
            tap(key);
        compare(pad.value, "123");
    }

    function test_delete_takes_the_last(): void {
        tap("7");
        tap("8");
        tap("delete");
        compare(pad.value, "7");
    }

    function test_all_is_cleared_and_comes_back(): void {
        tap("7");
        tap("8");
        const wipe = findChild(pad, "digits-clear");
        mouseClick(wipe);
        compare(pad.value, "");
        mouseClick(wipe);
        compare(pad.value, "78");
        mouseClick(wipe);
        tap("5");
        compare(pad.cleared, "");
    }

    function test_the_wrong_group_is_marked_by_more_than_colour(): void {
        pad.value = "12";
        pad.groups = ["1", "2"];
        pad.wrongGroup = 1;
        tryVerify(() => grabImage(pad).width > 0);
        const marked = grabImage(pad);
        pad.wrongGroup = -1;
        tryVerify(() => !grabImage(pad).equals(marked));
        pad.groups = [];
    }

    function test_the_extra_key_works_only_when_there_is_one(): void {
        verify(findChild(pad, "key-X") === null);
        pad.extraKey = "X";
        tap("X");
        compare(pad.value, "X");
        pad.extraKey = "";
    }

    // the keys of a real keyboard, for whoever cannot touch
    function test_enter_presses_the_focused_key_and_digits_are_typed(): void {
        findChild(pad, "key-5").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Return);
        compare(pad.value, "5");
        keyClick("7");
        compare(pad.value, "57");
        keyClick("a");
        compare(pad.value, "57");
        keyClick(Qt.Key_Backspace);
        compare(pad.value, "5");
    }
}
