import QtQuick
import ui.theme
import ui.controls

// The frame of every page: who serves, where we are, what is asked and why; below it the answer and what happens next;
// at the bottom, always in the same corners, back, the one primary action, and the five tools.
// In low reach (低位操作) what can be touched is in the lower half, and what is only read stands above it.
Rectangle {
    id: frame

    // who serves
    property string cityName: ""
    property url crest: ""
    // kept free at the end of the line for what a page puts there
    property real cornerRoom: 0
    // kept free at the top of the lower half for what a page puts there in low reach
    property real reachRoom: 0
    // what is being spoken
    property string caption: ""
    // where we are
    property string where: ""
    property string step: ""
    property string stepCount: ""
    property real progress: -1
    // what is asked, why, and what happens next
    property string title: ""
    property string why: ""
    property string next: ""
    // what can be done
    property alias primaryText: foot.primaryText
    property alias primaryIcon: foot.primaryIcon
    property alias primaryReason: foot.primaryReason
    property alias primaryBusy: foot.primaryBusy
    property alias secondaryText: foot.secondaryText
    property alias secondaryIcon: foot.secondaryIcon
    property alias backShown: foot.backShown
    property alias homeShown: tools.homeShown
    property alias languageShown: tools.languageShown
    property alias elderShown: tools.elderShown
    property alias seeHearShown: tools.seeHearShown
    property alias helpShown: tools.helpShown
    // the answer: children stand below each other and scroll when they are taller than the room
    default property alias content: body.content
    property alias bodySpacing: body.spacing
    property alias bodyCentred: body.centred
    // what words of offices on the page mean, a sentence each
    property alias footnotes: body.footnotes
    // shown in place of the scrolling body, as large as the room; for camera, signature, pictures
    property alias filling: body.filling

    readonly property bool lying: width > 1.45 * height
    readonly property real keyboardHeight: Theme.keyboardHeight
    readonly property bool typing: keyboardHeight > 0
    readonly property real bodyWidth: body.bodyWidth
    readonly property real bodyHeight: body.bodyHeight
    // the side of a lying screen, between who serves and the tools
    readonly property real sideWidth: lying ? Math.round((Theme.elder ? 0.4 : 0.34) * width) : width
    readonly property real bandTop: brand.height
    readonly property real bandBottom: tools.y
    // around what is asked: a low screen has little room for large words
    readonly property int airing: Theme.elder && !lying && width > height ? Theme.gap : Theme.gapLarge
    // nothing that can be touched stands above it
    readonly property real reachTop: Theme.lowReach ? Math.ceil(height / 2) : 0
    // there is room for the answer between the half and the keyboard
    readonly property bool reached: Theme.lowReach && !(typing && foot.y - reachTop < 3 * Theme.touchComfort)
    // the words stand at the side of the answer, else above it
    readonly property bool aside: lying && !Theme.lowReach

    // the side has no room for what happens next: it stands above what can be done, as it does on an upright screen
    readonly property bool crowded: aside && head.y + head.height + Theme.gap + 4.5 * Theme.captionSize > tools.y
    readonly property bool overfull: aside && head.y + head.height + Theme.gapTight > tools.y
    readonly property bool nextAside: lying && !crowded

    // how far what is asked still is from its place; what stands around it does not move
    property real shift: 0

    signal primaryTapped
    signal secondaryTapped
    signal backTapped
    signal homeTapped
    signal languageTapped
    signal elderTapped
    signal seeHearTapped
    signal helpTapped

    // come in after another page, whose progress was `before`
    function arrive(before: real): void {
        if (before >= 0 && progress >= 0)
            brand.moveFrom(before);
        arriving.restart();
    }

    // scroll so that `item`, a child of the body, can be seen whole
    function reveal(item: Item): void {
        body.reveal(item);
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
        width: frame.sideWidth
        height: parent.height
        color: Theme.surfaceRaised

        Rectangle {
            anchors.right: parent.right
            width: Theme.lineThin
            height: parent.height
            color: Theme.line
        }
    }

    FrameHead {
        id: head

        readonly property real highest: frame.lying && !frame.aside ? Theme.gapLarge : brand.height + (frame.aside ? Theme.gapHuge : frame.airing)

        transform: Translate {
            x: frame.aside ? 0 : frame.shift
        }
        x: frame.lying && !frame.aside ? frame.sideWidth + Theme.pageMargin : Theme.pageMargin
        y: Theme.lowReach ? Math.max(highest, body.y - Theme.gapLarge - height) : highest
        width: (frame.aside ? frame.sideWidth : frame.width - x + Theme.pageMargin) - 2 * Theme.pageMargin
        where: frame.where
        step: frame.step
        stepCount: frame.lying ? frame.stepCount : ""
        title: frame.title
        why: frame.why
        whyShown: !(frame.typing && (frame.width > frame.height || Theme.lowReach))
        next: Theme.lowReach && !frame.typing ? frame.next : ""
    }

    ScrollBody {
        id: body

        readonly property real wordsEnd: frame.aside ? Theme.gapLarge : head.highest + head.height + frame.airing

        transform: Translate {
            x: frame.shift
        }
        x: (frame.lying ? frame.sideWidth : 0) + Theme.pageMargin - Theme.gapTight
        y: frame.reached ? Math.max(frame.reachTop + frame.reachRoom, wordsEnd) : wordsEnd
        width: frame.width - x - Theme.pageMargin + Theme.gapTight
        height: Math.max(0, (onward.visible && !frame.nextAside ? onward.y : foot.y) - y - Theme.gapSmall)
    }

    // what happens next: above what can be done, or at the side of a lying screen
    FrameNext {
        id: onward

        visible: text !== "" && !frame.typing && !Theme.lowReach
        x: (frame.lying && !frame.nextAside ? frame.sideWidth : 0) + Theme.pageMargin
        y: frame.nextAside ? tools.y - height - Theme.gap : foot.y - height + Theme.gapTight
        width: frame.nextAside ? frame.sideWidth - 2 * Theme.pageMargin : frame.width - x - Theme.pageMargin
        text: frame.next
    }

    FrameFoot {
        id: foot

        x: (frame.lying ? frame.sideWidth : 0) + Theme.pageMargin
        y: (frame.typing ? frame.height - frame.keyboardHeight : frame.lying ? frame.height : tools.y) - height
        width: frame.width - x - Theme.pageMargin
        onPrimaryTapped: frame.primaryTapped()
        onSecondaryTapped: frame.secondaryTapped()
        onBackTapped: frame.backTapped()
    }

    FrameTools {
        id: tools

        visible: !frame.typing
        y: frame.height - height
        width: frame.sideWidth
        narrow: frame.lying
        onHomeTapped: frame.homeTapped()
        onLanguageTapped: frame.languageTapped()
        onElderTapped: frame.elderTapped()
        onSeeHearTapped: frame.seeHearTapped()
        onHelpTapped: frame.helpTapped()
    }

    // last: what is spoken stands over a basket in the corner
    FrameBrand {
        id: brand

        width: frame.sideWidth
        plain: frame.lying
        cityName: frame.cityName
        crest: frame.crest
        cornerText: frame.lying ? "" : frame.stepCount
        cornerRoom: frame.cornerRoom
        caption: frame.caption
        progress: frame.progress
    }
}
