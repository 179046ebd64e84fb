import QtQuick
import ui.theme

// How long, how much, how many questions: side by side where there is room, and all as high as the highest.
Flow {
    id: facts

    property string time: ""
    property string fee: ""
    property string questions: ""

    readonly property int columns: Theme.elder || width < 150 * Theme.mm ? 1 : 2
    readonly property real each: Math.floor((width - (columns - 1) * spacing) / columns)
    readonly property real highest: Math.max(clock.visible ? clock.implicitHeight : 0, purse.visible ? purse.implicitHeight : 0)

    spacing: Theme.gap

    Fact {
        id: clock

        visible: facts.time !== ""
        width: facts.time !== "" && facts.fee !== "" ? facts.each : facts.width
        height: facts.columns > 1 ? facts.highest : implicitHeight
        iconName: "clock"
        label: qsTr("办理时间")
        value: facts.time
    }

    Fact {
        id: purse

        visible: facts.fee !== ""
        width: facts.time !== "" && facts.fee !== "" ? facts.each : facts.width
        height: facts.columns > 1 ? facts.highest : implicitHeight
        iconName: "wallet"
        label: qsTr("费用")
        value: facts.fee
    }

    Fact {
        visible: facts.questions !== ""
        width: facts.width
        iconName: "list-checks"
        label: qsTr("要回答的")
        value: facts.questions
    }
}
