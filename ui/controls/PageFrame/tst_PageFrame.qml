pragma ComponentBehavior: Bound

import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "PageFrame"
    when: windowShown
    width: 1080
    height: 1920
    visible: true

    PageFrame {
        id: frame

        anchors.fill: parent
        title: "孩子的出生日期是哪一天？"
        primaryText: "继续"

        Repeater {
            id: rows

            model: 2

            ChoiceCard {
                required property int index

                objectName: "row-" + index
                width: frame.bodyWidth
                text: "答案 " + index
            }
        }
    }

    SignalSpy {
        id: spy

        target: frame
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        rows.model = 2;
        frame.primaryReason = "";
    }

    function test_every_corner_answers_data() {
        return [
            {
                tag: "primary",
                signal: "primaryTapped"
            },
            {
                tag: "back",
                signal: "backTapped"
            },
            {
                tag: "home",
                signal: "homeTapped"
            },
            {
                tag: "language",
                signal: "languageTapped"
            },
            {
                tag: "elder",
                signal: "elderTapped"
            },
            {
                tag: "see-hear",
                signal: "seeHearTapped"
            },
            {
                tag: "help",
                signal: "helpTapped"
            }
        ];
    }

    function test_every_corner_answers(row): void {
        spy.signalName = row.signal;
        spy.clear();
        mouseClick(findChild(frame, row.tag));
        compare(spy.count, 1);
    }

    function test_what_does_not_fit_is_announced_and_reached(): void {
        verify(!findChild(frame, "page-down").visible);
        rows.model = 40;
        const down = findChild(frame, "page-down");
        tryVerify(() => down.visible);
        const last = findChild(frame, "row-39");
        for (let taps = 0; taps < 20 && down.enabled; taps++) {
            const before = last.mapToItem(frame, 0, 0).y;
            mouseClick(down);
            tryVerify(() => last.mapToItem(frame, 0, 0).y < before);
        }
        verify(last.mapToItem(frame, 0, last.height).y <= down.mapToItem(frame, 0, 0).y);
    }

    function test_a_drag_on_a_card_scrolls_and_chooses_nothing(): void {
        rows.model = 40;
        spy.clear();
        const card = findChild(frame, "row-5");
        const before = card.mapToItem(frame, 0, 0).y;
        mouseDrag(card, 200, 40, 0, -400, Qt.LeftButton, Qt.NoModifier, 30);
        tryVerify(() => card.mapToItem(frame, 0, 0).y < before - 100);
        verify(!card.down);
    }

    function test_a_reason_stops_the_primary(): void {
        frame.primaryReason = "请选择日期";
        spy.signalName = "primaryTapped";
        spy.clear();
        mouseClick(findChild(frame, "primary"));
        compare(spy.count, 0);
    }
}
