pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// What every department says, as it arrives.
Page {
    id: page

    required property OutcomesModel outcomes

    title: outcomes.unsent ? qsTr("还没有提交成功") : outcomes.waiting ? qsTr("正在提交") : outcomes.delayed ? qsTr("已保存，稍后自动提交") : outcomes.headline !== "" ? outcomes.headline : outcomes.settled ? qsTr("办理结果") : qsTr("各部门正在办理")
    why: outcomes.total
    said: outcomes.said
    primaryText: outcomes.rejected ? qsTr("回去修改内容") : outcomes.unsent ? qsTr("回去重新提交") : outcomes.waiting ? qsTr("正在提交") : outcomes.settled ? qsTr("打印回执") : qsTr("不等了，打印回执")
    primaryIcon: outcomes.rejected ? "pencil" : outcomes.unsent ? "refresh-cw" : "printer"
    primaryBusy: outcomes.waiting && !outcomes.unsent
    onPrimaryTapped: outcomes.next()
    secondaryText: outcomes.mayLookAtMine ? qsTr("看我的办件") : ""
    secondaryIcon: "user-round"
    onSecondaryTapped: outcomes.openMine()

    Notice {
        objectName: "reminder"
        visible: page.outcomes.reminder !== ""
        width: parent.width
        text: page.outcomes.reminder
    }

    Repeater {
        model: page.outcomes.rows

        OutcomeLine {
            width: parent.width
            onOpened: number => page.outcomes.openCase(number)
        }
    }

    Words {
        visible: guided.visible
        width: parent.width
        size: Words.Heading
        text: qsTr("这些还要您到窗口办，回执上也有")
    }

    GuidedRows {
        id: guided

        width: parent.width
        model: page.outcomes.guided
    }

    // what came of it stands first, whatever it is
    Notice {
        objectName: "spared"
        visible: text !== ""
        width: parent.width
        kind: Notice.Positive
        text: page.outcomes.spared
    }

    OfferRows {
        width: parent.width
        model: page.outcomes.more ? page.outcomes.offers : null
        title: qsTr("您可能还要办")
        verb: qsTr("接着办这件事")
        verbIcon: "arrow-right"
        onWanted: item => page.outcomes.open(item)
    }
}
