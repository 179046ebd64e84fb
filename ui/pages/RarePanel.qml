pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Rare characters in the keyboard's place: what is known of one at the left, what it may be at the right.
Item {
    id: panel

    readonly property int parts: board.across * board.down
    readonly property int characters: results.across * results.down

    implicitWidth: 260 * Theme.mm
    implicitHeight: 92 * Theme.mm
    onPartsChanged: rare.fit(parts, characters)
    onCharactersChanged: rare.fit(parts, characters)
    Component.onCompleted: rare.fit(parts, characters)

    RareModel {
        id: rare
    }

    Row {
        id: ways

        spacing: Theme.touchGap

        Repeater {
            model: [qsTr("按部件"), qsTr("按读音"), qsTr("按编码")]

            KeyButton {
                required property int index
                required property string modelData

                objectName: "rare-way-" + index
                width: 31 * Theme.mm
                text: modelData
                filled: board.way === index
                onClicked: board.way = index
            }
        }
    }

    Row {
        id: asked

        anchors.left: ways.right
        anchors.right: tools.left
        anchors.leftMargin: Theme.gap
        spacing: Theme.touchGap
        clip: true

        Repeater {
            model: rare.chosen

            KeyButton {
                required property int index
                required property string modelData

                objectName: "chosen-" + index
                text: modelData
                iconName: "x"
                spoken: qsTr("去掉 %1").arg(modelData)
                onClicked: rare.dropPart(index)
            }
        }

        Words {
            visible: text !== ""
            height: Theme.touchTarget
            verticalAlignment: Text.AlignVCenter
            font.pixelSize: Math.min(Theme.bodySize, 7.5 * Theme.mm)
            text: [rare.sound, rare.code === "" ? "" : "U+" + rare.code].filter(each => each !== "").join("  ")
        }
    }

    Row {
        id: tools

        anchors.right: parent.right
        spacing: Theme.touchGap

        KeyButton {
            objectName: "rare-clear"
            width: 31 * Theme.mm
            iconName: "refresh-cw"
            text: qsTr("重找")
            enabled: rare.asked
            onClicked: rare.clear()
        }

        KeyButton {
            objectName: "rare-delete"
            width: 31 * Theme.mm
            iconName: "delete"
            text: qsTr("删除")
            spoken: rare.asked ? qsTr("去掉最后一个部件或字母") : qsTr("删除前一个字")
            onClicked: rare.back()
        }
    }

    RareBoard {
        id: board

        y: ways.height + Theme.touchGap
        width: parent.width * 0.56
        height: parent.height - y
        rare: rare
    }

    Item {
        id: results

        readonly property int across: Math.max(2, Math.floor((width + Theme.touchGap) / (20 * Theme.mm + Theme.touchGap)))
        readonly property int down: Math.max(1, Math.floor((height - turning.height) / (20 * Theme.mm + Theme.touchGap)))
        readonly property real cellWidth: (width - (across - 1) * Theme.touchGap) / across
        readonly property real cellHeight: (height - turning.height - down * Theme.touchGap) / down

        anchors.left: board.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gap
        y: board.y
        height: board.height

        Grid {
            columns: results.across
            spacing: Theme.touchGap

            Repeater {
                id: found

                model: rare.found

                KeyButton {
                    required property int index
                    required property string character
                    required property string sound

                    objectName: "found-" + index
                    width: results.cellWidth
                    height: results.cellHeight
                    large: true
                    filled: index === 0
                    text: character
                    caption: sound
                    spoken: Theme.guided ? rare.told(character) : character
                    onClicked: rare.choose(character)
                }
            }
        }

        Words {
            visible: found.count === 0
            width: parent.width
            height: parent.height - turning.height
            verticalAlignment: Text.AlignVCenter
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Math.min(Theme.bodySize, 7.5 * Theme.mm)
            quiet: true
            text: rare.unusable ? qsTr("生僻字暂时不能查，请找工作人员") : rare.asked ? qsTr("没有找到。请去掉一个部件，或换一种查法") : board.way === RareBoard.Parts ? qsTr("点选字里的部件，例如 龙 和 天") : board.way === RareBoard.Sound ? qsTr("输入拼音，不用声调") : qsTr("输入四位或五位编码，例如 4DAE")
        }

        Row {
            id: turning

            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.touchTarget
            spacing: Theme.touchGap

            KeyButton {
                objectName: "found-before"
                width: (parent.width - parent.spacing) / 2
                iconName: "chevron-left"
                text: qsTr("前一页")
                enabled: rare.fewerFound
                onClicked: rare.turnFound(-1)
            }

            KeyButton {
                objectName: "found-after"
                width: (parent.width - parent.spacing) / 2
                iconName: "chevron-right"
                text: qsTr("后一页")
                enabled: rare.moreFound
                onClicked: rare.turnFound(1)
            }
        }
    }
}
