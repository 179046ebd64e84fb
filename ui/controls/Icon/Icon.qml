import QtQuick
import ui.theme

// A line icon of assets/icons in a colour of the theme. Words always stand beside it, so it is not read aloud.
Image {
    id: icon

    required property string name
    property color colour: Theme.text
    property int size: Theme.icon

    width: size
    height: size
    sourceSize: Qt.size(size, size)
    source: name === "" || size <= 0 ? "" : "image://icon/" + name + "/" + colour.toString().slice(1)
    Accessible.ignored: true
}
