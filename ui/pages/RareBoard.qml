pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What somebody knows of a rare character: its parts by their strokes, its sound, or its code.
Item {
    id: board

    enum Way {
        Parts,
        Sound,
        Code
    }

    required property RareModel rare
    // parts are seen, sounds are heard
    property int way: Theme.guided ? RareBoard.Sound : RareBoard.Parts
    readonly property int across: Math.max(5, Math.floor((width + Theme.touchGap) / (16 * Theme.mm + Theme.touchGap)))
    readonly property int down: Math.max(1, Math.floor((height - turning.height) / (14 * Theme.mm + Theme.touchGap)))

    Row {
        id: turning

        visible: board.way === RareBoard.Parts
        width: parent.width
        height: visible ? Theme.touchTarget : 0
        spacing: Theme.touchGap

        Repeater {
            id: tabs

            model: board.rare.tabs

            KeyButton {
                required property int strokes
                required property bool usable

                objectName: "strokes-" + strokes
                width: (turning.width - (tabs.count + 1) * turning.spacing) / (tabs.count + 2)
                enabled: usable
                filled: board.rare.strokes === strokes
                text: strokes === 8 ? "8+" : strokes
                spoken: qsTr("%1 画的部件").arg(text)
                onClicked: board.rare.showStrokes(strokes)
            }
        }

        KeyButton {
            objectName: "parts-before"
            width: (turning.width - (tabs.count + 1) * turning.spacing) / (tabs.count + 2)
            iconName: "chevron-left"
            spoken: qsTr("前一页部件")
            enabled: board.rare.fewerParts
            onClicked: board.rare.turnParts(-1)
        }

        KeyButton {
            objectName: "parts-after"
            width: (turning.width - (tabs.count + 1) * turning.spacing) / (tabs.count + 2)
            iconName: "chevron-right"
            spoken: qsTr("后一页部件")
            enabled: board.rare.moreParts
            onClicked: board.rare.turnParts(1)
        }
    }

    Grid {
        id: keys

        readonly property int lines: board.way === RareBoard.Parts ? board.down : 3
        readonly property real keyWidth: (width - (columns - 1) * spacing) / columns
        readonly property real keyHeight: (height - (lines - 1) * spacing) / lines

        y: turning.height + (turning.visible ? spacing : 0)
        width: parent.width
        height: parent.height - y
        columns: board.way === RareBoard.Parts ? board.across : board.way === RareBoard.Sound ? 9 : 6
        spacing: Theme.touchGap

        Repeater {
            model: board.way === RareBoard.Parts ? board.rare.parts : null

            KeyButton {
                required property string character

                objectName: "part-" + character
                width: keys.keyWidth
                height: keys.keyHeight
                large: true
                text: character
                onClicked: board.rare.choosePart(character)
            }
        }

        Repeater {
            model: board.way === RareBoard.Sound ? "abcdefghijklmnopqrstuvwxyz".split("") : board.way === RareBoard.Code ? "0123456789ABCDEF".split("") : []

            KeyButton {
                required property string modelData

                objectName: "rare-key-" + modelData
                width: keys.keyWidth
                height: keys.keyHeight
                text: modelData === "v" && board.way === RareBoard.Sound ? "ü" : modelData
                onClicked: {
                    if (board.way === RareBoard.Sound)
                        board.rare.typeSound(modelData);
                    else
                        board.rare.typeCode(modelData);
                }
            }
        }
    }
}
