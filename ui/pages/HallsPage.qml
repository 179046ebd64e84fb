pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// A number for the counter: one touch on what it is for.
Page {
    id: page

    required property HallsModel queue

    title: queue.looking ? qsTr("正在看各个窗口有几人在等") : queue.closed ? qsTr("现在不能取号") : queue.told ? qsTr("要到窗口办什么？") : qsTr("暂时取不了号")
    why: queue.closed ? qsTr("开门后再来取；自助终端上的事现在就能办。") : queue.told ? qsTr("点一下就出号，不用身份证。") : queue.looking ? "" : qsTr("可以再试一次，或者到大厅服务台取号。")
    bodyCentred: queue.looking
    next: queue.told && !queue.closed ? shell.next : ""
    primaryText: queue.looking || (queue.told && !queue.closed) ? "" : queue.closed ? qsTr("再看几人在等") : qsTr("再试一次")
    primaryIcon: "refresh-cw"
    onPrimaryTapped: queue.retry()

    Spinner {
        visible: page.queue.looking
        anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
        running: page.queue.looking
        size: Theme.iconHuge
    }

    // when it opens comes first where nobody is called
    PointRows {
        visible: page.queue.closed && count > 0
        width: parent.width
        model: page.queue.halls
    }

    OwnRows {
        width: parent.width
        busy: page.queue.taking
        model: page.queue.services
        onOpened: (kind, key) => page.queue.take(key)
    }

    PointRows {
        visible: !page.queue.closed && count > 0
        width: parent.width
        model: page.queue.halls
    }
}
