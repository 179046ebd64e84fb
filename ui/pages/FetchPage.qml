import QtQuick
import ui.theme
import ui.controls
import ui.models

// The wait for registers and licences, and the way on when they do not answer.
Page {
    id: page

    required property FetchModel fetch

    title: fetch.busy ? qsTr("正在查找您的信息") : qsTr("暂时查不到您的信息")
    why: fetch.busy ? qsTr("查到的不用您再填、再交，一般只要几秒钟。") : qsTr("可以再试一次；也可以直接继续，由您自己填写。")
    bodyCentred: fetch.busy
    primaryText: fetch.busy ? "" : qsTr("自己填写，继续")
    primaryIcon: "arrow-right"
    onPrimaryTapped: fetch.goOn()
    secondaryText: fetch.busy ? "" : qsTr("再试一次")
    secondaryIcon: "refresh-cw"
    onSecondaryTapped: fetch.retry()

    Column {
        visible: page.fetch.busy
        width: parent.width
        spacing: Theme.gapLarge

        Spinner {
            anchors.horizontalCenter: parent.horizontalCenter
            running: page.fetch.busy
            size: Theme.iconHuge
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Words.Heading
            text: qsTr("请稍候")
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            quiet: true
            text: qsTr("证件和执照 · 各部门登记信息")
        }
    }
}
