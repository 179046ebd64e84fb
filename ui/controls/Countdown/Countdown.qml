import QtQuick
import ui.theme
import ui.controls

// Time is running out: a ring that empties, the seconds in it, and one button to stay. Lies over the whole page and
// lets no touch through. In low reach the buttons are in the lower half.
Item {
    id: countdown

    required property int remaining
    required property int total
    property string title: qsTr("您还在吗？")
    property string text: qsTr("为保护您的信息，时间到了会自动退出并清除已填的内容。")
    property string stayText: qsTr("继续办理")
    property string saveText: ""
    property string leaveText: ""

    readonly property real margin: Theme.lowReach ? Theme.gapLarge : Theme.pageMargin
    readonly property real padding: tight ? Theme.gapLarge : Theme.gapHuge
    readonly property real roomAbove: Theme.lowReach ? Math.ceil(height / 2) - margin : height - 2 * margin - deeds.height
    readonly property bool tight: roomAbove < ring.size + words.height + 2 * Theme.gapLarge + (Theme.lowReach ? 1 : 2) * Theme.gapHuge
    readonly property real headHeight: padding + ring.height + Theme.gapLarge + words.height + Theme.gapLarge

    signal stayTapped
    signal saveTapped
    signal leaveTapped

    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
        opacity: Theme.shadeShare
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        x: (parent.width - width) / 2
        y: Theme.lowReach ? Math.max(Math.ceil(parent.height / 2), countdown.margin + countdown.headHeight) - countdown.headHeight : (parent.height - height) / 2
        width: Math.min(parent.width - 2 * countdown.margin, 190 * Theme.mm)
        height: countdown.headHeight + deeds.height + countdown.padding
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised
        border.width: Theme.highContrast ? Theme.lineThick : 0
        border.color: Theme.outline

        Ring {
            id: ring

            anchors.horizontalCenter: parent.horizontalCenter
            y: countdown.padding
            scale: height / size
            transformOrigin: Item.Top
            height: countdown.tight ? Math.min(size, Math.max(24 * Theme.mm, countdown.roomAbove - words.height - 2 * Theme.gapLarge - (Theme.lowReach ? 1 : 2) * Theme.gapLarge)) : size
            share: countdown.total > 0 ? countdown.remaining / countdown.total : 0
            number: countdown.remaining
        }

        Column {
            id: words

            x: Theme.gapHuge
            y: ring.y + ring.height + Theme.gapLarge
            width: parent.width - 2 * x
            spacing: Theme.gapSmall

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
        }

        Column {
            id: deeds

            x: Theme.gapHuge
            y: countdown.headHeight
            width: parent.width - 2 * x
            spacing: Theme.gap

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
