import QtQuick
import ui.theme
import ui.controls

// Time is running out: a ring that empties, the seconds in it, and one button to stay. Lies over the whole page and
// lets no touch through.
Item {
    id: countdown

    required property int remaining
    required property int total
    property string title: qsTr("您还在吗？")
    property string text: qsTr("为保护您的信息，时间到了会自动退出并清除已填的内容。")
    property string stayText: qsTr("继续办理")
    property string saveText: ""
    property string leaveText: ""

    signal stayTapped
    signal saveTapped
    signal leaveTapped

    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
        opacity: 0.66
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        width: Math.min(parent.width - 2 * Theme.pageMargin, 190 * Theme.mm)
        height: parts.implicitHeight + 2 * Theme.gapHuge
        anchors.centerIn: parent
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised

        Column {
            id: parts

            x: Theme.gapHuge
            y: Theme.gapHuge
            width: parent.width - 2 * Theme.gapHuge
            spacing: Theme.gapLarge

            Ring {
                anchors.horizontalCenter: parent.horizontalCenter
                share: countdown.total > 0 ? countdown.remaining / countdown.total : 0
                number: countdown.remaining
            }

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: countdown.title
                size: Words.Title
            }

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: countdown.text
            }

            ActionButton {
                objectName: "stay"
                width: parent.width
                text: countdown.stayText
                onClicked: countdown.stayTapped()
            }

            ActionButton {
                objectName: "keep"
                visible: countdown.saveText !== ""
                width: parent.width
                rank: ActionButton.Secondary
                iconName: "save"
                text: countdown.saveText
                onClicked: countdown.saveTapped()
            }

            ActionButton {
                objectName: "leave"
                visible: countdown.leaveText !== ""
                width: parent.width
                rank: ActionButton.Secondary
                critical: true
                text: countdown.leaveText
                onClicked: countdown.leaveTapped()
            }
        }
    }
}
