import QtQuick
import ui.theme
import ui.controls

// A line that takes turns with others: the next one pushes it up. Moves nothing but itself.
Item {
    id: ticker

    required property string text
    property int size: Words.Body
    property bool strong: false
    property color colour: Theme.text
    // room that is kept, so that what stands below does not jump
    property int lines: 1
    property bool moving: false

    implicitHeight: Math.max(shown.height, lines * line.height)
    clip: slide.running
    onTextChanged: {
        leaving.text = shown.text;
        shown.text = text;
        if (moving && leaving.text !== "")
            slide.restart();
    }
    Component.onCompleted: shown.text = text

    FontMetrics {
        id: line

        font: shown.font
    }

    Words {
        id: shown

        width: parent.width
        size: ticker.size
        strong: ticker.strong
        color: ticker.colour
    }

    Words {
        id: leaving

        visible: slide.running
        y: shown.y - ticker.height
        width: parent.width
        size: ticker.size
        strong: ticker.strong
        color: ticker.colour
        Accessible.ignored: true
    }

    NumberAnimation {
        id: slide

        target: shown
        property: "y"
        from: ticker.height
        to: 0
        duration: Theme.motion
        easing.type: Easing.OutCubic
    }
}
