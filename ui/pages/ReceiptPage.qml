import QtQuick
import ui.theme
import ui.controls
import ui.models

// The receipt is printed, or shown as a code when there is no paper.
Page {
    id: page

    required property ReceiptModel receipt

    readonly property bool printing: receipt.state === "printing"
    readonly property bool failed: receipt.state === "failed"
    readonly property bool unproven: receipt.state === "unproven"

    title: printing ? qsTr("正在打印回执") : failed ? qsTr("没打印出来，请拍下二维码") : unproven ? qsTr("请看看有没有回执") : qsTr("请取走回执")
    why: receipt.numbers === "" ? qsTr("申请已存在这台机器上，网络恢复后自动提交，不用重新办。") : failed ? qsTr("凭二维码或编号，在窗口和机器上都能查进度。") : qsTr("凭回执上的编号，随时能查进度。")
    primaryText: printing ? qsTr("正在打印") : failed ? qsTr("记下了，继续") : qsTr("拿到了，继续")
    primaryBusy: printing
    primaryIcon: "arrow-right"
    onPrimaryTapped: receipt.next()

    DevicePrompt {
        visible: !page.failed
        width: parent.width
        beside: page.width > page.height && !page.lying
        device: DevicePrompt.Printer
        side: page.receipt.sideOf("printer")
        along: page.receipt.alongOf("printer")
        progress: page.printing ? DevicePrompt.Reading : page.unproven ? DevicePrompt.Waiting : DevicePrompt.Done
        text: page.printing ? qsTr("正在打印，请稍候") : page.unproven ? qsTr("请看看出纸口") : qsTr("回执打好了，请从出纸口取走")
        hint: page.unproven ? qsTr("打印机没有回音。没有回执，就拍下这里的编号。") : page.printing ? qsTr("回执从出纸口出来，切好以后再拿。") : ""
    }

    EdgeLight {
        parent: page
        side: page.failed || page.printing ? "" : page.receipt.sideOf("printer")
        along: page.receipt.alongOf("printer")
        ink: Theme.positive
    }

    DevicePrompt {
        visible: page.failed && page.receipt.code !== ""
        width: parent.width
        brief: true
        device: DevicePrompt.Phone
        text: qsTr("用手机拍下这个二维码")
        hint: qsTr("和纸的回执一样有效。没有手机，就记下申请编号。")
    }

    QrImage {
        objectName: "receipt-code"
        visible: (page.failed || page.unproven) && page.receipt.code !== ""
        anchors.horizontalCenter: parent.horizontalCenter
        size: Math.round(Math.min(80 * Theme.mm, page.bodyWidth))
        payload: page.receipt.code
        caption: qsTr("查进度用的二维码")
    }

    Panel {
        visible: page.receipt.numbers !== ""
        width: parent.width
        Accessible.role: Accessible.ListItem
        Accessible.name: numberLabel.text
        Accessible.description: page.receipt.numbers

        Words {
            id: numberLabel

            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Words.Caption
            quiet: true
            text: qsTr("申请编号")
            Accessible.ignored: true
        }

        Words {
            Accessible.ignored: true
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Words.Heading
            text: page.receipt.numbers
        }
    }

    ActionButton {
        objectName: "retry"
        visible: page.failed
        width: parent.width
        rank: ActionButton.Secondary
        iconName: "printer"
        text: qsTr("再打印一张")
        onClicked: page.receipt.retry()
    }
}
