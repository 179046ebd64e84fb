import QtQuick
import ui.theme
import ui.controls
import ui.models

// How somebody wants to be shown and told things (展示和朗读): each touch counts at once, and is forgotten with them.
Sheet {
    id: panel

    required property ShellModel shell

    // two beside each other, where there is room
    readonly property bool paired: width > 280 * Theme.mm
    // louder and lower stand in one row with how loud it is
    readonly property int inset: Theme.elder ? Theme.gapSmall : Theme.gap

    iconName: "accessibility"
    title: qsTr("怎么看、怎么听")
    text: qsTr("点一下就变，只管您这一次。")
    widest: (paired ? 300 : 190) * Theme.mm

    Grid {
        id: choices

        readonly property real each: columns === 1 ? width : (width - spacing) / 2

        width: parent.width
        columns: panel.paired ? 2 : 1
        spacing: Theme.gapSmall

        ChoiceCard {
            objectName: "prefer-elder"
            width: choices.each
            multiple: true
            iconName: "a-large-small"
            text: qsTr("大字，一页只做一件事")
            chosen: panel.shell.elder
            onClicked: panel.shell.setElder(!panel.shell.elder)
        }

        ChoiceCard {
            objectName: "prefer-contrast"
            width: choices.each
            multiple: true
            iconName: "contrast"
            text: qsTr("黑白分明，看得更清")
            chosen: panel.shell.highContrast
            onClicked: panel.shell.setHighContrast(!panel.shell.highContrast)
        }

        ChoiceCard {
            id: reach

            objectName: "prefer-reach"
            width: choices.each
            height: panel.paired ? Math.max(reach.implicitHeight, speech.implicitHeight) : implicitHeight
            multiple: true
            iconName: "chevron-down"
            text: qsTr("按钮都放低，坐着也够得着")
            chosen: panel.shell.lowReach
            onClicked: panel.shell.setLowReach(!panel.shell.lowReach)
        }

        ChoiceCard {
            id: speech

            objectName: "prefer-speech"
            width: choices.each
            height: panel.paired ? Math.max(reach.implicitHeight, speech.implicitHeight) : implicitHeight
            multiple: true
            iconName: "volume-2"
            text: qsTr("读给我听，不读您的信息")
            chosen: panel.shell.spoken
            onClicked: panel.shell.setSpoken(!panel.shell.spoken)
        }

        Item {
            width: choices.each
            height: Math.max(Theme.touchComfort, loudness.implicitHeight)

            ActionButton {
                id: lower

                objectName: "volume-lower"
                width: Math.max(Theme.touchComfort, implicitWidth)
                height: parent.height
                rank: ActionButton.Secondary
                leftPadding: panel.inset
                rightPadding: panel.inset
                iconName: panel.paired && Theme.elder ? "" : "minus"
                // who cannot see would not find back from silence
                enabled: panel.shell.volume > (panel.shell.guided ? 1 : 0)
                Accessible.description: loudness.told
                text: qsTr("调低声音")
                onClicked: panel.shell.setVolume(panel.shell.volume - 1)
            }

            Words {
                id: loudness

                readonly property string told: qsTr("现在音量 %1，最大 %2").arg(panel.shell.volume).arg(panel.shell.loudest)

                objectName: "volume"
                x: lower.width + Theme.touchGap
                width: louder.x - Theme.touchGap - x
                anchors.verticalCenter: parent.verticalCenter
                horizontalAlignment: Text.AlignHCenter
                text: panel.shell.volume === 0 ? qsTr("静音") : qsTr("音量 %1").arg(panel.shell.volume)
            }

            ActionButton {
                id: louder

                objectName: "volume-louder"
                anchors.right: parent.right
                width: Math.max(Theme.touchComfort, implicitWidth)
                height: parent.height
                rank: ActionButton.Secondary
                leftPadding: panel.inset
                rightPadding: panel.inset
                iconName: panel.paired && Theme.elder ? "" : "plus"
                enabled: panel.shell.volume < panel.shell.loudest
                Accessible.description: loudness.told
                text: qsTr("调高声音")
                onClicked: panel.shell.setVolume(panel.shell.volume + 1)
            }
        }

        Row {
            id: paces

            readonly property real each: (width - 2 * spacing) / 3

            width: choices.each
            spacing: Theme.touchGap

            Segment {
                objectName: "pace-slow"
                width: paces.each
                text: qsTr("说慢点")
                chosen: panel.shell.pace === "slow"
                onClicked: panel.shell.setPace("slow")
            }

            Segment {
                objectName: "pace-usual"
                width: paces.each
                text: qsTr("正常说")
                chosen: panel.shell.pace === "usual"
                onClicked: panel.shell.setPace("usual")
            }

            Segment {
                objectName: "pace-quick"
                width: paces.each
                text: qsTr("说快点")
                chosen: panel.shell.pace === "quick"
                onClicked: panel.shell.setPace("quick")
            }
        }
    }

    ActionButton {
        objectName: "close-see-hear"
        width: parent.width
        text: qsTr("好了，继续办理")
        onClicked: panel.away()
    }
}
