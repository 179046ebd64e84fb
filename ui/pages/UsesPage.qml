pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Who used somebody's data, what for, what of it: one sentence each, by day.
Page {
    id: page

    required property UsesModel uses

    title: qsTr("谁看过我的信息")
    why: uses.told ? qsTr("每次查看您的信息都有记录，改不了也删不掉。不认得的，请拨打 %1。").arg(shell.hotline) : uses.busy ? "" : qsTr("暂时查不到，可以再试一次。")
    primaryText: uses.told || uses.busy ? "" : qsTr("再试一次")
    primaryIcon: "refresh-cw"
    onPrimaryTapped: uses.retry()
    bodyCentred: uses.busy && !uses.told

    Spinner {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: running
        running: page.uses.busy && !page.uses.told
        size: Theme.iconHuge
    }

    Notice {
        objectName: "empty"
        visible: page.uses.empty
        width: parent.width
        text: qsTr("还没有人看过您的信息。")
    }

    Repeater {
        model: page.uses.rows

        UseLine {
            width: parent.width
        }
    }

    ActionButton {
        objectName: "older"
        visible: page.uses.more
        width: parent.width
        rank: ActionButton.Secondary
        iconName: "history"
        busy: page.uses.busy
        text: qsTr("看更早的记录")
        onClicked: page.uses.older()
    }
}
