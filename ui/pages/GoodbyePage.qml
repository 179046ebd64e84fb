pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The last page: first the document is taken, then thanks.
Page {
    id: page

    required property GoodbyeModel goodbye

    readonly property string reader: goodbye.onCardReader ? "card-reader" : "id-reader"
    readonly property string take: goodbye.onCardReader ? qsTr("请取走您的卡") : qsTr("请取走身份证")

    title: goodbye.documentOn ? take : qsTr("谢谢，再见")
    why: goodbye.documentOn ? qsTr("还差一步：您的证件还在机器上。") : qsTr("您的信息已经从这台机器上清除。")
    primaryText: goodbye.documentOn ? "" : qsTr("回到首页")
    backShown: false
    homeShown: false
    bodyCentred: true
    onPrimaryTapped: goodbye.end()

    // where the card is, and that it goes back to the hand
    DevicePrompt {
        objectName: "prompt"
        visible: page.goodbye.documentOn
        width: parent.width
        beside: page.width > page.height && !page.lying
        device: page.goodbye.onCardReader ? DevicePrompt.CardSlot : DevicePrompt.IdReader
        leaving: true
        side: page.goodbye.sideOf(page.reader)
        along: page.goodbye.alongOf(page.reader)
        text: page.take
        hint: qsTr("拿走以后，这台机器上就没有您的任何信息了。")
    }

    EdgeLight {
        parent: page
        side: page.goodbye.documentOn ? page.goodbye.sideOf(page.reader) : ""
        along: page.goodbye.alongOf(page.reader)
        ink: Theme.caution
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
        visible: !page.goodbye.documentOn
        width: parent.width
        size: Words.Display
        horizontalAlignment: Text.AlignHCenter
        color: Theme.positive
        text: qsTr("祝您顺利")
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
