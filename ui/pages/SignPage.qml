import QtQuick
import ui.theme
import ui.controls
import ui.models

// The application is signed with a finger.
Page {
    id: page

    required property SignModel sign

    title: qsTr("请签名")
    why: qsTr("%1，请写下您的名字。签好后马上提交。").arg(sign.holder)
    primaryText: qsTr("签好了，提交申请")
    primaryIcon: "check"
    primaryBusy: sign.busy
    onPrimaryTapped: sign.submit()
    Component.onCompleted: sign.clear()

    filling: [
        Notice {
            id: warning

            visible: page.shell.adviceText !== ""
            width: parent.width
            kind: page.shell.adviceCritical ? Notice.Critical : Notice.Caution
            text: page.shell.adviceText
        },
        SignaturePad {
            id: pad

            readonly property real above: warning.visible ? warning.height + Theme.gap : 0

            objectName: "pad"
            y: above + Math.max(0, (parent.height - above - height) / 2)
            width: parent.width
            height: Math.min(parent.height - above, 0.9 * width)
            onStrokeBegun: page.sign.beginStroke()
            onPointAdded: (x, y, time) => page.sign.addPoint(x, y, time)
            onUndone: page.sign.undoStroke()
            onCleared: page.sign.clear()
        }
    ]
}
