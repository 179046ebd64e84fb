import QtQuick
import ui.theme
import ui.controls

// One of the three steps of a visit, on the colour of the city.
Column {
    id: step

    required property string number
    required property string iconName
    required property string text

    spacing: Theme.gapSmall

    Icon {
        anchors.horizontalCenter: parent.horizontalCenter
        name: step.iconName
        size: Theme.iconLarge
        colour: Theme.accentText
    }

    Words {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        color: Theme.accentText
        text: step.number + ". " + step.text
    }
}
