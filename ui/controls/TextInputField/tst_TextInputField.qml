import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "TextInputField"
    when: windowShown
    width: 900
    height: 500
    visible: true

    TextInputField {
        id: field

        objectName: "shop"
        width: 800
        label: "店铺名称"
        limit: 8
        onEdited: text => field.text = text
    }

    SignalSpy {
        id: accepted

        target: field
        signalName: "accepted"
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        field.text = "";
        accepted.clear();
        field.begin();
    }

    function type(words: string): void {
        for (const letter of words)
            keyClick(letter);
    }

    function test_what_is_typed_is_told(): void {
        type("abc");
        compare(field.text, "abc");
    }

    function test_no_more_than_the_limit(): void {
        type("abcdefghij");
        compare(field.text, "abcdefgh");
    }

    function test_enter_is_told_and_not_written(): void {
        type("ab");
        keyClick(Qt.Key_Return);
        compare(field.text, "ab");
        compare(accepted.count, 1);
    }

    function test_nothing_is_copied_or_cut(): void {
        type("abc");
        const input = findChild(field, "shop-input");
        input.selectAll();
        keyClick(Qt.Key_X, Qt.ControlModifier);
        compare(field.text, "abc");
        keyClick(Qt.Key_C, Qt.ControlModifier);
        input.deselect();
        input.cursorPosition = 3;
        keyClick(Qt.Key_V, Qt.ControlModifier);
        compare(field.text, "abc");
    }

    function test_the_cross_empties_it_and_gives_it_back(): void {
        type("abc");
        mouseClick(findChild(field, "shop-clear"));
        compare(field.text, "");
        mouseClick(findChild(field, "shop-clear"));
        compare(field.text, "abc");
        mouseClick(findChild(field, "shop-clear"));
        type("d");
        compare(field.cleared, "");
    }

    function test_a_character_of_the_second_plane_is_one(): void {
        const input = findChild(field, "shop-input");
        input.text = "1234567\u{20BB7}";
        compare(field.text, "1234567\u{20BB7}");
        input.text = "12345678\u{20BB7}";
        compare(field.text, "12345678");
    }
}
