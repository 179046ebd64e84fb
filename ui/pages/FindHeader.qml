pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What stands above the services: the three ways to look, and the stages, the departments or the field of one of them.
Column {
    id: head

    required property Page page
    required property FindModel find

    readonly property int columns: Theme.elder ? 1 : page.lying || width > 240 * Theme.mm ? 3 : 2

    function highestOf(tiles: list<Item>): real {
        let high = 0;
        for (let place = 0; place < tiles.length; ++place)
            high = Math.max(high, tiles[place].implicitHeight);
        return high;
    }

    bottomPadding: Theme.gapSmall
    spacing: Theme.gap

    // side by side where both have room
    Flow {
        id: own

        readonly property real widest: Math.max(mine.implicitWidth, numbered.implicitWidth, queue.implicitWidth)
        readonly property int abreast: 3 * widest + 2 * spacing <= width ? 3 : 2 * widest + spacing <= width ? 2 : 1
        // large words have a row of three to themselves: it leaves room for what is to be found
        readonly property int inset: Theme.elder ? Theme.gapSmall : Theme.gapLarge
        readonly property real part: Math.floor((width - (abreast - 1) * spacing) / abreast)

        visible: !head.find.opened && head.find.browse !== "search"
        width: parent.width
        spacing: Theme.gapSmall

        ActionButton {
            id: mine

            objectName: "mine"
            width: own.part
            rank: ActionButton.Secondary
            leftPadding: own.inset
            rightPadding: own.inset
            iconName: Theme.elder ? "" : "user-round"
            text: qsTr("查办件和证照")
            onClicked: head.find.openMine()
        }

        ActionButton {
            id: numbered

            objectName: "numbered"
            width: own.part
            rank: ActionButton.Secondary
            leftPadding: own.inset
            rightPadding: own.inset
            iconName: Theme.elder ? "" : "scan-line"
            text: qsTr("凭编号查进度")
            onClicked: head.find.openNumber()
        }

        ActionButton {
            id: queue

            objectName: "queue"
            width: own.abreast === 2 ? own.width : own.part
            rank: ActionButton.Secondary
            leftPadding: own.inset
            rightPadding: own.inset
            iconName: Theme.elder ? "" : "ticket"
            text: qsTr("取窗口排队号")
            onClicked: head.find.openQueue()
        }
    }

    Row {
        id: ways

        readonly property real highest: head.highestOf(children)

        width: parent.width
        spacing: Theme.gapSmall

        Segment {
            objectName: "browse-themes"
            width: Math.floor((ways.width - 2 * ways.spacing) / 3)
            height: ways.highest
            iconName: "route"
            text: qsTr("按阶段找")
            chosen: head.find.browse === "themes"
            onClicked: head.find.showBy("themes")
        }

        Segment {
            objectName: "browse-departments"
            width: Math.floor((ways.width - 2 * ways.spacing) / 3)
            height: ways.highest
            iconName: "landmark"
            text: qsTr("按部门找")
            chosen: head.find.browse === "departments"
            onClicked: head.find.showBy("departments")
        }

        Segment {
            objectName: "browse-search"
            width: Math.floor((ways.width - 2 * ways.spacing) / 3)
            height: ways.highest
            iconName: "search"
            text: qsTr("搜一搜")
            chosen: head.find.browse === "search"
            onClicked: head.find.showBy("search")
        }
    }

    Notice {
        objectName: "advice"
        visible: head.page.shell.adviceText !== ""
        width: parent.width
        kind: head.page.shell.adviceCritical ? Notice.Critical : Notice.Caution
        text: head.page.shell.adviceText
    }

    TextInputField {
        id: field

        // what the hand wrote counts until the list has followed: an older query must not come back over it
        property string written: head.find.query
        property bool ahead: false

        objectName: "field"
        visible: head.find.browse === "search"
        width: parent.width
        example: qsTr("用平常说的话就行，例如：开饭店、老人补贴")
        limit: 60
        text: written
        onEdited: text => {
            written = text;
            ahead = true;
            head.find.search(text);
        }
        onVisibleChanged: {
            ahead = false;
            written = head.find.query;
            if (visible)
                begin();
        }

        Connections {
            target: head.find
            function onChanged(): void {
                if (!field.ahead)
                    field.written = head.find.query;
                else if (head.find.query === field.written)
                    field.ahead = false;
            }
        }
    }

    Notice {
        visible: head.find.browse === "search" && head.find.nothingFound
        width: parent.width
        title: qsTr("没有找到“%1”").arg(head.find.query)
        text: qsTr("换个说法再试，比如只写两三个字；也可以按阶段、按部门找，或拨打 %1 问工作人员。").arg(head.page.shell.hotline)
    }

    Row {
        id: audiences

        visible: head.find.browse === "themes" && !head.find.opened
        width: parent.width
        spacing: Theme.gapSmall

        ChoiceCard {
            objectName: "audience-person"
            width: Math.floor((parent.width - parent.spacing) / 2)
            text: qsTr("我自己的事")
            chosen: head.find.audience === "person"
            onClicked: head.find.showFor("person")
        }

        ChoiceCard {
            objectName: "audience-enterprise"
            width: Math.floor((parent.width - parent.spacing) / 2)
            text: qsTr("企业、店铺的事")
            chosen: head.find.audience === "enterprise"
            onClicked: head.find.showFor("enterprise")
        }
    }

    Grid {
        id: lives

        // all as high as the highest: a shelf, not a pile
        readonly property real highest: head.highestOf(children)

        visible: head.find.browse === "themes" && !head.find.opened
        width: parent.width
        columns: head.columns
        spacing: Theme.gapSmall

        Repeater {
            model: head.find.lives

            FindTile {
                required property string life
                required property string sign
                required property string title
                required property string count

                objectName: "life-" + life
                width: Math.floor((lives.width - (lives.columns - 1) * lives.spacing) / lives.columns)
                height: lives.highest
                iconName: sign
                text: title
                note: count
                onClicked: head.find.showLife(life)
            }
        }
    }

    Grid {
        id: departments

        readonly property real highest: head.highestOf(children)

        visible: head.find.browse === "departments" && !head.find.opened
        width: parent.width
        columns: Theme.elder || Theme.language === "en" ? Math.max(1, head.columns - 1) : head.columns
        spacing: Theme.gapSmall

        Repeater {
            model: head.find.departments

            FindTile {
                required property string department
                required property string title
                required property string count

                objectName: "department-" + department
                width: Math.floor((departments.width - (departments.columns - 1) * departments.spacing) / departments.columns)
                height: departments.highest
                iconName: ""
                text: title
                note: count
                onClicked: head.find.showDepartment(department)
            }
        }
    }

    ActionButton {
        objectName: "all"
        visible: head.find.opened
        rank: ActionButton.Quiet
        leftPadding: Theme.gapSmall
        iconName: "chevron-left"
        text: head.find.browse === "departments" ? qsTr("看全部部门") : qsTr("看全部阶段")
        onClicked: head.page.shell.back()
    }

    EdgeLight {
        readonly property bool shown: head.find.scannerReady && head.find.browse === "themes" && !head.find.opened

        parent: head.page
        side: shown ? head.find.sideOf("scanner") : ""
        along: head.find.alongOf("scanner")
    }

    Row {
        visible: head.find.scannerReady && head.find.browse === "themes" && !head.find.opened
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
            text: qsTr("手上有办事指南？把上面的二维码对准扫码口，直接打开这件事。")
        }
    }

    Words {
        visible: text !== ""
        width: parent.width
        size: head.find.opened ? Words.Title : Words.Heading
        text: head.find.listTitle
    }
}
