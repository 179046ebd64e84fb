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
    onPrimaryTapped: notice.accept()

    Panel {
        width: parent.width

        Words {
            width: parent.width
            text: page.notice.text
            lineHeight: 1.25
        }
    }
}
