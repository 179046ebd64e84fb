pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// One case: how it stands and why, what to do next, its clock, its documents, what happened, and what can be done.
Page {
    id: page

    required property CaseModel matter

    where: page.matter.number
    title: page.matter.title
    said: page.matter.said
    next: primaryText === "" ? shell.next : ""
    primaryText: words()
    primaryIcon: matter.deed === "rate" ? "star" : matter.deed === "delivery" ? "package" : matter.deed === "again" ? "refresh-cw" : "arrow-right"
    primaryBusy: matter.busy
    onPrimaryTapped: go()

    function words(): string {
        switch (matter.deed) {
        case "supplement":
            return matter.begun ? qsTr("接着补交材料") : qsTr("补交材料");
        case "pay":
            return qsTr("交办事费用");
        case "delivery":
            return qsTr("选领取方式");
        case "again":
            return qsTr("重新申请");
        case "rate":
            return qsTr("评价这次办事");
        default:
            return "";
        }
    }

    function go(): void {
        switch (matter.deed) {
        case "supplement":
            matter.supplement();
            break;
        case "pay":
            matter.pay();
            break;
        case "delivery":
            matter.chooseDelivery();
            break;
        case "again":
            matter.applyAgain();
            break;
        case "rate":
            matter.rate();
            break;
        }
    }

    Notice {
        objectName: "done"
        visible: page.matter.done !== ""
        width: parent.width
        kind: Notice.Positive
        text: page.matter.done
    }

    OwnCard {
        objectName: "stand"
        width: parent.width
        kind: ""
        key: ""
        sign: page.matter.sign
        tone: page.matter.tone
        title: page.matter.stand
        stand: page.matter.reason
        detail: page.matter.department
    }

    Words {
        visible: text !== ""
        width: parent.width
        text: page.matter.todo
    }

    PointRows {
        width: parent.width
        title: qsTr("要补的")
        model: page.matter.wanted
    }

    PointRows {
        width: parent.width
        title: qsTr("时间")
        model: page.matter.clock
    }

    PointRows {
        width: parent.width
        title: qsTr("费用")
        model: page.matter.money
    }

    PointRows {
        width: parent.width
        title: qsTr("怎么拿到结果")
        model: page.matter.delivery
    }

    ActionButton {
        objectName: "delivery"
        visible: page.matter.mayChooseDelivery && page.matter.deed !== "delivery"
        enabled: !page.matter.busy
        width: Math.min(implicitWidth, parent.width)
        rank: ActionButton.Secondary
        iconName: "package"
        text: qsTr("换一种领取方式")
        onClicked: page.matter.chooseDelivery()
    }

    PointRows {
        width: parent.width
        title: qsTr("承诺和后补的")
        model: page.matter.kept
    }

    Words {
        visible: papers.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("文书和证照")
    }

    Repeater {
        id: papers

        model: page.matter.papers

        OwnTile {
            required property string number
            required property string title
            required property string detail

            objectName: "paper-" + number
            width: parent.width
            enabled: !page.matter.busy
            iconName: "file-text"
            text: title
            note: detail
            onClicked: page.matter.open(number)
        }
    }

    PointRows {
        width: parent.width
        title: qsTr("不同意怎么办")
        model: page.matter.remedies
    }

    Words {
        visible: times.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("办理经过")
    }

    Panel {
        visible: times.count > 0
        width: parent.width

        Repeater {
            id: times

            model: page.matter.timeline

            TimeLine {
                width: parent.width
            }
        }
    }

    Words {
        width: parent.width
        quiet: true
        text: page.matter.basis === "" ? qsTr("有疑问请拨打 %1，报上编号 %2。").arg(page.matter.contact).arg(page.matter.number) : qsTr("有疑问请拨打 %1，报上编号 %2。\n依据：%3").arg(page.matter.contact).arg(page.matter.number).arg(page.matter.basis)
    }

    Flow {
        width: parent.width
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "correct"
            visible: page.matter.mayCorrect
            enabled: !page.matter.busy
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Secondary
            iconName: "pencil"
            text: qsTr("更正内容")
            onClicked: page.matter.correct()
        }

        ActionButton {
            objectName: "rate"
            visible: page.matter.mayRate && page.matter.deed !== "rate"
            enabled: !page.matter.busy
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Secondary
            iconName: "star"
            text: qsTr("评价这次办事")
            onClicked: page.matter.rate()
        }

        ActionButton {
            objectName: "complain"
            enabled: !page.matter.busy
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Secondary
            iconName: "pen-line"
            text: qsTr("投诉办不成的事")
            onClicked: page.matter.complain()
        }

        ActionButton {
            objectName: "withdraw"
            visible: page.matter.mayWithdraw
            enabled: !page.matter.busy
            width: Math.min(implicitWidth, parent.width)
            rank: ActionButton.Secondary
            critical: true
            iconName: "undo-2"
            text: qsTr("撤回申请")
            onClicked: page.matter.withdraw()
        }
    }
}
