import QtQuick
import ui.controls

// How far the printed guide has come.
Notice {
    required property string paper

    visible: paper !== "none"
    kind: paper === "printed" ? Notice.Positive : paper === "printing" ? Notice.Info : Notice.Caution
    title: paper === "printing" ? qsTr("正在打印指南") : paper === "printed" ? qsTr("指南打好了，请从出纸口取走") : paper === "unproven" ? qsTr("请看看出纸口有没有指南") : qsTr("没打印出来，请用手机拍下这一页")
    text: paper === "failed" || paper === "unproven" ? qsTr("去哪办、带什么，这一页上都有。") : qsTr("上面写着去哪办、什么时候去、带什么。")
}
