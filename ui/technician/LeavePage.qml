import QtQuick
import ui.theme
import ui.controls

// Whether to leave: from then on citizens are served again.
TechFrame {
    id: page

    title: qsTr("退出诊断")
    leaveShown: false

    filling: Column {
        anchors.centerIn: parent
        width: Math.min(parent.width, 190 * Theme.mm)
        spacing: Theme.gapLarge

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: "log-out"
            size: Theme.iconHuge
            colour: Theme.accentInk
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            size: Words.Title
            text: qsTr("要退出诊断吗？")
        }

        Words {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("退出后办事人就可以使用本机。测试结果和操作记录都已留在本机。")
        }

        ActionButton {
            objectName: "leave-now"
            width: parent.width
            iconName: "log-out"
            text: qsTr("退出，恢复办理")
            onClicked: page.technician.left()
        }

        ActionButton {
            objectName: "stay-here"
            width: parent.width
            rank: ActionButton.Secondary
            text: qsTr("继续诊断")
            onClicked: page.technician.back()
        }
    }
}
