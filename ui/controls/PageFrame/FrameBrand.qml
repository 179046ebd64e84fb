import QtQuick
import ui.theme
import ui.controls

// The strip at the very top: who serves, which step of how many, how far; while something is spoken, its words.
Item {
    id: brand

    property string cityName: ""
    property url crest: ""
    property string cornerText: ""
    // kept free at the end of the line for what a page puts there
    property real cornerRoom: 0
    property string caption: ""
    property real progress: -1
    // it has the colour of what it stands on
    property bool plain: false
    // as wide as its words may be: on a lying screen they go beyond the side
    property real captionWidth: width

    function moveFrom(before: real): void {
        line.moveFrom(before);
    }

    objectName: "page-brand"
    height: Theme.touchTarget + 2 * Theme.gapSmall

    Rectangle {
        visible: !brand.plain
        anchors.fill: parent
        color: Theme.surfaceRaised
    }

    Image {
        id: badge

        x: Theme.pageMargin
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.icon * 1.15
        height: width
        sourceSize: Qt.size(width, height)
        source: brand.crest.toString() === "" ? "image://icon/landmark/" + Theme.accentInk.toString().slice(1) : brand.crest
        fillMode: Image.PreserveAspectFit
        Accessible.ignored: true
    }

    Words {
        visible: !captions.visible
        anchors.left: badge.right
        anchors.leftMargin: Theme.gapSmall
        anchors.right: corner.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: brand.cityName
        strong: true
    }

    Words {
        id: corner

        visible: !captions.visible
        anchors.right: parent.right
        anchors.rightMargin: Theme.pageMargin + brand.cornerRoom
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, parent.width / 2)
        horizontalAlignment: Text.AlignRight
        text: brand.cornerText
        size: Words.Caption
        quiet: true
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }

    ProgressBar {
        id: line

        visible: brand.progress >= 0
        anchors.bottom: parent.bottom
        width: parent.width
        share: brand.progress
    }

    FrameCaption {
        id: captions

        width: brand.captionWidth
        height: parent.height
        room: width - Theme.pageMargin - brand.cornerRoom
        text: brand.caption
    }
}
