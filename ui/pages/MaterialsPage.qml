pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// What is needed, what is there already, what is still to be given.
Page {
    id: page

    required property MaterialsModel materials

    title: materials.supplement ? qsTr("要补交的材料") : qsTr("办这件事要用的材料")
    why: materials.open === 0 ? qsTr("材料都齐了，请继续。") : qsTr("还有 %1 份需要您提供。").arg(materials.open)
    primaryText: materials.open === 0 ? qsTr("去核对信息") : qsTr("提供下一份材料")
    primaryIcon: "arrow-right"
    onPrimaryTapped: materials.next()

    Words {
        visible: asked.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("需要您提供")
    }

    Repeater {
        id: asked

        model: page.materials.asked

        MaterialCard {
            width: parent.width
            onOpened: page.materials.choose(material)
            onDeferred: page.materials.defer(material)
        }
    }

    Words {
        visible: spared.count > 0
        width: parent.width
        size: Words.Heading
        text: qsTr("不用您准备")
    }

    Panel {
        visible: spared.count > 0
        width: parent.width

        Repeater {
            id: spared

            model: page.materials.spared

            PanelRow {
                required property string title
                required property string how

                width: parent.width
                iconName: "circle-check"
                label: title
                detail: how
            }
        }
    }
}
