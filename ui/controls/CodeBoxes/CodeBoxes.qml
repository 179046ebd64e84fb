pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A code digit by digit, each in its box; the digits come from a DigitPad.
Item {
    id: boxes

    property string code: ""
    property int count: 6
    property string problem: ""

    implicitWidth: 150 * Theme.mm
    implicitHeight: parts.implicitHeight
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("已输入 %1 位，共 %2 位").arg(code.length).arg(count)

    Column {
        id: parts

        width: parent.width
        spacing: Theme.gapSmall

        Row {
            id: line

            spacing: Theme.gapSmall

            Repeater {
                model: boxes.count

                Rectangle {
                    id: box

                    required property int index
                    readonly property bool next: index === boxes.code.length

                    width: Math.min(Theme.touchComfort * 1.1, (boxes.width - (boxes.count - 1) * line.spacing) / boxes.count)
                    height: Theme.touchComfort * 1.15
                    radius: Theme.radius
                    color: Theme.surfaceRaised
                    border.width: next || boxes.problem !== "" ? Theme.lineThick : Theme.lineThin
                    border.color: boxes.problem !== "" ? Theme.critical : next ? Theme.accentInk : Theme.outline

                    Words {
                        anchors.centerIn: parent
                        text: boxes.code.charAt(box.index)
                        size: Words.Title
                        Accessible.ignored: true
                    }
                }
            }
        }

        Problem {
            width: parent.width
            text: boxes.problem
        }
    }
}
