import QtQuick
import ui.theme
import ui.controls
import ui.models

// Which document, on which device; what went wrong and the way on.
Page {
    id: page

    required property DocumentModel document

    readonly property bool anyReader: document.idReaderReady || document.cardReaderReady

    function progressOf(lies: bool): int {
        return document.read ? DevicePrompt.Done : lies ? DevicePrompt.Failed : DevicePrompt.Waiting;
    }

    title: !anyReader ? qsTr("现在读不了证件") : document.idReaderReady ? qsTr("请放上身份证") : qsTr("请插入社会保障卡")
    why: !anyReader ? "" : document.own ? qsTr("用来确认是您本人。之后会查您的办件和证照，并核对您可以直接享受什么；查了什么都有记录，您看得到。") : qsTr("用来确认是您本人，并把证件上的信息替您填好。")

    Notice {
        visible: !page.anyReader
        width: parent.width
        kind: Notice.Critical
        title: qsTr("读证件的设备现在用不了")
        text: qsTr("请稍等一会儿，设备恢复后这一页会自动更新；急的话请到旁边的机器，或拨打 %1。").arg(page.shell.hotline)
    }

    // side by side where the screen is low
    Flow {
        id: devices

        readonly property bool both: page.document.idReaderReady && page.document.cardReaderReady
        readonly property bool beside: both && page.width > page.height && !page.lying && !Theme.elder
        readonly property bool roomy: both && page.height > page.width && !Theme.elder
        readonly property real first: beside ? Math.floor((width - spacing) * 0.58) : width
        readonly property real second: beside ? width - spacing - first : width

        width: parent.width
        spacing: Theme.gap

        DevicePrompt {
            objectName: "prompt-id-reader"
            visible: page.document.idReaderReady
            width: devices.first
            device: DevicePrompt.IdReader
            progress: page.progressOf(page.document.lies)
            text: page.document.lies ? (page.shell.adviceCritical ? qsTr("请取走这张证件，换一张") : qsTr("请把证件拿开，再放一次")) : page.document.read ? qsTr("读好了") : qsTr("把身份证平放在阅读区，不要移动")
            hint: page.document.lies && !page.shell.adviceCritical ? qsTr("从手机壳或卡包里取出来，放平、放正。") : qsTr("居民身份证、外国人永久居留身份证、港澳台居民居住证都可以")
        }

        DevicePrompt {
            objectName: "prompt-card-reader"
            visible: page.document.cardReaderReady && (!page.document.idReaderReady || devices.roomy)
            width: devices.second
            device: DevicePrompt.CardSlot
            progress: page.progressOf(page.document.sticks)
            text: page.document.sticks ? (page.shell.adviceCritical ? qsTr("请拔出这张卡，换一张") : qsTr("请拔出社会保障卡，再插一次")) : page.document.read ? qsTr("读好了") : qsTr("芯片朝上，把社会保障卡插到底")
            hint: page.document.idReaderReady ? qsTr("没带身份证时用") : qsTr("身份证阅读区现在用不了，请用社会保障卡")
        }

        Panel {
            visible: devices.both && !devices.roomy
            width: devices.second

            PanelRow {
                width: parent.width
                iconName: "credit-card"
                label: qsTr("没带身份证？用社会保障卡也行")
                detail: qsTr("芯片朝上，插进下方的卡槽，插到底")
            }
        }
    }
}
