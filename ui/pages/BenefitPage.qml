pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// What somebody is entitled to: what it is, why, where the money goes, and one confirmation (免申即享).
Page {
    id: page

    required property BenefitModel benefit

    readonly property bool sure: benefit.state === "entitled"

    title: sure ? qsTr("您可以直接领：%1").arg(benefit.title) : benefit.title
    why: benefit.department
    next: primaryText === "" ? "" : shell.next
    primaryText: sure ? benefit.lacksAccount ? "" : qsTr("确认领取") : benefit.state === "perhaps" && benefit.appliable ? qsTr("申请，由工作人员核对") : ""
    primaryIcon: sure ? "check" : "arrow-right"
    primaryBusy: benefit.busy
    onPrimaryTapped: benefit.take()
    secondaryText: benefit.busy ? "" : qsTr("这次先不领")
    onSecondaryTapped: benefit.leave()

    Notice {
        width: parent.width
        kind: page.sure ? Notice.Positive : Notice.Caution
        title: page.benefit.gives
        text: page.benefit.why
    }

    Words {
        visible: facts.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("根据这些信息")
    }

    Panel {
        visible: facts.count > 0
        width: parent.width

        Repeater {
            id: facts

            model: page.benefit.facts

            PanelRow {
                required property string title
                required property string value
                required property string source
                required property bool known

                width: parent.width
                iconName: known ? "circle-check" : "circle-help"
                urgent: !known
                label: qsTr("%1：%2").arg(title).arg(value)
                detail: known ? source : qsTr("没有查到")
            }
        }
    }

    Words {
        visible: accounts.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("钱打到")
    }

    Repeater {
        id: accounts

        model: page.benefit.accounts

        ChoiceCard {
            required property string account
            required property string title
            required property string detail
            required property bool picked

            objectName: "account-" + account
            width: parent.width
            enabled: !page.benefit.busy
            chosen: picked
            text: detail === "" ? title : title + "  ·  " + detail
            onClicked: page.benefit.payTo(account)
        }
    }

    Notice {
        objectName: "no-account"
        visible: page.benefit.lacksAccount
        width: parent.width
        kind: Notice.Caution
        title: qsTr("还没有收款账户")
        text: qsTr("请到窗口登记一张本人的银行卡，登记后回来就能领。")
    }

    Words {
        visible: page.benefit.basis !== ""
        width: parent.width
        size: Words.Caption
        quiet: true
        text: qsTr("依据：%1").arg(page.benefit.basis)
    }
}
