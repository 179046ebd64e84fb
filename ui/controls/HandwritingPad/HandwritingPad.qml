pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// Write one character with a finger, then touch it among the candidates. Undo takes one stroke, delete the character
// before the cursor. Nothing on it takes the focus: the field that is written in keeps it.
Item {
    id: pad

    // list model with the role `character`
    property alias candidates: repeater.model
    // in place of candidates: why there are none
    property string message: ""
    readonly property int strokeCount: sheet.strokeCount

    signal strokeBegun
    signal pointAdded(int x, int y)
    signal strokeEnded
    signal undone
    signal cleared
    signal chosen(string character)
    signal deleted

    function clear(): void {
        sheet.clear();
        cleared();
    }

    implicitWidth: 260 * Theme.mm
    implicitHeight: 92 * Theme.mm

    component Tool: KeyButton {
        width: tools.width
        height: (tools.height - 3 * tools.spacing) / 4
    }

    Rectangle {
        id: paper

        width: Math.min(pad.width * 0.35, 1.15 * height)
        height: parent.height
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: sheet.pressed ? Theme.lineThick : Theme.lineThin
        border.color: sheet.pressed ? Theme.accentInk : Theme.outline

        Rectangle {
            anchors.centerIn: parent
            width: parent.width * 0.86
            height: Theme.lineThin
            color: Theme.line
        }

        Rectangle {
            anchors.centerIn: parent
            width: Theme.lineThin
            height: parent.height * 0.86
            color: Theme.line
        }

        Words {
            visible: sheet.strokeCount === 0
            anchors.centerIn: parent
            width: parent.width - 2 * Theme.gap
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("在这里用手指写一个字")
            quiet: true
            Accessible.ignored: true
        }

        InkSheet {
            id: sheet

            objectName: "handwriting-sheet"
            anchors.fill: parent
            anchors.margins: Theme.lineThick
            inkWidth: Math.round(2 * Theme.mm)
            Accessible.role: Accessible.Canvas
            Accessible.name: qsTr("在这里用手指写一个字")
            onStrokeBegun: pad.strokeBegun()
            onPointAdded: (x, y) => pad.pointAdded(x, y)
            onStrokeEnded: pad.strokeEnded()
        }
    }

    Column {
        id: tools

        anchors.right: parent.right
        width: 44 * Theme.mm
        height: parent.height
        spacing: Theme.touchGap

        Tool {
            objectName: "handwriting-undo"
            iconName: "undo-2"
            text: qsTr("撤销一笔")
            enabled: sheet.strokeCount > 0
            onClicked: {
                sheet.undo();
                pad.undone();
            }
        }

        Tool {
            objectName: "handwriting-clear"
            iconName: "refresh-cw"
            text: qsTr("重写")
            enabled: sheet.strokeCount > 0
            onClicked: pad.clear()
        }

        Tool {
            objectName: "handwriting-dot"
            text: "·"
            spoken: qsTr("姓名中间的圆点")
            onClicked: pad.chosen("·")
        }

        Tool {
            objectName: "handwriting-delete"
            iconName: "delete"
            text: qsTr("删除")
            spoken: qsTr("删除前一个字")
            autoRepeat: true
            onClicked: pad.deleted()
        }
    }

    Item {
        id: middle

        anchors.left: paper.right
        anchors.right: tools.left
        anchors.leftMargin: Theme.gap
        anchors.rightMargin: Theme.gap
        height: parent.height

        Grid {
            id: grid

            readonly property int across: Math.max(2, Math.min(5, Math.floor((width + spacing) / (20 * Theme.mm + spacing))))
            readonly property int down: Math.max(1, Math.min(Math.ceil(repeater.count / across), Math.floor((height + spacing) / (20 * Theme.mm + spacing))))

            anchors.fill: parent
            columns: across
            spacing: Theme.touchGap

            Repeater {
                id: repeater

                KeyButton {
                    required property int index
                    required property string character

                    objectName: "candidate-" + index
                    visible: index < grid.across * grid.down
                    width: (grid.width - (grid.across - 1) * grid.spacing) / grid.across
                    height: (grid.height - (grid.down - 1) * grid.spacing) / grid.down
                    text: character
                    large: true
                    filled: index === 0
                    onClicked: {
                        pad.chosen(character);
                        pad.clear();
                    }
                }
            }
        }

        Words {
            visible: repeater.count === 0
            anchors.centerIn: parent
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: pad.message !== "" ? pad.message : qsTr("写好后，点选您要的字")
            quiet: true
        }
    }
}
