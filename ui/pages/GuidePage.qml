import QtQuick
import ui.theme
import ui.controls
import ui.models

// What a matter is made of, what it takes, what must be at hand, and what is spared.
Page {
    id: page

    required property GuideModel guide

    where: ""
    title: guide.name
    why: guide.summary
    primaryText: qsTr("开始办理")
    primaryIcon: "arrow-right"
    onPrimaryTapped: guide.start()

    Notice {
        visible: page.guide.saving !== ""
        width: parent.width
        kind: Notice.Positive
        text: page.guide.saving
    }

    Row {
        width: parent.width
        spacing: Theme.gap

        Fact {
            width: (parent.width - parent.spacing) / 2
            iconName: "clock"
            label: qsTr("办理时间")
            value: page.guide.time
        }

        Fact {
            width: (parent.width - parent.spacing) / 2
            iconName: "wallet"
            label: qsTr("费用")
            value: page.guide.fee
        }
    }

    Words {
        width: parent.width
        size: Words.Heading
        text: qsTr("一次办好这些事")
    }

    Panel {
        width: parent.width

        Repeater {
            model: page.guide.items

            PanelRow {
                required property string title
                required property string department
                required property string how

                width: parent.width
                iconName: "circle-check"
                label: title
                detail: department + "  ·  " + how
            }
        }
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

    Words {
        visible: text !== ""
        width: parent.width
        size: Words.Caption
        quiet: true
        text: page.guide.basis === "" ? "" : qsTr("办理依据：%1").arg(page.guide.basis)
    }
}
