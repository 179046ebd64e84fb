import QtQuick
import QtTest
import ui.controls

TestCase {
    name: "StarRating"
    when: windowShown
    width: 1100
    height: 500
    visible: true

    StarRating {
        id: rating

        width: 1000
        onRated: level => rating.level = level
    }

    function test_each_face_is_a_level(): void {
        for (let level = 1; level <= 5; level++) {
            mouseClick(findChild(rating, "rating-" + level));
            compare(rating.level, level);
        }
    }
}
