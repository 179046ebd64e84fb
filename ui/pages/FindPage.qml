pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Find a service: all of them, under a department, or in everyday words.
Page {
    id: page

    required property FindModel find

    where: ""
    title: qsTr("您要办什么事？")

    Row {
        id: ways

        width: parent.width
        spacing: Theme.gapSmall

        Segment {
            objectName: "browse-themes"
            width: (ways.width - 2 * ways.spacing) / 3
            iconName: "list"
            text: qsTr("全部事项")
            chosen: page.find.browse === "themes"
            onClicked: page.find.showBy("themes")
        }

        Segment {
            objectName: "browse-departments"
            width: (ways.width - 2 * ways.spacing) / 3
            iconName: "landmark"
            text: qsTr("按部门找")
            chosen: page.find.browse === "departments"
            onClicked: page.find.showBy("departments")
        }

        Segment {
            objectName: "browse-search"
            width: (ways.width - 2 * ways.spacing) / 3
            iconName: "search"
            text: qsTr("搜一搜")
            chosen: page.find.browse === "search"
            onClicked: page.find.showBy("search")
        }
    }

    TextInputField {
        id: field

        objectName: "field"
        visible: page.find.browse === "search"
        width: parent.width
        example: qsTr("用平常说的话就行，例如：开饭店、老人补贴")
        limit: 60
        text: page.find.query
        onEdited: text => page.find.search(text)
        onVisibleChanged: if (visible)
            begin()
    }

    Notice {
        visible: page.find.browse === "search" && page.find.nothingFound
        width: parent.width
        title: qsTr("没有找到“%1”").arg(page.find.query)
        text: qsTr("换个说法再试，比如只写两三个字；也可以看“全部事项”，或拨打 %1 问工作人员。").arg(page.shell.hotline)
    }

    Flow {
        id: grid

        visible: page.find.browse === "departments"
        width: parent.width
        spacing: Theme.gapSmall

        Repeater {
            model: page.find.departments

            ChoiceCard {
                required property string department
                required property string title
                required property bool current

                objectName: "department-" + department
                width: Theme.elder ? grid.width : (grid.width - grid.spacing) / 2
                text: title
                chosen: current
                onClicked: page.find.showDepartment(department)
            }
        }
    }

    Repeater {
        model: page.find.services

        ServiceCard {
            required property string service
            required property string sign
            required property string title
            required property string detail

            objectName: "service-" + service
            width: page.bodyWidth
            iconName: sign
            text: title
            note: detail
            onClicked: page.find.choose(service)
        }
    }

    Row {
        visible: page.find.scannerReady && page.find.browse !== "search"
        width: parent.width
        spacing: Theme.gapSmall

        Icon {
            id: scan

            anchors.verticalCenter: parent.verticalCenter
            name: "scan-qr-code"
            colour: Theme.textQuiet
        }

        Words {
            width: parent.width - scan.width - parent.spacing
            anchors.verticalCenter: parent.verticalCenter
            size: Words.Caption
            quiet: true
            text: qsTr("手上有办事指南？把上面的二维码对准下方扫码口，直接打开这件事。")
        }
    }
}
