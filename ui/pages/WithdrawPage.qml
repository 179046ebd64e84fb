import QtQuick
import ui.models

// What taking a case back does, before it is done.
Page {
    id: page

    required property WithdrawModel withdrawal

    title: qsTr("要撤回“%1”吗？").arg(withdrawal.title)
    why: qsTr("现在还没有撤回。撤回以后会这样：")
    primaryText: qsTr("确定撤回申请")
    primaryIcon: "undo-2"
    primaryBusy: withdrawal.busy
    onPrimaryTapped: withdrawal.confirm()
    secondaryText: withdrawal.busy ? "" : qsTr("不撤回了")
    onSecondaryTapped: withdrawal.keep()

    PointRows {
        width: parent.width
        model: page.withdrawal.points
    }
}
