import QtQuick
import ui.theme
import ui.controls

// Which device, and what to do with it: a picture of this machine with the device lit and the card, code, paper or slip
// on its way, what happens now in words, and where the device is.
Rectangle {
    id: prompt

    enum Device {
        IdReader,
        CardSlot,
        Scanner,
        DocumentCamera,
        Printer,
        Phone
    }

    enum Progress {
        Waiting,
        Reading,
        Done,
        Failed,
        Absent,
        Recovering
    }

    property int device: DevicePrompt.IdReader
    property int progress: DevicePrompt.Waiting
    // what to do or what happens now
    required property string text
    // a second sentence: what went wrong, what to try
    property string hint: ""
    // where the device is: "below", "above", "left" or "right" of the screen, and how far along that edge, 0 to 1
    property string side: ""
    property real along: 0.5
    // what was given is taken back
    property bool leaving: false
    // beside others: a small picture and words
    property bool brief: false
    // on a low screen: the picture at the left of the words
    property bool beside: false
    property real sceneHeight: Math.min(96 * Theme.mm, width * 0.46)

    readonly property bool gone: progress === DevicePrompt.Absent || progress === DevicePrompt.Recovering
    readonly property color ink: gone ? Theme.textQuiet : progress === DevicePrompt.Failed ? Theme.critical : leaving ? Theme.caution : progress === DevicePrompt.Done ? Theme.positive : Theme.accentInk
    readonly property string place: gone ? "" : whereabouts()
    readonly property string said: [text, place, hint].filter(part => part !== "").join(" ")

    // said when it comes and when it changes: a card is read, paper is out (WCAG 2.2, 4.1.3)
    function tell(): void {
        if (visible && (!brief || gone))
            Announcer.tell([text, place, hint]);
    }

    function whereabouts(): string {
        const third = along < 0.34 ? 0 : along > 0.66 ? 2 : 1;
        switch (side) {
        case "below":
            return [qsTr("在屏幕下方，偏左"), qsTr("在屏幕正下方"), qsTr("在屏幕下方，偏右")][third];
        case "above":
            return [qsTr("在屏幕上方，偏左"), qsTr("在屏幕正上方"), qsTr("在屏幕上方，偏右")][third];
        case "left":
            return [qsTr("在屏幕左边，偏上"), qsTr("在屏幕左边"), qsTr("在屏幕左边，偏下")][third];
        case "right":
            return [qsTr("在屏幕右边，偏上"), qsTr("在屏幕右边"), qsTr("在屏幕右边，偏下")][third];
        default:
            return "";
        }
    }

    implicitWidth: 240 * Theme.mm
    implicitHeight: brief || beside ? Math.max(scene.height + 2 * (brief ? Theme.gapSmall : Theme.gap), words.height + 2 * Theme.cardPadding) : scene.height + 3 * Theme.gap + words.height + Theme.cardPadding
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: said
    onSaidChanged: Qt.callLater(tell)
    onVisibleChanged: Qt.callLater(tell)
    Component.onCompleted: Qt.callLater(tell)

    Rectangle {
        visible: !prompt.brief
        x: Theme.lineThin
        y: Theme.lineThin
        width: prompt.beside ? scene.width + 2 * Theme.gap : parent.width - 2 * Theme.lineThin
        height: prompt.beside ? parent.height - 2 * y : scene.height + 2 * scene.y
        radius: Theme.radiusLarge
        color: scene.tint
    }

    DeviceScene {
        id: scene

        x: prompt.brief ? Theme.cardPadding : Theme.gap
        y: prompt.brief ? Theme.gapSmall : Theme.gap
        width: prompt.brief ? Math.round(1.2 * height) : prompt.beside ? Math.round(0.56 * parent.width) : parent.width - 2 * x
        height: Math.round(prompt.brief ? 30 * Theme.mm : prompt.beside ? Math.min(64 * Theme.mm, prompt.sceneHeight) : prompt.sceneHeight)
        device: prompt.device
        progress: prompt.progress
        leaving: prompt.leaving
        machineShown: !prompt.brief && width > 2 * height
    }

    Column {
        id: words

        x: prompt.brief || prompt.beside ? scene.x + scene.width + 2 * Theme.gap : Theme.cardPadding
        y: prompt.brief || prompt.beside ? (parent.height - height) / 2 : scene.height + 2 * scene.y + Theme.gap
        width: parent.width - x - Theme.cardPadding
        spacing: Theme.gapTight

        Words {
            width: parent.width
            text: Theme.kept(prompt.text)
            size: prompt.brief ? Words.Body : Words.Heading
            strong: true
            color: prompt.progress === DevicePrompt.Waiting && !prompt.leaving ? Theme.text : prompt.ink
            Accessible.ignored: true
        }

        Item {
            visible: prompt.place !== ""
            width: parent.width
            height: where.height

            Icon {
                id: arrow

                name: "arrow-big-up"
                size: Theme.iconSmall
                y: (Theme.bodySize * 1.45 - height) / 2
                rotation: ["above", "right", "below", "left"].indexOf(prompt.side) * 90
                colour: prompt.ink
            }

            Words {
                id: where

                anchors.left: arrow.right
                anchors.leftMargin: Theme.gapSmall
                anchors.right: parent.right
                text: prompt.place
                color: prompt.ink
                Accessible.ignored: true
            }
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: Theme.kept(prompt.hint)
            size: prompt.brief ? Words.Caption : Words.Body
            quiet: true
            Accessible.ignored: true
        }
    }
}
