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

    Item {
        width: parent.width
        height: plate.height

        Rectangle {
            id: plate

            anchors.horizontalCenter: parent.horizontalCenter
            width: 2 * Theme.iconHuge
            height: width
            radius: width / 2
            color: page.goodbye.documentOn ? Theme.cautionQuiet : Theme.positiveQuiet

            Icon {
                id: sign

                anchors.centerIn: parent
                name: page.goodbye.documentOn ? (page.goodbye.onCardReader ? "credit-card" : "id-card") : "check"
                size: Theme.iconHuge
                colour: page.goodbye.documentOn ? Theme.caution : Theme.positive
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
