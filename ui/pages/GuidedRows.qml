pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// What is done at a counter: where it is, when it is open, what to bring.
Panel {
    id: panel

    property alias model: rows.model

    visible: rows.count > 0

    Repeater {
        id: rows

        Column {
            id: guided

            required property string title
            required property string where
            required property string hours
            required property string phone
            required property string bring

            width: parent.width
            spacing: Theme.gapSmall

            Words {
                width: parent.width
                strong: true
                text: guided.title
            }

            PanelRow {
                width: parent.width
                iconName: "map-pin"
                label: guided.where
            }

            PanelRow {
                width: parent.width
                iconName: guided.hours === "" ? "phone" : "clock"
                label: guided.hours === "" ? qsTr("电话 %1，去之前可以先问").arg(guided.phone) : guided.hours
                detail: guided.hours === "" ? "" : qsTr("电话 %1").arg(guided.phone)
            }

            PanelRow {
                visible: guided.bring !== ""
                width: parent.width
                iconName: "briefcase"
                label: qsTr("要带的材料")
                detail: guided.bring
            }
        }
    }
}
