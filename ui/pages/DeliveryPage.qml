pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// How the result reaches its owner: a way, and for the post an address, for a collection point which one.
Page {
    id: page

    required property DeliveryModel delivery

    property string way: delivery.way
    property string point: delivery.point
    property string detail: ""
    property string phone: ""

    readonly property bool mail: way === "mail"
    readonly property bool collected: way === "collection-point"

    title: qsTr("结果怎么给您？")
    why: qsTr("寄出或领走以前，随时可以再换。")
    primaryText: qsTr("选好领取方式")
    primaryIcon: "check"
    primaryBusy: delivery.busy
    primaryReason: mail && !delivery.placed ? qsTr("请选好地址") : mail && detail.trim() === "" ? qsTr("请写门牌号") : mail && phone.length < 7 ? qsTr("请留收件人的电话") : collected && point === "" ? qsTr("请选一个领取点") : ""
    onPrimaryTapped: delivery.choose(way, point, detail, phone)

    Repeater {
        model: page.delivery.ways

        ChoiceCard {
            id: card

            required property string key
            required property string title
            required property string detail

            objectName: "way-" + key
            width: parent.width
            enabled: !page.delivery.busy
            text: title
            summary: detail
            chosen: page.way === key
            onClicked: page.way = key
        }
    }

    Words {
        visible: page.collected
        width: parent.width
        size: Words.Heading
        text: qsTr("到哪里领？")
    }

    Repeater {
        model: page.collected ? page.delivery.points : null

        ChoiceCard {
            id: place

            required property string key
            required property string title
            required property string detail

            objectName: "point-" + key
            width: parent.width
            enabled: !page.delivery.busy
            text: title
            summary: detail
            chosen: page.point === key
            onClicked: page.point = key
        }
    }

    Words {
        visible: page.mail
        width: parent.width
        size: Words.Heading
        text: qsTr("寄到哪里？")
    }

    DivisionPicker {
        visible: page.mail
        width: parent.width
        first: page.delivery.cities
        second: page.delivery.districts
        third: page.delivery.streets
        onPicked: code => page.delivery.pickDivision(code)
    }

    TextInputField {
        objectName: "detail"
        visible: page.mail && page.delivery.placed
        width: parent.width
        label: qsTr("路名、门牌号、楼栋、房间号")
        limit: 60
        text: page.detail
        onEdited: text => page.detail = text
    }

    Words {
        visible: page.mail && page.delivery.placed
        width: parent.width
        strong: true
        text: qsTr("快递员打哪个电话？")
    }

    DigitPad {
        objectName: "phone"
        visible: page.mail && page.delivery.placed
        width: parent.width
        value: page.phone
        limit: 15
        onEdited: value => page.phone = value
    }
}
