import QtQuick
import ui.theme
import ui.controls

// What an operator tells everybody who passes by; several take turns.
Rectangle {
    id: news

    required property string text
    property bool moving: false

    implicitHeight: words.height + 2 * Theme.gapSmall
    radius: Theme.radius
    color: Theme.cautionQuiet

    Icon {
        id: sign

        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: "bell"
        colour: Theme.caution
    }

    AttractTicker {
        id: words

        objectName: "attract-news"
        x: sign.x + sign.width + Theme.gap
        y: Theme.gapSmall
        width: parent.width - x - Theme.gap
        text: news.text
        strong: true
        colour: Theme.caution
        moving: news.moving
    }
}
