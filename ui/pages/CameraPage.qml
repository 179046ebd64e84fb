pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// A material is photographed: the live picture, then the photograph.
Page {
    id: page

    required property CameraModel camera
    required property FrameCounter live

    // without a camera the way on is here, not behind Home
    readonly property bool defers: camera.lost && camera.deferrable
    readonly property bool keeps: camera.lost && shell.canKeep

    title: camera.taken ? qsTr("照片清楚吗？") : camera.title
    why: camera.taken ? qsTr("四边都在、字看得清，就可以用这张。") : camera.hint
    adviceShown: false
    primaryText: camera.taken ? qsTr("用这张照片") : defers ? qsTr("稍后补交，接着办") : keeps ? qsTr("先存着，下次接着办") : qsTr("拍照")
    primaryIcon: camera.taken ? "check" : defers ? "clock" : keeps ? "save" : "camera"
    primaryBusy: camera.busy
    primaryReason: camera.taken || camera.cameraReady || camera.busy || defers || keeps ? "" : qsTr("镜头还没准备好")
    secondaryText: camera.taken ? qsTr("重拍照片") : defers && keeps ? qsTr("先存着，下次再办") : ""
    secondaryIcon: camera.taken ? "refresh-cw" : "save"
    onPrimaryTapped: camera.taken ? camera.keep() : defers ? camera.defer() : keeps ? shell.keep() : camera.take()
    onSecondaryTapped: camera.taken ? camera.again() : shell.keep()

    filling: [
        Notice {
            id: warning

            visible: page.shell.adviceText !== ""
            width: parent.width
            kind: page.shell.adviceCritical ? Notice.Critical : Notice.Caution
            text: page.shell.adviceText
        },
        DevicePrompt {
            objectName: "prompt-camera"
            // where there is no room for it, the sentence above says it all
            visible: page.camera.lost && parent.height - y > height
            y: warning.visible ? warning.height + Theme.gap : 0
            // what its words leave of the room; too little: a small picture beside them
            readonly property real spare: parent.height - y - 2.9 * (Theme.headingSize + Theme.bodySize) - 6 * Theme.gap

            brief: spare < 40 * Theme.mm
            width: parent.width
            sceneHeight: Math.min(90 * Theme.mm, width * 0.4, spare)
            device: DevicePrompt.DocumentCamera
            progress: DevicePrompt.Absent
            text: qsTr("镜头现在用不了")
            hint: brief ? "" : qsTr("镜头一恢复，这里会自动有画面。")
        },
        CameraView {
            id: view

            visible: !page.camera.lost

            readonly property real above: warning.visible ? warning.height + Theme.gap : 0
            readonly property real room: parent.height - above
            // where the picture leaves room at its side, 「later」 stands there
            readonly property bool beside: parent.width - room / 0.75 > later.width + Theme.gap
            readonly property real free: later.visible && !beside ? room - later.height - Theme.gap : room

            x: later.visible && beside ? 0 : (parent.width - width) / 2
            y: above + (free - height) / 2
            width: Math.min(parent.width, free / 0.75)
            height: Math.min(free, 0.75 * width)
            number: page.camera.taken || page.camera.cameraReady ? page.live.number : 0
            frameShown: !page.camera.taken
            found: page.camera.taken
            hint: page.camera.taken ? "" : qsTr("平放在镜头下面，四边都在框里")
            emptyText: page.shell.adviceText === "" ? qsTr("镜头正在准备，请稍候") : qsTr("现在没有画面")
        },
        ActionButton {
            id: later

            objectName: "defer"
            visible: page.camera.deferrable && !page.camera.busy && !page.camera.lost
            x: view.beside ? parent.width - width : (parent.width - width) / 2
            y: parent.height - height
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Quiet
            iconName: "clock"
            text: qsTr("稍后补交材料")
            onClicked: page.camera.defer()
        }
    ]
}
