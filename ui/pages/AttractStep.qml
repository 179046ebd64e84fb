import QtQuick
import ui.theme
import ui.controls

// One of the three steps of a visit: its words below the picture, or beside it. Pointed at in turn.
Item {
    id: step

    required property int number
    required property string iconName
    required property string text
    required property color colour
    property bool beside: false
    property bool pointed: false

    implicitHeight: beside ? Math.max(sign.height, words.height) : sign.height + 2 * Theme.gapSmall + words.height

    Icon {
        id: sign

        x: step.beside ? 0 : (step.width - width) / 2
        y: step.beside ? (step.height - height) / 2 : 0
        name: step.iconName
        size: Theme.iconLarge
        colour: step.colour
    }

    Rectangle {
        visible: step.pointed
        x: sign.x
        y: sign.y + sign.height + Theme.gapTight
        width: sign.width
        height: Theme.lineThick
        radius: height / 2
        color: step.colour
    }

    Words {
        id: words

        x: step.beside ? sign.width + Theme.gapLarge : 0
        y: step.beside ? (step.height - height) / 2 : sign.height + 2 * Theme.gapSmall
        width: step.width - x
        horizontalAlignment: step.beside ? Text.AlignLeft : Text.AlignHCenter
        color: step.colour
        text: step.number + ". " + step.text
    }
}
