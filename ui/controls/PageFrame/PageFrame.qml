import QtQuick
import ui.theme
import ui.controls

// The frame of every page: who serves, where we are, what is asked and why; below it the answer; at the bottom, always
// in the same corners, back, the one primary action, home, language, larger text and help.
Rectangle {
    id: frame

    // who serves
    property string cityName: ""
    property url crest: ""
    property string cornerText: ""
    // kept free at the end of the line for what a page puts there
    property real cornerRoom: 0
    // where we are
    property string where: ""
    property string step: ""
    property real progress: -1
    // what is asked and why
    property string title: ""
    property string why: ""
    // what can be done
    property string primaryText: ""
    property string primaryIcon: ""
    property string primaryReason: ""
    property bool primaryBusy: false
    property string secondaryText: ""
    property string secondaryIcon: ""
    property bool backShown: true
    property bool homeShown: true
    property bool languageShown: true
    property bool elderShown: true
    property bool helpShown: true
    // the answer: children stand below each other and scroll when they are taller than the room
    default property alias content: body.data
    property alias bodySpacing: body.spacing
    property bool bodyCentred: false
    // shown in place of the scrolling body, as large as the room; for camera, signature, pictures
    property alias filling: filler.data

    readonly property bool lying: width > 1.45 * height
    readonly property bool typing: InputMethod.visible && InputMethod.keyboardRectangle.height > 0
    readonly property real keyboardHeight: typing ? InputMethod.keyboardRectangle.height : 0
    readonly property real bodyWidth: body.width
    readonly property real bodyHeight: view.height
    // the side of a lying screen, between who serves and the tools
    readonly property real sideWidth: brand.width
    readonly property real bandTop: brand.height
    readonly property real bandBottom: tools.y

    // how far what is asked still is from its place; what stands around it does not move
    property real shift: 0

    signal primaryTapped
    signal secondaryTapped
    signal backTapped
    signal homeTapped
    signal languageTapped
    signal elderTapped
    signal helpTapped

    // come in after another page, whose progress was `before`
    function arrive(before: real): void {
        if (before >= 0 && progress >= 0)
            line.moveFrom(before);
        arriving.restart();
    }

    // scroll so that `item`, a child of the body, can be seen whole
    function reveal(item: Item): void {
        const top = item.mapToItem(body, 0, 0).y;
        const bottom = top + item.height + Theme.gap;
        if (top < view.contentY)
            view.moveTo(top - Theme.gap);
        else if (bottom > view.contentY + view.height)
            view.moveTo(bottom - view.height);
    }

    color: Theme.surface
    Accessible.role: Accessible.Pane
    Accessible.name: title

    NumberAnimation {
        id: arriving

        target: frame
        property: "shift"
        from: Theme.motionTravel
        to: 0
        duration: Theme.motion
        easing.type: Easing.OutCubic
    }

    // the left half of a lying screen
    Rectangle {
        visible: frame.lying
        width: head.width + 2 * Theme.pageMargin
        height: parent.height
        color: Theme.surfaceRaised

        Rectangle {
            anchors.right: parent.right
            width: Theme.lineThin
            height: parent.height
            color: Theme.line
        }
    }

    Item {
        id: brand

        width: frame.lying ? head.width + 2 * Theme.pageMargin : frame.width
        height: Theme.touchTarget + 2 * Theme.gapSmall

        Rectangle {
            visible: !frame.lying
            anchors.fill: parent
            color: Theme.surfaceRaised
        }

        Image {
            id: badge

            x: Theme.pageMargin
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.icon * 1.15
            height: width
            sourceSize: Qt.size(width, height)
            source: frame.crest.toString() === "" ? "image://icon/landmark/" + Theme.accentInk.toString().slice(1) : frame.crest
            fillMode: Image.PreserveAspectFit
            Accessible.ignored: true
        }

        Words {
            anchors.left: badge.right
            anchors.leftMargin: Theme.gapSmall
            anchors.right: corner.left
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            text: frame.cityName
            strong: true
        }

        Words {
            id: corner

            anchors.right: parent.right
            anchors.rightMargin: Theme.pageMargin + frame.cornerRoom
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, parent.width / 2)
            horizontalAlignment: Text.AlignRight
            text: frame.lying ? "" : frame.cornerText
            size: Words.Caption
            quiet: true
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.lineThin
            color: Theme.line
        }

        ProgressBar {
            id: line

            visible: frame.progress >= 0
            anchors.bottom: parent.bottom
            width: parent.width
            share: frame.progress
        }
    }

    Column {
        id: head

        transform: Translate {
            x: frame.lying ? 0 : frame.shift
        }
        x: Theme.pageMargin
        y: brand.height + (frame.lying ? Theme.gapHuge : Theme.gapLarge)
        width: frame.lying ? Math.round(frame.width * 0.34) - 2 * Theme.pageMargin : frame.width - 2 * Theme.pageMargin
        spacing: Theme.gapSmall

        Words {
            visible: text !== ""
            width: parent.width
            text: frame.step === "" ? frame.where : frame.where === "" ? frame.step : frame.where + "  ·  " + frame.step
            size: Words.Caption
            color: Theme.accentInk
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: frame.title
            size: Words.Title
        }

        Words {
            visible: text !== "" && !(frame.typing && frame.lying)
            width: parent.width
            text: frame.why
            quiet: true
        }
    }

    Flickable {
        id: view

        readonly property bool tall: contentHeight > height + 1

        function moveTo(y: real): void {
            travel.to = Math.max(0, Math.min(y, contentHeight - height));
            travel.restart();
        }

        transform: Translate {
            x: frame.shift
        }
        x: frame.lying ? brand.width + Theme.pageMargin - Theme.gapTight : Theme.pageMargin - Theme.gapTight
        y: frame.lying ? Theme.gapLarge : head.y + head.height + Theme.gapLarge
        width: frame.width - x - Theme.pageMargin + Theme.gapTight
        height: Math.max(0, foot.y - y - (tallRoom ? cues.height + Theme.gapSmall : Theme.gapSmall))
        // decided without the cues, so that showing them cannot flip it back
        readonly property bool tallRoom: contentHeight > foot.y - y - Theme.gapSmall && filler.children.length === 0
        contentWidth: width
        contentHeight: body.y + body.height + Theme.gapTight
        boundsBehavior: Flickable.StopAtBounds
        interactive: tall
        clip: tall
        visible: filler.children.length === 0

        Column {
            id: body

            x: Theme.gapTight
            y: frame.bodyCentred ? Math.max(Theme.gapTight, (foot.y - view.y - Theme.gapSmall - height) / 2) : Theme.gapTight
            width: view.width - 2 * Theme.gapTight
            spacing: Theme.gap
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
        transform: Translate {
            x: frame.shift
        }
        x: view.x + Theme.gapTight
        y: view.y
        width: view.width - 2 * Theme.gapTight
        height: foot.y - y - Theme.gapSmall
    }

    // how to see the rest: words, not a thin bar
    Row {
        id: cues

        visible: view.visible && view.tallRoom
        x: view.x + body.x
        anchors.bottom: foot.top
        width: body.width
        height: Theme.touchTarget
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "page-up"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            rank: ActionButton.Quiet
            topPadding: 0
            bottomPadding: 0
            enabled: !view.atYBeginning
            iconName: "chevron-up"
            text: qsTr("回到上面")
            onClicked: view.moveTo(view.contentY - 0.85 * view.height)
        }

        ActionButton {
            objectName: "page-down"
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            rank: ActionButton.Quiet
            topPadding: 0
            bottomPadding: 0
            enabled: !view.atYEnd
            iconName: "chevron-down"
            text: view.atYEnd ? qsTr("已到最后") : qsTr("下面还有")
            onClicked: view.moveTo(view.contentY + 0.85 * view.height)
        }
    }

    Item {
        id: foot

        readonly property bool needed: frame.backShown || frame.primaryText !== "" || frame.secondaryText !== ""

        x: frame.lying ? brand.width + Theme.pageMargin : Theme.pageMargin
        y: (frame.typing ? frame.height - frame.keyboardHeight : frame.lying ? frame.height : tools.y) - height
        width: frame.width - x - Theme.pageMargin
        height: needed ? Math.max(back.height, next.visible ? next.height : 0, other.visible ? other.height : 0) + 2 * Theme.gap : Theme.gap

        ActionButton {
            id: back

            objectName: "back"
            visible: frame.backShown
            y: Theme.gap
            height: Math.max(implicitHeight, next.visible ? next.implicitHeight : 0, other.visible ? other.implicitHeight : 0)
            rank: ActionButton.Secondary
            iconName: "arrow-left"
            text: qsTr("返回")
            onClicked: frame.backTapped()
        }

        ActionButton {
            id: other

            objectName: "secondary"
            visible: frame.secondaryText !== ""
            y: Theme.gap
            x: back.visible ? back.width + Theme.gap : 0
            width: next.visible ? Math.min(implicitWidth, (foot.width - x - Theme.gap) / 2) : foot.width - x
            height: back.height
            rank: ActionButton.Secondary
            iconName: frame.secondaryIcon
            text: frame.secondaryText
            onClicked: frame.secondaryTapped()
        }

        ActionButton {
            id: next

            objectName: "primary"
            visible: frame.primaryText !== ""
            y: Theme.gap
            x: other.visible ? other.x + other.width + Theme.gap : back.visible ? back.width + Theme.gap : 0
            width: foot.width - x
            height: Math.max(implicitHeight, other.visible ? other.implicitHeight : 0)
            text: frame.primaryText
            iconName: frame.primaryIcon
            iconLast: true
            reason: frame.primaryReason
            busy: frame.primaryBusy
            onClicked: frame.primaryTapped()
        }
    }

    Item {
        id: tools

        visible: !frame.typing
        y: frame.height - height
        width: frame.lying ? brand.width : frame.width
        height: Math.max(home.implicitHeight, language.implicitHeight, elder.implicitHeight, help.implicitHeight) + 2 * Theme.gapTight

        Rectangle {
            anchors.fill: parent
            anchors.rightMargin: frame.lying ? Theme.lineThin : 0
            color: Theme.surfaceRaised
        }

        Rectangle {
            width: parent.width
            height: Theme.lineThin
            color: Theme.line
        }

        Row {
            id: row

            readonly property int count: (frame.homeShown ? 1 : 0) + (frame.languageShown ? 1 : 0) + (frame.elderShown ? 1 : 0) + (frame.helpShown ? 1 : 0)
            readonly property real each: (width - 3 * spacing) / 4

            x: frame.lying ? Theme.gapSmall : Theme.pageMargin
            y: Theme.gapTight
            width: parent.width - 2 * x
            height: parent.height - 2 * Theme.gapTight
            spacing: Theme.touchGap

            UtilityButton {
                id: home

                objectName: "home"
                opacity: frame.homeShown ? 1 : 0
                enabled: frame.homeShown
                width: row.each
                height: row.height
                iconName: "house"
                text: qsTr("首页")
                onClicked: frame.homeTapped()
            }

            UtilityButton {
                id: language

                objectName: "language"
                opacity: frame.languageShown ? 1 : 0
                enabled: frame.languageShown
                width: row.each
                height: row.height
                iconName: "languages"
                // deliberately not translated: whoever looks for it reads one of the two
                text: Theme.language === "en" ? "中文" : "English"
                spoken: "Language 语言"
                onClicked: frame.languageTapped()
            }

            UtilityButton {
                id: elder

                objectName: "elder"
                opacity: frame.elderShown ? 1 : 0
                enabled: frame.elderShown
                width: row.each
                height: row.height
                iconName: "a-large-small"
                chosen: Theme.elder
                text: Theme.elder ? qsTr("标准字") : qsTr("大字")
                onClicked: frame.elderTapped()
            }

            UtilityButton {
                id: help

                objectName: "help"
                opacity: frame.helpShown ? 1 : 0
                enabled: frame.helpShown
                width: row.each
                height: row.height
                iconName: "circle-help"
                text: qsTr("帮助")
                onClicked: frame.helpTapped()
            }
        }
    }
}
