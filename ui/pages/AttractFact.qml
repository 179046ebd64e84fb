import QtQuick
import ui.theme
import ui.controls

// A small fact with its sign: hours, place, hotline.
Row {
    id: fact

    required property string iconName
    required property string text
    required property real room

    spacing: Theme.gapSmall

    Icon {
        id: sign

        anchors.verticalCenter: parent.verticalCenter
        name: fact.iconName
        size: Theme.iconSmall
        colour: Theme.textQuiet
    }

    Words {
        width: Math.min(implicitWidth, fact.room - sign.width - fact.spacing)
        text: fact.text
        size: Words.Caption
        quiet: true
    }
}
