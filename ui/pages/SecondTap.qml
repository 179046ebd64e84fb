import QtQuick
import ui.theme

// The second tap of a double tap belongs to the page that the first was made on: when another page has come by it, the
// place that was touched takes no touch for a moment. Everywhere else a touch counts at once.
Item {
    id: second

    // milliseconds; 0: nobody taps twice here
    property int lasts: 0
    property point at
    property bool turned: false

    readonly property bool guards: turned && since.running

    function touched(place: point): void {
        if (guards || lasts === 0)
            return;
        at = place;
        turned = false;
        since.restart();
    }

    function arrived(): void {
        turned = since.running;
    }

    Timer {
        id: since

        interval: second.lasts
    }

    MouseArea {
        visible: second.guards
        width: 2 * Theme.touchTarget
        height: width
        x: second.at.x - width / 2
        y: second.at.y - height / 2
    }
}
