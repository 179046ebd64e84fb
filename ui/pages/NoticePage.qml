import QtQuick
import ui.controls
import ui.models

// What is fetched about the person, why, and how long it is kept: said before anything is (告知).
Page {
    id: page

    required property NoticeModel notice

    title: qsTr("办理前请您知晓")
    primaryText: qsTr("我已知晓，继续")
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
