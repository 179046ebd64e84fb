import QtQuick
import ui.theme

// A word that can be touched in one of the keyboard's lists: a candidate, a language, another form of a letter.
Item {
    id: entry

    required property int index
    property string word: ""
    // silent; the keyboard asks every list for it
    property url soundEffect
    property bool strong: ListView.isCurrentItem

    implicitWidth: Math.max(Math.round(Theme.touchTarget * 1.2), label.implicitWidth + 2 * Theme.gap)
    implicitHeight: Theme.touchTarget

    Text {
        id: label

        anchors.centerIn: parent
        text: entry.word
        textFormat: Text.PlainText
        color: entry.strong ? Theme.accentInk : Theme.text
        font.family: Theme.fontFamily
        font.pixelSize: Theme.headingSize
    }

    MouseArea {
        anchors.fill: parent
        onClicked: {
            entry.ListView.view.currentIndex = entry.index;
            entry.ListView.view.model.selectItem(entry.index);
        }
    }
}
