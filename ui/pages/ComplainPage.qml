pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Something is wrong, or could not be done: what kind, a few words, and where to call back.
Page {
    id: page

    required property ComplainModel plea

    property string kind: ""
    property string words: ""
    property string phone: ""

    readonly property int columns: bodyWidth > 150 * Theme.mm && !Theme.elder ? 2 : 1

    where: plea.about
    title: qsTr("哪里没办好？")
    why: plea.about === "" ? qsTr("每一件都有人答复，提交后就告诉您由谁、在哪天前答复。") : qsTr("说的是“%1”。每一件都有人答复。").arg(plea.about)
    primaryText: qsTr("提交意见")
    primaryIcon: "check"
    primaryBusy: plea.busy
    primaryReason: kind === "" ? qsTr("请先选一类") : words.trim() === "" && plea.about === "" ? qsTr("请写几个字，说说是什么事") : plea.asksPhone && phone.length < plea.leastDigits ? qsTr("请留一个能找到您的电话") : ""
    onPrimaryTapped: plea.send(kind, words, phone)
    secondaryText: plea.busy ? "" : qsTr("不说了")
    onSecondaryTapped: plea.drop()

    Grid {
        id: kinds

        width: parent.width
        columns: page.columns
        spacing: Theme.gapSmall

        Repeater {
            model: page.plea.kinds

            ChoiceCard {
                id: card

                required property string key
                required property string title
                required property string detail

                objectName: "kind-" + key
                width: Math.floor((kinds.width - (kinds.columns - 1) * kinds.spacing) / kinds.columns)
                enabled: !page.plea.busy
                text: title
                summary: detail
                chosen: page.kind === key
                onClicked: page.kind = key
            }
        }
    }

    TextInputField {
        objectName: "words"
        visible: page.kind !== ""
        width: parent.width
        label: page.plea.about === "" ? qsTr("是什么事？") : qsTr("是什么事？（可以不写）")
        limit: page.plea.longest
        severalLines: true
        hints: Qt.ImhNoPredictiveText
        text: page.words
        onEdited: text => page.words = text
    }

    Words {
        visible: page.plea.asksPhone && page.kind !== ""
        width: parent.width
        strong: true
        text: qsTr("打哪个电话找您？")
    }

    DigitPad {
        objectName: "phone"
        visible: page.plea.asksPhone && page.kind !== ""
        width: parent.width
        value: page.phone
        limit: page.plea.mostDigits
        onEdited: value => page.phone = value
    }
}
