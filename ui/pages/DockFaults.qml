pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.models

// What can go wrong with the device on show: folded until somebody asks, one line while something is wrong.
Column {
    id: section

    required property DockModel dock

    visible: dock.canFail
    height: visible ? implicitHeight : 0
    spacing: Theme.gapSmall

    Item {
        width: parent.width
        height: head.height

        DockTab {
            id: head

            objectName: "dock-faults"
            width: (parent.width - Theme.gapSmall) / 2
            chosen: section.dock.faulty !== ""
            text: section.dock.faulty === "" ? "故障  Faults" : "故障：" + section.dock.faulty
            onClicked: section.dock.toggleFaults()
        }

        DockTab {
            objectName: "dock-briefly"
            visible: section.dock.faultsOpen
            x: head.width + Theme.gapSmall
            width: head.width
            chosen: section.dock.briefly
            text: "只坏 3 秒"
            onClicked: section.dock.toggleBriefly()
        }
    }

    Flow {
        id: kinds

        visible: section.dock.faultsOpen
        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: section.dock.faults

            DockTab {
                required property string device
                required property string value
                required property string label

                objectName: "dock-" + device + "-fault-" + value
                width: (kinds.width - 2 * kinds.spacing) / 3
                text: label
                solid: true
                onClicked: section.dock.fail(device, value)
            }
        }
    }
}
