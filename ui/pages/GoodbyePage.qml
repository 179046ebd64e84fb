pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The last page: first the document is taken, then thanks.
Page {
    id: page

    required property GoodbyeModel goodbye

    readonly property string take: goodbye.onCardReader ? qsTr("请取走您的卡") : qsTr("请取走身份证")

    title: goodbye.documentOn ? qsTr("还差一步") : qsTr("谢谢，再见")
    why: goodbye.documentOn ? qsTr("您的证件还在机器上，拿走就好。") : qsTr("您的信息已经从这台机器上清除。")
    primaryText: goodbye.documentOn ? "" : qsTr("回到首页")
    backShown: false
    homeShown: false
    bodyCentred: true
    onPrimaryTapped: goodbye.end()

    // the machine, and the card on its way back to the hand
    Rectangle {
        visible: page.goodbye.documentOn
        width: parent.width
        height: Math.round(Math.min(96 * Theme.mm, width * 0.46))
        radius: Theme.radiusLarge
        color: Theme.cautionQuiet

        DeviceScene {
            anchors.centerIn: parent
            height: parent.height * 0.86
            width: height * 1.6
            device: page.goodbye.onCardReader ? DevicePrompt.CardSlot : DevicePrompt.IdReader
            moving: page.goodbye.documentOn
            arrived: false
            leaving: true
            ink: Theme.caution
        }
    }

    Item {
        visible: !page.goodbye.documentOn
        width: parent.width
        height: plate.height

        Rectangle {
            id: plate

            anchors.horizontalCenter: parent.horizontalCenter
            width: 2 * Theme.iconHuge
            height: width
            radius: width / 2
            color: Theme.positiveQuiet

            Icon {
                id: sign

                anchors.centerIn: parent
                name: "check"
                size: Theme.iconHuge
                colour: Theme.positive
            }
        }
    }

    Words {
        width: parent.width
        size: Words.Display
        horizontalAlignment: Text.AlignHCenter
        color: page.goodbye.documentOn ? Theme.caution : Theme.positive
        text: page.goodbye.documentOn ? page.take : qsTr("祝您顺利")
    }

    Loader {
        active: page.goodbye.documentOn && page.goodbye.sound !== ""
        onActiveChanged: ring()
        Component.onCompleted: ring()

        function ring(): void {
            if (active)
                setSource("TakeCardSound.qml", {
                    "source": page.goodbye.sound,
                    "every": page.goodbye.soundEvery
                });
        }
    }
}
