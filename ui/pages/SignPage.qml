import QtQuick
import ui.theme
import ui.controls
import ui.models

// The application is signed with a finger; whoever cannot write on glass confirms it in words.
Page {
    id: page

    required property SignModel sign

    property bool inWords: Theme.guided

    title: inWords ? qsTr("请确认申请") : qsTr("请签名")
    why: inWords ? qsTr("%1，确认后马上提交。").arg(sign.holder) : qsTr("%1，请写下您的名字。签好后马上提交。").arg(sign.holder)
    primaryText: inWords ? qsTr("确认并提交申请") : qsTr("签好了，提交申请")
    primaryIcon: "check"
    primaryBusy: sign.busy
    secondaryText: inWords ? qsTr("改用手写签名") : qsTr("不方便写字")
    secondaryIcon: inWords ? "pen-line" : ""
    onPrimaryTapped: {
        if (inWords)
            sign.confirm();
        else
            sign.submit();
    }
    onSecondaryTapped: {
        sign.clear();
        inWords = !inWords;
    }
    Component.onCompleted: sign.clear()

    filling: [
        Column {
            id: above

            readonly property real room: warning.visible || promise.visible ? height + Theme.gap : 0

            width: parent.width
            spacing: Theme.gap

            Notice {
                id: warning

                visible: page.shell.adviceText !== ""
                width: parent.width
                kind: page.shell.adviceCritical ? Notice.Critical : Notice.Caution
                text: page.shell.adviceText
            }

            Notice {
                id: promise

                objectName: "promise"
                visible: page.inWords
                width: parent.width
                kind: Notice.Info
                title: qsTr("确认代替签名")
                text: qsTr("您的身份已经核实过。点“确认并提交申请”，就是说：填的内容我都知道了，是真的，我要申请。")
            }
        },
        SignaturePad {
            objectName: "pad"
            visible: !page.inWords
            y: above.room + Math.max(0, (parent.height - above.room - height) / 2)
            width: parent.width
            height: Math.min(parent.height - above.room, 0.9 * width)
            onStrokeBegun: page.sign.beginStroke()
            onPointAdded: (x, y, time) => page.sign.addPoint(x, y, time)
            onUndone: page.sign.undoStroke()
            onCleared: page.sign.clear()
            onRestored: page.sign.restore()
        }
    ]
}
