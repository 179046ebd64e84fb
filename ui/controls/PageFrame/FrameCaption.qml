import QtQuick
import ui.theme
import ui.controls

// What is being spoken, a sentence at a time, in two lines at most: of a longer one the letters are smaller.
Rectangle {
    id: captions

    property string text: ""
    property real room: width

    visible: text !== ""
    color: Theme.surfaceRaised
    Accessible.ignored: true

    Icon {
        id: sign

        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: "volume-2"
        size: Theme.iconSmall
        colour: Theme.accentInk
    }

    Words {
        id: words

        objectName: "caption"
        x: sign.x + sign.width + Theme.gapSmall
        width: captions.room - x
        height: captions.height
        verticalAlignment: Text.AlignVCenter
        color: Theme.accentInk
        text: captions.text
        size: Words.Caption
        lineHeight: 0.95
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.fineSize
        maximumLineCount: 2
        Accessible.ignored: true
    }
}
