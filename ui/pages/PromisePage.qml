import QtQuick
import ui.controls
import ui.models

// A promise takes the place of a material (告知承诺).
Page {
    id: page

    required property PromiseModel promise

    title: promise.title
    why: qsTr("您承诺以下内容，就不用交这份材料。")
    primaryText: qsTr("我承诺")
    primaryIcon: "check"
    onPrimaryTapped: promise.promise()

    Panel {
        width: parent.width

        Words {
            width: parent.width
            size: Words.Heading
            text: qsTr("我承诺")
        }

        Words {
            width: parent.width
            lineHeight: 1.25
            text: page.promise.text
        }
    }

    Notice {
        width: parent.width
        kind: Notice.Caution
        text: qsTr("部门事后会核查。承诺不属实，要撤销结果，并承担责任。")
    }
}
