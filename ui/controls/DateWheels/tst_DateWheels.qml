import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "DateWheels"
    when: windowShown
    width: 1000
    height: 1000
    visible: true

    DateWheels {
        id: wheels

        width: 900
        year: 2024
        month: 2
        day: 29
        onEdited: (year, month, day) => {
            wheels.year = year;
            wheels.month = month;
            wheels.day = day;
        }
    }

    // QtTest calls it before each test
    function init(): void { // qmllint disable shadow
        wheels.typing = false;
        wheels.year = 2024;
        wheels.month = 2;
        wheels.day = 29;
    }

    function test_a_day_that_is_not_becomes_the_last_one(): void {
        mouseClick(findChild(wheels, "year-more"));
        compare(wheels.year, 2025);
        compare(wheels.day, 28);
    }

    function test_the_arrows_stop_at_the_end(): void {
        wheels.month = 12;
        mouseClick(findChild(wheels, "month-more"));
        compare(wheels.month, 12);
    }

    function test_the_wheel_follows_the_model(): void {
        wheels.month = 7;
        tryCompare(findChild(wheels, "month-list"), "currentIndex", 6);
    }

    function test_a_wheel_can_be_turned(): void {
        const list = findChild(wheels, "year-list");
        mouseDrag(list, list.width / 2, list.height / 2, 0, -150, Qt.LeftButton, Qt.NoModifier, 60);
        tryVerify(() => wheels.year > 2024, 5000);
        tryVerify(() => list.currentIndex === wheels.year - wheels.firstYear, 5000);
    }

    function test_a_neighbour_can_be_tapped(): void {
        const list = findChild(wheels, "month-list");
        tryCompare(list, "moving", false);
        mouseClick(list, list.width / 2, list.height * 5 / 6);
        tryCompare(wheels, "month", 3);
    }

    function test_digits_can_be_typed(): void {
        mouseClick(findChild(wheels, "date-typing"));
        verify(waitForRendering(wheels));
        verify(wheels.typing);
        for (const key of "19580315")
            mouseClick(findChild(wheels, "key-" + key));
        compare(wheels.typed, "19580315");
        compare(wheels.year, 1958);
        compare(wheels.month, 3);
        compare(wheels.day, 15);
    }

    function test_a_typed_day_that_is_not_is_refused(): void {
        mouseClick(findChild(wheels, "date-typing"));
        verify(waitForRendering(wheels));
        for (const key of "20230229")
            mouseClick(findChild(wheels, "key-" + key));
        compare(wheels.year, 2024);
        verify(wheels.typedIsWrong);
    }
}
