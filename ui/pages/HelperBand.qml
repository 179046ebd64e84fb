import QtQuick
import ui.theme
import ui.controls

// Who stands beside the citizen, on every page, and a touch that ends it.
Rectangle {
    id: band

    required property string helper

    signal ended

    implicitHeight: Math.max(words.height, end.height) + 2 * Theme.gapTight
    radius: Theme.radius
    color: Theme.accentQuiet
    Accessible.role: Accessible.StaticText
    Accessible.name: words.text

    Icon {
        id: sign

        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: "user-round-check"
        colour: Theme.accentInk
    }

    Words {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gapSmall
        anchors.right: end.left
        anchors.verticalCenter: parent.verticalCenter
        color: Theme.accentInk
        text: qsTr("工作人员 %1 正在帮您").arg(band.helper)
    }

    ActionButton {
        id: end

        objectName: "end-help"
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        rank: ActionButton.Quiet
        text: qsTr("结束帮助")
        onClicked: band.ended()
    }
}
