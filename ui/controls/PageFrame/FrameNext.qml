import QtQuick
import ui.theme
import ui.controls

// What happens next, in one quiet line.
Words {
    id: words

    objectName: "next"
    leftPadding: sign.width + Theme.gapSmall
    size: Words.Caption
    quiet: true

    Icon {
        id: sign

        y: (Theme.captionSize * 1.45 - height) / 2
        name: "signpost"
        size: Math.round(Theme.captionSize * 1.3)
        colour: Theme.textQuiet
    }
}
