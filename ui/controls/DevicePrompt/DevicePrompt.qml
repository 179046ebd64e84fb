import QtQuick
import ui.theme
import ui.controls

// Which device, and what to do with it: a picture of the machine's part with the card, code, paper or slip moving to
// its place, what happens now in words, and below it what else can be done.
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
        Failed
    }

    property int device: DevicePrompt.IdReader
    property int progress: DevicePrompt.Waiting
    // what to do or what happens now
    required property string text
    // a second sentence: where the device is, what went wrong, what to try
    property string hint: ""

    readonly property color ink: progress === DevicePrompt.Done ? Theme.positive : progress === DevicePrompt.Failed ? Theme.critical : Theme.accentInk

    implicitWidth: 240 * Theme.mm
    implicitHeight: scene.height + words.implicitHeight + 2 * Theme.cardPadding + Theme.gapLarge
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: text + (hint === "" ? "" : " " + hint)

    Rectangle {
        id: scene

        x: Theme.lineThin
        y: Theme.lineThin
        width: parent.width - 2 * Theme.lineThin
        height: Math.round(Math.min(96 * Theme.mm, width * 0.46))
        radius: Theme.radiusLarge
        color: prompt.progress === DevicePrompt.Done ? Theme.positiveQuiet : prompt.progress === DevicePrompt.Failed ? Theme.criticalQuiet : Theme.accentQuiet

        DeviceScene {
            anchors.centerIn: parent
            height: parent.height * 0.86
            width: height * 1.6
            device: prompt.device
            moving: prompt.progress === DevicePrompt.Waiting
            arrived: prompt.progress === DevicePrompt.Reading || prompt.progress === DevicePrompt.Done
            ink: prompt.ink
        }
    }

    Item {
        id: words

        x: Theme.cardPadding
        y: scene.height + Theme.gapLarge
        width: parent.width - 2 * Theme.cardPadding
        implicitHeight: texts.implicitHeight

        Item {
            id: sign

            width: Theme.icon
            height: Theme.headingSize * 1.45

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                running: prompt.progress === DevicePrompt.Reading
            }

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: prompt.progress !== DevicePrompt.Reading
                name: prompt.progress === DevicePrompt.Done ? "circle-check" : prompt.progress === DevicePrompt.Failed ? "circle-alert" : "hand"
                colour: prompt.ink
            }
        }

        Column {
            id: texts

            anchors.left: sign.right
            anchors.leftMargin: Theme.gap
            anchors.right: parent.right
            spacing: Theme.gapTight

            Words {
                width: parent.width
                text: prompt.text
                size: Words.Heading
                color: prompt.progress === DevicePrompt.Waiting ? Theme.text : prompt.ink
                Accessible.ignored: true
            }

            Words {
                visible: text !== ""
                width: parent.width
                text: prompt.hint
                quiet: true
                Accessible.ignored: true
            }
        }
    }
}
