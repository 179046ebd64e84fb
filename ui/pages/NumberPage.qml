import QtQuick
import ui.theme
import ui.controls
import ui.models

// A case by the number on its slip: typed or scanned. It shows a state and a day, and nothing about anybody.
Page {
    id: page

    required property NumberModel numbered

    property string typed: ""
    // what was found stands alone until another number is wanted
    property bool another: false

    readonly property bool answered: numbered.count > 0 && !another

    readonly property bool enough: typed.length === 15 || typed.length === numbered.digits

    title: qsTr("凭编号查进度")
    why: qsTr("编号在回执上。只显示办到哪一步，不显示是谁的。")
    primaryText: answered ? qsTr("再查一个编号") : qsTr("查进度")
    primaryIcon: "search"
    primaryBusy: numbered.busy
    primaryReason: enough || answered ? "" : qsTr("请输入 15 位或 17 位数字")
    onPrimaryTapped: {
        another = answered;
        if (another)
            typed = "";
        else
            numbered.enter(typed);
    }
    secondaryText: qsTr("刷身份证，看我的全部办件")
    secondaryIcon: "id-card"
    onSecondaryTapped: numbered.openMine()

    OwnRows {
        width: parent.width
        title: qsTr("编号 %1").arg(page.numbered.number)
        model: page.numbered.rows
    }

    Notice {
        objectName: "unknown"
        visible: page.numbered.unknown
        width: parent.width
        kind: Notice.Caution
        title: qsTr("没有查到 %1").arg(page.numbered.number)
        text: qsTr("请照着回执再核对一遍。刚提交的要等一会儿；也可以刷身份证查看自己的办件。")
    }

    Words {
        objectName: "spelled"
        visible: !page.answered
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        size: Words.Heading
        font.family: Theme.fontFamily
        text: page.numbered.spelled(page.typed)
        Accessible.name: page.typed === "" ? qsTr("还没有填") : page.typed
    }

    DigitPad {
        visible: !page.answered
        width: parent.width
        enabled: !page.numbered.busy
        opacity: enabled ? 1 : 0.5
        value: page.typed
        displayShown: false
        limit: page.numbered.digits
        onEdited: value => page.typed = value
    }

    DevicePrompt {
        objectName: "prompt-scanner"
        visible: page.numbered.scannerReady && !page.answered
        width: parent.width
        brief: true
        device: DevicePrompt.Scanner
        side: page.numbered.sideOf("scanner")
        along: page.numbered.alongOf("scanner")
        text: qsTr("不想输？把回执上的二维码对准扫码口")
    }

    EdgeLight {
        parent: page
        side: page.numbered.scannerReady && !page.answered ? page.numbered.sideOf("scanner") : ""
        along: page.numbered.alongOf("scanner")
    }
}
