import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "ChoiceCard"
    when: windowShown
    width: 800
    height: 300
    visible: true

    ChoiceCard {
        id: card

        width: 600
        text: "未婚"
    }

    SignalSpy {
        id: clicks

        target: card
        signalName: "clicked"
    }

    function test_the_page_keeps_the_choice(): void {
        card.chosen = false;
        mouseClick(card);
        compare(clicks.count, 1);
        verify(!card.chosen);
    }

    function test_it_says_what_it_is(): void {
        compare(card.Accessible.role, Accessible.RadioButton);
        card.multiple = true;
        compare(card.Accessible.role, Accessible.CheckBox);
        card.chosen = true;
        verify(card.Accessible.checked);
    }
}
