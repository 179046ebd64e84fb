pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// Everything once more before it is submitted: answers, materials, what is promised, what will go to a person.
Page {
    id: page

    required property ReviewModel review

    title: review.kind === "supplement" ? qsTr("请核对要补交的，没错就交上去") : review.kind === "correct" ? qsTr("要更正哪一项？改好再提交") : qsTr("请核对，没错就提交")
    why: qsTr("哪一项不对，点旁边的“修改”。")
    said: [review.applicant]
    primaryText: review.signs ? qsTr("去签名") : review.kind === "supplement" ? qsTr("提交材料") : qsTr("提交申请")
    primaryBusy: review.busy
    primaryIcon: "arrow-right"
    onPrimaryTapped: review.next()

    Notice {
        visible: page.review.applicant !== ""
        width: parent.width
        title: qsTr("替别人办")
        text: page.review.applicant
    }

    Repeater {
        model: page.review.cautions

        Notice {
            required property string item
            required property string reason

            width: parent.width
            kind: Notice.Caution
            title: qsTr("会由工作人员审核：%1").arg(item)
            text: reason
        }
    }

    Notice {
        visible: page.review.saving !== ""
        width: parent.width
        kind: Notice.Positive
        title: page.review.spared
        text: page.review.saving
    }

    Column {
        width: parent.width

        Repeater {
            model: page.review.rows

            ReviewLine {
                width: parent.width
                onChangeWanted: page.review.change(place)
            }
        }
    }

    Words {
        visible: materials.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("材料")
    }

    Panel {
        visible: materials.count > 0
        width: parent.width

        Repeater {
            id: materials

            model: page.review.materials

            PanelRow {
                required property string title
                required property string how
                required property bool later

                width: parent.width
                iconName: later ? "clock" : "circle-check"
                urgent: later
                label: title
                detail: how
            }
        }
    }

    Words {
        visible: promises.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("提交即承诺")
    }

    Panel {
        visible: promises.count > 0
        width: parent.width

        Repeater {
            id: promises

            model: page.review.promises

            PanelRow {
                required property string item
                required property string text

                width: parent.width
                iconName: "shield-check"
                label: item
                detail: text
            }
        }
    }
}
