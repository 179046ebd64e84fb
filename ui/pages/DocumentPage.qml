import QtQuick
import ui.theme
import ui.controls
import ui.models

// Which document, on which device; how each of them is, what went wrong, and the ways on without it.
Page {
    id: page

    required property DocumentModel document

    readonly property bool anyReader: document.idReaderReady || document.cardReaderReady

    function progressOf(device: string, health: string, lies: bool): int {
        return document.reading === device ? DevicePrompt.Reading : health === "lost" ? DevicePrompt.Absent : health === "recovering" ? DevicePrompt.Recovering : document.read ? DevicePrompt.Done : lies ? DevicePrompt.Failed : DevicePrompt.Waiting;
    }

    title: document.typing ? qsTr("请输入姓名和身份证号码") : !anyReader ? qsTr("现在读不了证件") : document.idReaderReady ? qsTr("请放上身份证") : qsTr("请插入社会保障卡")
    why: document.typing ? qsTr("验证码会发到您登记的手机。只用来确认是您本人。") : !anyReader ? qsTr("不要紧，还有别的办法，填过的都还在。") : document.own ? qsTr("用来确认是您本人。之后会查您的办件和证照，并核对您可以直接享受什么；查了什么都有记录，您看得到。") : qsTr("用来确认是您本人，并把证件上的信息替您填好。")
    adviceShown: !document.typing
    primaryText: document.typing ? qsTr("发送验证码") : anyReader ? "" : qsTr("输入姓名和证件号码")
    primaryIcon: document.typing ? "smartphone" : "keyboard"
    onPrimaryTapped: document.typing ? typed.send() : document.typeInstead()

    TypedIdentity {
        id: typed

        visible: page.document.typing
        width: parent.width
        document: page.document
    }

    DevicePrompt {
        objectName: "prompt-id-reader"
        visible: (page.document.idReaderReady || !page.anyReader && page.document.idReader !== "") && !page.document.typing
        width: parent.width
        brief: page.document.idReader !== "ready"
        beside: page.width > page.height && !page.lying
        sceneHeight: Math.min(96 * Theme.mm, width * 0.46, page.height * 0.3)
        device: DevicePrompt.IdReader
        progress: page.progressOf("id-reader", page.document.idReader, page.document.lies)
        side: page.document.sideOf("id-reader")
        along: page.document.alongOf("id-reader")
        text: page.document.idReader === "lost" ? qsTr("身份证阅读区现在用不了") : page.document.idReader === "recovering" ? qsTr("身份证阅读区正在恢复，请稍候") : page.document.lies ? (page.shell.adviceCritical ? qsTr("请取走这张证件，换一张") : qsTr("请把证件拿开，再放一次")) : page.document.read ? qsTr("读好了") : page.document.reading === "id-reader" ? qsTr("正在读，请不要拿走") : qsTr("把身份证平放在阅读区，不要移动")
        hint: page.document.idReader !== "ready" ? page.document.idReaderWhy : page.document.lies && !page.shell.adviceCritical ? qsTr("从手机壳或卡包里取出来，放平、放正。") : qsTr("居民身份证、外国人永久居留身份证、港澳台居民居住证都可以")
    }

    DevicePrompt {
        objectName: "prompt-card-reader"
        visible: (page.document.cardReaderReady || !page.anyReader && page.document.cardReader !== "") && !page.document.typing
        width: parent.width
        brief: page.document.idReaderReady || page.document.cardReader !== "ready"
        beside: page.width > page.height && !page.lying
        sceneHeight: Math.min(96 * Theme.mm, width * 0.46, page.height * 0.3)
        device: DevicePrompt.CardSlot
        progress: page.progressOf("card-reader", page.document.cardReader, page.document.sticks)
        side: page.document.sideOf("card-reader")
        along: page.document.alongOf("card-reader")
        text: page.document.cardReader === "lost" ? qsTr("社会保障卡插口现在用不了") : page.document.cardReader === "recovering" ? qsTr("社会保障卡插口正在恢复，请稍候") : page.document.sticks ? (page.shell.adviceCritical ? qsTr("请拔出这张卡，换一张") : qsTr("请拔出社会保障卡，再插一次")) : page.document.read ? qsTr("读好了") : page.document.reading === "card-reader" ? qsTr("正在读，请不要拔出") : page.document.idReaderReady ? qsTr("没带身份证？插入社会保障卡") : qsTr("芯片朝上，把社会保障卡插到底")
        hint: page.document.cardReader !== "ready" ? page.document.cardReaderWhy : page.document.idReaderReady ? qsTr("芯片朝上，插到底") : page.document.idReader === "recovering" ? qsTr("身份证阅读区正在恢复，请先用社会保障卡") : qsTr("身份证阅读区现在用不了，请用社会保障卡")
    }

    OwnTile {
        objectName: "type-instead"
        visible: page.anyReader && !page.document.read && !page.document.typing
        width: parent.width
        iconName: "smartphone"
        text: qsTr("没带证件？用手机验证码")
        note: qsTr("输入姓名和身份证号码，验证码发到您登记的手机")
        onClicked: page.document.typeInstead()
    }

    Panel {
        visible: !page.anyReader && !page.document.typing
        width: parent.width

        PanelRow {
            width: parent.width
            iconName: "users"
            label: qsTr("请旁边的工作人员帮忙，或换一台机器")
            detail: qsTr("读卡的设备一恢复，这一页会自动更新。")
        }

        PanelRow {
            width: parent.width
            iconName: "phone"
            label: qsTr("拨打 %1").arg(page.shell.hotline)
            detail: qsTr("可以问离您最近、能办这件事的地方。")
        }
    }

    EdgeLight {
        readonly property string device: page.document.idReaderReady ? "id-reader" : "card-reader"

        parent: page
        side: page.anyReader && !page.document.typing && !page.document.read ? page.document.sideOf(device) : ""
        along: page.document.alongOf(device)
        ink: page.document.lies || page.document.sticks ? Theme.critical : Theme.accentInk
    }
}
