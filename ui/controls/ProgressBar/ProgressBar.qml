import QtQuick
import ui.theme

// How far through the whole matter, from 0 to 1.
Item {
    id: bar

    property real share: 0

    implicitHeight: Theme.gapTight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("已完成 %1%").arg(Math.round(100 * share))

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: Theme.surfaceSunken
    }

    Rectangle {
        width: Math.max(height, parent.width * Math.min(1, Math.max(0, bar.share)))
        height: parent.height
        radius: height / 2
        color: Theme.accent

        Behavior on width {
            NumberAnimation {
                duration: Theme.motion
                easing.type: Easing.OutCubic
            }
        }
    }
}
