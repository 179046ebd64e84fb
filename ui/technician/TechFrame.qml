import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// The frame of the technician's pages, denser than the citizens': above, the way back, where we are, who is there;
// below, what can be done; between them a body that scrolls when it is taller than its room.
Rectangle {
    id: frame

    required property TechnicianModel technician
    property string title: ""
    property string detail: ""
    property bool backShown: true
    property bool leaveShown: true
    default property alias content: body.data
    property alias filling: filler.data
    property alias actions: row.data

    // two columns beside each other
    readonly property bool wide: width >= 300 * Theme.mm
    readonly property real margin: wide ? Theme.gapLarge : Theme.gap
    readonly property real room: width - 2 * margin
    readonly property real half: wide ? (room - Theme.gap) / 2 : room
    readonly property real bodyHeight: view.height

    // the width of one of so many actions
    function share(count: int): real {
        return Math.floor((room - (count - 1) * row.spacing) / count);
    }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: title

    Rectangle {
        id: head

        width: parent.width
        height: Math.max(Theme.touchTarget, names.height) + 2 * Theme.gapSmall
        color: Theme.surfaceRaised

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.lineThin
            color: Theme.line
        }

        Tool {
            id: back

            objectName: "back"
            visible: frame.backShown
            x: frame.margin
            anchors.verticalCenter: parent.verticalCenter
            iconName: "arrow-left"
            text: qsTr("返回")
            onClicked: frame.technician.back()
        }

        Column {
            id: names

            anchors.left: back.visible ? back.right : parent.left
            anchors.leftMargin: back.visible ? Theme.gap : frame.margin
            anchors.right: language.left
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter

            Words {
                objectName: "title"
                width: parent.width
                text: frame.title
                size: Words.Heading
            }

            Line {
                width: parent.width
                text: [frame.technician.terminal, frame.technician.address, frame.technician.operator, frame.technician.time].filter(part => part !== "").join("  ·  ")
                fine: true
                quiet: true
            }
        }

        Tool {
            id: language

            objectName: "language"
            anchors.right: leave.visible ? leave.left : parent.right
            anchors.rightMargin: leave.visible ? Theme.touchGap : frame.margin
            anchors.verticalCenter: parent.verticalCenter
            // deliberately not translated: whoever looks for it reads one of the two
            text: Theme.language === "en" ? "中文" : "English"
            spoken: "Language 语言"
            onClicked: frame.technician.switchLanguage()
        }

        Tool {
            id: leave

            objectName: "leave"
            visible: frame.leaveShown
            anchors.right: parent.right
            anchors.rightMargin: frame.margin
            anchors.verticalCenter: parent.verticalCenter
            iconName: "log-out"
            text: qsTr("退出")
            onClicked: frame.technician.leave()
        }
    }

    Flickable {
        id: view

        readonly property bool tall: contentHeight > height + 1
        // decided without the cues, so that showing them cannot flip it back
        readonly property bool tallRoom: contentHeight > foot.y - y && filler.children.length === 0

        function moveTo(y: real): void {
            travel.to = Math.max(0, Math.min(y, contentHeight - height));
            travel.restart();
        }

        y: head.height
        width: frame.width
        height: Math.max(0, foot.y - y - (tallRoom ? cues.height + Theme.gapTight : 0))
        contentWidth: width
        contentHeight: body.y + body.height + frame.margin
        boundsBehavior: Flickable.StopAtBounds
        interactive: tall
        clip: tall
        visible: filler.children.length === 0

        Column {
            id: body

            x: frame.margin
            y: frame.margin
            width: frame.room
            spacing: Theme.gap

            Notice {
                objectName: "said"
                visible: frame.technician.said !== ""
                width: parent.width
                kind: Notice.Caution
                title: frame.technician.said
                text: frame.technician.remedy
            }
        }

        NumberAnimation {
            id: travel

            target: view
            property: "contentY"
            duration: Theme.motion
            easing.type: Easing.OutCubic
        }
    }

    Item {
        id: filler

        visible: children.length > 0
        x: frame.margin
        y: head.height + frame.margin
        width: frame.room
        height: foot.y - y - Theme.gapSmall
    }

    Row {
        id: cues

        visible: view.visible && view.tallRoom
        x: frame.margin
        anchors.bottom: foot.top
        width: frame.room
        height: Theme.touchTarget
        spacing: Theme.gapSmall

        Tool {
            objectName: "page-up"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            quiet: true
            enabled: !view.atYBeginning
            iconName: "chevron-up"
            text: qsTr("回到上面")
            onClicked: view.moveTo(view.contentY - 0.85 * view.height)
        }

        Tool {
            objectName: "page-down"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            quiet: true
            enabled: !view.atYEnd
            iconName: "chevron-down"
            text: view.atYEnd ? qsTr("已到最后") : qsTr("下面还有")
            onClicked: view.moveTo(view.contentY + 0.85 * view.height)
        }
    }

    Rectangle {
        id: foot

        readonly property bool needed: row.visibleChildren.length > 0

        y: frame.height - height
        width: frame.width
        height: needed ? row.height + 2 * Theme.gapSmall : 0
        color: Theme.surfaceRaised

        Rectangle {
            visible: foot.needed
            width: parent.width
            height: Theme.lineThin
            color: Theme.line
        }

        Flow {
            id: row

            x: frame.margin
            y: Theme.gapSmall
            width: frame.room
            spacing: Theme.touchGap
        }
    }
}
