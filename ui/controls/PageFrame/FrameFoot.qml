import QtQuick
import ui.theme
import ui.controls

// Back, a second action, and the one primary action: always in the same corners.
Item {
    id: foot

    property string primaryText: ""
    property string primaryIcon: ""
    property string primaryReason: ""
    property bool primaryBusy: false
    property string secondaryText: ""
    property string secondaryIcon: ""
    property bool backShown: true

    readonly property bool needed: backShown || primaryText !== "" || secondaryText !== ""

    signal primaryTapped
    signal secondaryTapped
    signal backTapped

    height: needed ? Math.max(back.height, onward.visible ? onward.height : 0, other.visible ? other.height : 0) + 2 * Theme.gap : Theme.gap

    ActionButton {
        id: back

        objectName: "back"
        visible: foot.backShown
        y: Theme.gap
        height: Math.max(implicitHeight, onward.visible ? onward.implicitHeight : 0, other.visible ? other.implicitHeight : 0)
        rank: ActionButton.Secondary
        iconName: "arrow-left"
        text: qsTr("返回")
        onClicked: foot.backTapped()
    }

    ActionButton {
        id: other

        objectName: "secondary"
        visible: foot.secondaryText !== ""
        y: Theme.gap
        x: back.visible ? back.width + Theme.gap : 0
        width: onward.visible ? Math.min(implicitWidth, (foot.width - x - Theme.gap) / 2) : foot.width - x
        height: back.height
        // elder mode: one thing to do stands out
        rank: Theme.elder ? ActionButton.Quiet : ActionButton.Secondary
        iconName: foot.secondaryIcon
        text: foot.secondaryText
        onClicked: foot.secondaryTapped()
    }

    ActionButton {
        id: onward

        objectName: "primary"
        visible: foot.primaryText !== ""
        y: Theme.gap
        x: other.visible ? other.x + other.width + Theme.gap : back.visible ? back.width + Theme.gap : 0
        width: foot.width - x
        height: Math.max(implicitHeight, other.visible ? other.implicitHeight : 0)
        text: foot.primaryText
        iconName: foot.primaryIcon
        iconLast: true
        reason: foot.primaryReason
        busy: foot.primaryBusy
        onClicked: foot.primaryTapped()
    }
}
