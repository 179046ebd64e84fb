pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// An address by division, one level after the other. Each level is a list model with the roles code, title and chosen;
// a level with a choice folds up to it and opens again when it is tapped.
Item {
    id: picker

    property alias first: province.choices
    property alias second: city.choices
    property alias third: district.choices
    // the level being chosen again although it has a choice; -1: none
    property int reopened: -1

    signal picked(string code)

    implicitWidth: 200 * Theme.mm
    implicitHeight: parts.implicitHeight

    component Level: Grid {
        id: level

        required property int depth
        required property Level next
        property alias choices: repeater.model
        readonly property int amount: repeater.count
        readonly property bool folded: next !== null && next.amount > 0 && picker.reopened !== depth

        visible: amount > 0 && (picker.reopened < 0 || picker.reopened >= depth)
        columns: folded ? 1 : Math.max(1, Math.min(3, Math.floor(width / ((Theme.elder ? 84 : 58) * Theme.mm))))
        spacing: Theme.gapSmall

        Repeater {
            id: repeater

            TouchTarget {
                id: choice

                required property string code
                required property string title
                required property bool chosen

                objectName: "division-" + code
                visible: chosen || !level.folded
                width: level.folded ? level.width : (level.width - (level.columns - 1) * level.spacing) / level.columns
                height: Math.max(Theme.touchComfort, name.implicitHeight + 2 * Theme.gapSmall)
                text: title
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                background: Rectangle {
                    radius: Theme.radius
                    color: choice.down || choice.chosen ? Theme.accentQuiet : Theme.surfaceRaised
                    border.width: choice.chosen ? Theme.lineThick : Theme.lineThin
                    border.color: choice.chosen ? Theme.accentInk : Theme.outline

                    FocusRing {
                        shown: choice.visualFocus
                    }
                }
                contentItem: Item {
                    Words {
                        id: name

                        anchors.verticalCenter: parent.verticalCenter
                        x: level.folded ? Theme.gap : Theme.gapSmall
                        width: parent.width - 2 * x - (level.folded ? pen.width : 0)
                        horizontalAlignment: level.folded ? Text.AlignLeft : Text.AlignHCenter
                        text: choice.text
                        strong: choice.chosen
                        Accessible.ignored: true
                    }

                    Icon {
                        id: pen

                        visible: level.folded
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gap
                        anchors.verticalCenter: parent.verticalCenter
                        name: "pencil"
                        size: Theme.iconSmall
                        colour: Theme.accentInk
                    }
                }
                onClicked: {
                    if (level.folded) {
                        picker.reopened = level.depth;
                    } else {
                        picker.reopened = -1;
                        picker.picked(code);
                    }
                }
            }
        }
    }

    Column {
        id: parts

        width: parent.width
        spacing: Theme.gap

        Level {
            id: province

            width: parent.width
            depth: 0
            next: city
        }

        Level {
            id: city

            width: parent.width
            depth: 1
            next: district
        }

        Level {
            id: district

            width: parent.width
            depth: 2
            next: null
        }
    }
}
