import QtQuick
import ui.theme

// How far through the whole matter, from 0 to 1.
Item {
    id: bar

    property real share: 0
    // what is drawn: stands at once, and moves when the share changes
    property real drawn: share
    property bool ready: false

    // begin where the page before left off
    function moveFrom(before: real): void {
        ready = false;
        drawn = before;
        ready = true;
        drawn = Qt.binding(() => bar.share);
    }

    implicitHeight: Theme.gapTight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("已完成 %1%").arg(Math.round(100 * share))
    Component.onCompleted: ready = true

    Behavior on drawn {
        enabled: bar.ready

        NumberAnimation {
            duration: Theme.motion
            easing.type: Easing.OutCubic
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.surfaceSunken
    }

    Rectangle {
        width: Math.max(height, parent.width * Math.min(1, Math.max(0, bar.drawn)))
        height: parent.height
        radius: height / 2
        color: Theme.accentInk
    }
}
