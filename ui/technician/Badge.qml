import QtQuick
import ui.theme

// A verdict as a small plate: sign and word on the ground of its colour.
Rectangle {
    id: badge

    required property string tone
    required property string text
    property real room: 80 * Theme.mm

    implicitWidth: word.x + word.width + Theme.gapSmall
    implicitHeight: Math.max(word.height, mark.height) + Theme.gapTight
    radius: Theme.radiusSmall
    color: Tone.ground(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Dot {
        id: mark

        x: Theme.gapTight
        anchors.verticalCenter: parent.verticalCenter
        size: Math.round(Theme.denseSize * 1.1)
        tone: badge.tone
    }

    Line {
        id: word

        x: mark.x + mark.width + Theme.gapTight
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(Math.ceil(implicitWidth), badge.room - x - Theme.gapSmall)
        text: badge.text
        strong: true
        color: badge.tone === "off" ? Theme.text : Tone.ink(badge.tone)
        Accessible.ignored: true
    }
}
