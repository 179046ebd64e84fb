pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// What is known already: confirmed by one tap, or said to be wrong line by line.
Page {
    id: page

    required property ConfirmModel confirm

    title: qsTr("这些信息对吗？")
    why: qsTr("已经替您填好，不用再输入。有不对的，按“不对”，后面重新填写。")
    primaryText: confirm.disputed > 0 ? qsTr("其余都对，继续") : qsTr("都对，继续")
    primaryIcon: "arrow-right"
    onPrimaryTapped: confirm.confirm()

    Notice {
        visible: page.confirm.unavailable !== ""
        width: parent.width
        kind: Notice.Caution
        text: page.confirm.unavailable === "" ? "" : qsTr("%1现在查不到，相关的内容要请您填写。").arg(page.confirm.unavailable)
    }

    Panel {
        width: parent.width

        Column {
            width: parent.width

            Repeater {
                id: rows

                model: page.confirm.facts

                KnownRow {
                    required property int index
                    required property string name
                    required property int place

                    buttonName: "dispute-" + name
                    width: parent.width
                    lineShown: index < rows.count - 1
                    onDisputeTapped: page.confirm.dispute(place)
                }
            }
        }
    }
}
