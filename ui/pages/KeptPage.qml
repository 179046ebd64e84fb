import QtQuick
import ui.models

// The form is kept: until when, and how it is taken up again.
Page {
    id: page

    required property KeptModel kept

    title: qsTr("存好了")
    why: kept.until === "" ? "" : qsTr("保留到 %1，过后自动删除。").arg(kept.until)
    primaryText: qsTr("退出办理")
    primaryIcon: "log-out"
    onPrimaryTapped: kept.leave()
    secondaryText: qsTr("接着填这份表")
    secondaryIcon: "undo-2"
    onSecondaryTapped: kept.stay()

    Panel {
        width: parent.width

        PanelRow {
            width: parent.width
            iconName: "id-card"
            label: qsTr("下次到任何一台机器，选好事项、验证身份，就能接着办。")
        }

        PanelRow {
            width: parent.width
            iconName: "lock"
            label: qsTr("存在办事系统里，只有您本人看得到；这台机器上不留。")
        }

        PanelRow {
            width: parent.width
            iconName: "clock"
            label: qsTr("要是接着填，离开时超过时间，新填的也会一起存好。")
        }
    }
}
