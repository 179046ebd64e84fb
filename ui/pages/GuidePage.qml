pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What a matter is made of, how it ends, what it takes and what it spares; of what is done at a counter, where to go.
Page {
    id: page

    required property GuideModel guide

    readonly property bool printed: guide.paper !== "none" && guide.paper !== "printing"

    where: ""
    title: guide.name
    why: guide.summary
    primaryText: !guide.guideOnly ? qsTr("开始办理") : printed ? qsTr("结束办理") : qsTr("打印指南")
    primaryIcon: !guide.guideOnly ? "arrow-right" : printed ? "check" : "printer"
    primaryBusy: guide.guideOnly && guide.paper === "printing"
    secondaryText: !guide.joinable ? "" : guide.inBasket ? qsTr("看一起办的事") : qsTr("加到一起办")
    secondaryIcon: guide.inBasket ? "shopping-basket" : "plus"
    onPrimaryTapped: guide.start()
    onSecondaryTapped: guide.join()

    GuidePaper {
        width: parent.width
        paper: page.guide.guideOnly ? page.guide.paper : "none"
    }

    Notice {
        objectName: "unprintable"
        visible: page.guide.unprintable && !page.guide.guideOnly
        width: parent.width
        kind: Notice.Caution
        title: qsTr("这台机器现在打不了回执")
        text: qsTr("照样可以办。办完后，请拍下屏幕上的二维码，和纸质回执一样有效。")
    }

    Notice {
        visible: page.guide.saving !== ""
        width: parent.width
        kind: Notice.Positive
        title: page.guide.spared
        text: page.guide.saving
    }

    Facts {
        width: parent.width
        time: page.guide.time
        fee: page.guide.fee
        questions: page.guide.questions
    }

    Words {
        visible: items.count > 1
        width: parent.width
        size: Words.Heading
        text: qsTr("一次办好这些事")
    }

    Panel {
        visible: items.count > 0
        width: parent.width

        Repeater {
            id: items

            model: page.guide.items

            Item {
                id: row

                required property string item
                required property string title
                required property string department
                required property string how
                required property string steps
                required property bool choosable
                required property bool added

                readonly property bool joins: choosable && page.guide.joinable

                width: parent.width
                implicitHeight: Math.max(words.height, joins ? join.height : 0)

                PanelRow {
                    id: words

                    anchors.verticalCenter: parent.verticalCenter
                    width: row.joins ? join.x - Theme.gap : parent.width
                    iconName: "circle-check"
                    label: items.count > 1 ? row.title : row.how
                    detail: row.department + (items.count > 1 ? "  ·  " + row.how : "") + (row.steps === "" ? "" : "\n" + row.steps)
                }

                JoinButton {
                    id: join

                    objectName: "join-" + row.item
                    visible: row.joins
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    added: row.added
                    spoken: text + " " + row.title
                    onClicked: page.guide.choose(row.item, !row.added)
                }
            }
        }
    }

    Words {
        visible: guided.visible && !page.guide.guideOnly
        width: parent.width
        size: Words.Heading
        text: qsTr("这些要到窗口办")
    }

    GuidedRows {
        id: guided

        width: parent.width
        model: page.guide.guided
    }

    // beside the button, where whoever touched it looks
    GuidePaper {
        width: parent.width
        paper: page.guide.guideOnly ? "none" : page.guide.paper
    }

    ActionButton {
        objectName: "print-guide"
        visible: guided.visible && !page.guide.guideOnly && page.guide.paper !== "printing"
        width: parent.width
        rank: ActionButton.Secondary
        iconName: "printer"
        text: qsTr("打印指南")
        onClicked: page.guide.printGuide()
    }

    Words {
        visible: materials.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("需要的材料")
    }

    Panel {
        visible: materials.count > 0
        width: parent.width

        Repeater {
            id: materials

            model: page.guide.materials

            PanelRow {
                required property string title
                required property string how
                required property bool bring

                width: parent.width
                iconName: bring ? "camera" : "check"
                urgent: bring
                label: title
                detail: how
            }
        }
    }

    OfferRows {
        width: parent.width
        model: page.guide.joinable ? page.guide.offers : null
        onWanted: item => page.guide.addOffer(item)
    }

    Words {
        visible: text !== ""
        width: parent.width
        size: Words.Caption
        quiet: true
        text: page.guide.basis === "" ? "" : qsTr("办理依据：%1").arg(page.guide.basis)
    }
}
