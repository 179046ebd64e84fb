pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What the citizen put together: what is in it, what it saves, what does not go together, and the way on.
Page {
    id: page

    required property BasketModel basket

    where: ""
    title: basket.count > 0 ? qsTr("一起办这 %1 件事").arg(basket.count) : qsTr("还没有选要一起办的事")
    why: basket.count === 0 ? qsTr("在事项旁边点“一起办”，就会放到这里。") : basket.filed > 1 ? qsTr("相同的只填一次、只交一次，一次提交。") : ""
    next: basket.filed > 0 ? shell.next : ""
    primaryText: basket.count === 0 ? qsTr("去选事项") : basket.filed > 0 ? qsTr("开始办理") : basket.paper === "none" || basket.paper === "printing" ? qsTr("打印指南") : qsTr("结束办理")
    primaryIcon: basket.filed > 0 || basket.count === 0 ? "arrow-right" : basket.paper === "none" || basket.paper === "printing" ? "printer" : "check"
    primaryBusy: basket.count > 0 && basket.filed === 0 && basket.paper === "printing"
    secondaryText: basket.count > 0 ? qsTr("再选几件事") : ""
    secondaryIcon: "plus"
    onPrimaryTapped: basket.start()
    onSecondaryTapped: basket.more()

    Rectangle {
        visible: page.basket.takenOut !== ""
        width: parent.width
        height: Math.max(gone.height, undo.height) + 2 * Theme.gapSmall
        radius: Theme.radius
        color: Theme.surfaceSunken

        Words {
            id: gone

            x: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            width: undo.x - x - Theme.gap
            text: qsTr("已移走“%1”").arg(page.basket.takenOut)
        }

        ActionButton {
            id: undo

            objectName: "put-back"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapSmall
            anchors.verticalCenter: parent.verticalCenter
            rank: ActionButton.Secondary
            iconName: "undo-2"
            text: qsTr("放回这件事")
            onClicked: page.basket.putBack()
        }
    }

    Repeater {
        model: page.basket.conflicts

        Cure {
            required property string one
            required property string oneTitle
            required property string other
            required property string otherTitle
            required property string says

            width: page.bodyWidth
            critical: true
            title: qsTr("这两件不能一起办：“%1”和“%2”").arg(oneTitle).arg(otherTitle)
            text: says
            firstName: "drop-" + one
            firstText: qsTr("移走“%1”").arg(oneTitle)
            firstIcon: "minus"
            secondName: "drop-" + other
            secondText: qsTr("移走“%1”").arg(otherTitle)
            onFirst: page.basket.remove(one)
            onSecond: page.basket.remove(other)
        }
    }

    Repeater {
        model: page.basket.wanted

        Cure {
            required property string item
            required property string wantedTitle
            required property string says

            width: page.bodyWidth
            title: qsTr("要先办“%1”，或者一起办").arg(wantedTitle)
            text: says
            firstName: "add-" + item
            firstText: qsTr("加上这件事")
            firstIcon: "plus"
            onFirst: page.basket.add(item)
        }
    }

    Panel {
        visible: page.basket.count > 0
        width: parent.width

        Repeater {
            model: page.basket.items

            Item {
                id: row

                required property string item
                required property string title
                required property string department
                required property string how

                width: parent.width
                height: Math.max(words.height, away.height)

                PanelRow {
                    id: words

                    anchors.verticalCenter: parent.verticalCenter
                    width: away.x - Theme.gap
                    iconName: "circle-check"
                    label: row.title
                    detail: row.department + "  ·  " + row.how
                }

                ActionButton {
                    id: away

                    objectName: "remove-" + row.item
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    rank: ActionButton.Quiet
                    iconName: "trash-2"
                    text: qsTr("移走这件事")
                    spoken: text + " " + row.title
                    onClicked: page.basket.remove(row.item)
                }
            }
        }
    }

    Notice {
        visible: page.basket.saving !== ""
        width: parent.width
        kind: Notice.Positive
        title: qsTr("一起办更省事")
        text: page.basket.saving
    }

    Facts {
        visible: page.basket.count > 0
        width: parent.width
        time: page.basket.filed > 0 ? page.basket.time : ""
        fee: page.basket.fee
        questions: page.basket.questions
    }

    Words {
        visible: page.basket.guided > 0 && page.basket.filed > 0
        width: parent.width
        quiet: true
        text: qsTr("其中 %1 件要到窗口办，这里为您打印去哪办、带什么。").arg(page.basket.guided)
    }

    GuidePaper {
        width: parent.width
        paper: page.basket.paper
    }

    ActionButton {
        objectName: "print-guide"
        visible: page.basket.guided > 0 && page.basket.filed > 0 && page.basket.paper !== "printing"
        width: parent.width
        rank: ActionButton.Secondary
        iconName: "printer"
        text: qsTr("打印指南")
        onClicked: page.basket.printGuide()
    }

    OfferRows {
        width: parent.width
        model: page.basket.offers
        onWanted: item => page.basket.add(item)
    }
}
