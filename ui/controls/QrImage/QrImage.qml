import QtQuick
import ui.theme

// A QR code to take along, always black on white, with the words that say what it is below.
Rectangle {
    id: code

    required property string payload
    property string caption: ""
    property int size: Math.round(60 * Theme.mm)

    implicitWidth: size
    implicitHeight: size + (caption === "" ? 0 : words.implicitHeight + Theme.gapSmall)
    radius: Theme.radius
    color: "white"
    border.width: Theme.lineThin
    border.color: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: caption === "" ? qsTr("二维码") : caption

    Image {
        x: Theme.gapTight
        y: Theme.gapTight
        width: code.size - 2 * Theme.gapTight
        height: width
        sourceSize: Qt.size(width, height)
        fillMode: Image.Pad
        source: code.payload === "" ? "" : "image://qr/" + encodeURIComponent(code.payload).replace(/_/g, "%5F").replace(/%/g, "_")
        Accessible.ignored: true
    }

    Text {
        id: words

        visible: code.caption !== ""
        y: code.size - Theme.gapTight
        x: Theme.gapSmall
        width: code.width - 2 * Theme.gapSmall
        text: Theme.kept(code.caption)
        color: "black"
        font.family: Theme.fontFamily
        font.pixelSize: Theme.captionSize
        wrapMode: Text.Wrap
        horizontalAlignment: Text.AlignHCenter
        Accessible.ignored: true
    }
}
