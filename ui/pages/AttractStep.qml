import QtQuick
import ui.theme
import ui.controls

// One of the three steps of a visit, on the colour of the city: its words below the picture, or beside it.
Item {
    id: step

    required property string number
    required property string iconName
    required property string text
    property bool beside: false

    implicitHeight: beside ? Math.max(sign.height, words.height) : sign.height + Theme.gapSmall + words.height

    Icon {
        id: sign

        x: step.beside ? 0 : (step.width - width) / 2
        y: step.beside ? (step.height - height) / 2 : 0
        name: step.iconName
        size: Theme.iconLarge
        colour: Theme.accentText
    }

    Words {
        id: words

        x: step.beside ? sign.width + Theme.gapLarge : 0
        y: step.beside ? (step.height - height) / 2 : sign.height + Theme.gapSmall
        width: step.width - x
        horizontalAlignment: step.beside ? Text.AlignLeft : Text.AlignHCenter
        color: Theme.accentText
        text: step.number + ". " + step.text
    }
}
