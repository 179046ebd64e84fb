import QtQuick
import QtQuick.VirtualKeyboard.Styles
import ui.theme
import ui.controls

// The face of one key: a word or an icon on a flat card. Half the gap between two keys belongs to each of them.
KeyPanel {
    id: face

    property string word: control ? control.displayText : ""
    property string icon: ""
    // a key that does something instead of writing
    property bool tinted: control !== null && control.highlighted
    property bool filled: false
    property int size: Theme.headingSize

    readonly property bool down: control !== null && control.pressed
    readonly property bool usable: control !== null && control.enabled
    readonly property color ink: !usable ? Theme.textDisabled : filled || down ? Theme.accentText : tinted ? Theme.accentInk : Theme.text

    Rectangle {
        anchors.fill: parent
        anchors.margins: Math.round(Theme.touchGap / 2)
        radius: Theme.radius
        color: !face.usable ? Theme.surfaceSunken : face.down ? Theme.accentPressed : face.filled ? Theme.accent : face.tinted ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: Theme.lineThin
        border.color: face.filled || face.down ? "transparent" : Theme.line

        Icon {
            anchors.centerIn: parent
            visible: face.icon !== ""
            name: face.icon
            size: Theme.icon
            colour: face.ink
        }

        Text {
            anchors.fill: parent
            anchors.margins: Theme.gapTight
            visible: face.icon === ""
            text: face.icon === "" ? face.word : ""
            textFormat: Text.PlainText
            color: face.ink
            fontSizeMode: Text.Fit
            minimumPixelSize: Math.round(Theme.captionSize / 2)
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            font.family: Theme.fontFamily
            font.pixelSize: face.size
            font.capitalization: face.control && face.control.uppercased && face.word === face.control.displayText ? Font.AllUppercase : Font.MixedCase
        }
    }

    Text {
        visible: face.control !== null && face.control.smallTextVisible
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gapSmall
        text: visible ? face.control.smallText : ""
        textFormat: Text.PlainText
        color: face.ink
        font.family: Theme.fontFamily
        font.pixelSize: Math.round(Theme.captionSize * 0.7)
    }
}
