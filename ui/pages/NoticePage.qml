import QtQuick
import ui.controls
import ui.models

// What is fetched about the person, why, and how long it is kept: said before anything is (告知).
Page {
    id: page

    required property NoticeModel notice

    title: qsTr("开始前，请先看一看")
    primaryText: qsTr("看过了，继续")
    primaryIcon: "arrow-right"
    secondaryText: notice.principal !== "" || notice.verified ? "" : notice.behalf ? qsTr("还是给自己办") : qsTr("替别人办")
    secondaryIcon: notice.behalf ? "undo-2" : "users-round"
    onSecondaryTapped: notice.actForOther()
    onPrimaryTapped: notice.accept()

    Notice {
        visible: page.notice.principal !== ""
        width: parent.width
        title: page.notice.principal === "" ? "" : qsTr("%1 替 %2 办").arg(page.notice.agent).arg(page.notice.principal)
        text: qsTr("下面说的“您的信息”，是请您办的人的信息，只查他允许的。查了什么、谁查的，双方都看得到。")
    }

    Notice {
        visible: page.notice.behalf
        width: parent.width
        text: qsTr("替别人办：请先验证您自己的身份，再选替谁办。")
    }

    Notice {
        objectName: "entitled"
        visible: page.notice.entitled !== ""
        width: parent.width
        kind: Notice.Positive
        text: page.notice.entitled
    }

    Panel {
        width: parent.width

        Words {
            width: parent.width
            text: page.notice.text
            lineHeight: 1.25
        }
    }
}
