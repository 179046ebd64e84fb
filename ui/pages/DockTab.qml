import QtQuick
import ui.theme
import ui.controls

// A button of the dock: light on dark, unlike anything on the citizen's screen.
TouchTarget {
    id: tab

    property bool chosen: false
    property bool solid: false

    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.gap
    rightPadding: Theme.gap
    topPadding: Theme.gapSmall
    bottomPadding: Theme.gapSmall

    background: Rectangle {
        radius: Theme.radiusSmall
        color: tab.chosen || tab.down ? Theme.surfaceRaised : tab.solid ? Theme.textQuiet : "transparent"
        border.width: Theme.lineThin
        border.color: Theme.outline
    }

    contentItem: Words {
        text: tab.text
        // larger text is the citizen's wish, not that of whoever plays with the devices
        font.pixelSize: Math.round(Theme.captionSize / Theme.textScale)
        color: tab.chosen || tab.down ? Theme.shade : Theme.surfaceRaised
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
    }
}
