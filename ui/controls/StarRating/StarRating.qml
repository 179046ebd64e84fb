pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// How it went (好差评): five faces, each with its word. The page keeps the level, from 1 (worst) to 5; 0: none yet.
Item {
    id: rating

    property int level: 0
    readonly property list<string> faces: ["laugh", "smile", "meh", "frown", "angry"]
    readonly property list<string> names: [qsTr("非常满意"), qsTr("满意"), qsTr("基本满意"), qsTr("不满意"), qsTr("非常不满意")]
    // one below the other, where there is the height for it
    property bool upright: false
    readonly property bool stacked: upright || width < 5 * (Theme.elder ? 62 : 38) * Theme.mm

    signal rated(int level)

    implicitWidth: 240 * Theme.mm
    implicitHeight: grid.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("请为这次服务评价")

    Grid {
        id: grid

        columns: rating.stacked ? 1 : 5
        spacing: rating.upright ? Theme.gap : Theme.gapSmall

        Repeater {
            model: 5

            TouchTarget {
                id: face

                required property int index
                readonly property int mine: 5 - index
                readonly property bool chosen: rating.level === mine

                objectName: "rating-" + mine
                width: rating.stacked ? rating.width : (rating.width - 4 * grid.spacing) / 5
                height: rating.stacked ? Theme.touchComfort * (rating.upright && !Theme.elder ? 1.9 : 1.1) : Theme.iconLarge * 2 + Theme.captionSize * 3.6 + 5 * Theme.gap
                text: rating.names[index]
                Accessible.role: Accessible.RadioButton
                Accessible.checkable: true
                Accessible.checked: chosen
                background: Rectangle {
                    radius: Theme.radiusLarge
                    color: face.chosen || face.down ? Theme.accentQuiet : Theme.surfaceRaised
                    border.width: face.chosen ? Theme.lineThick : Theme.lineThin
                    border.color: face.chosen ? Theme.accentInk : Theme.outline

                    FocusRing {
                        shown: face.visualFocus
                        around: Theme.radiusLarge
                    }
                }
                contentItem: Item {
                    Icon {
                        id: picture

                        x: rating.stacked ? Theme.gapLarge : (parent.width - width) / 2
                        y: rating.stacked ? (parent.height - height) / 2 : (parent.height - height - Theme.gapSmall - name.height) / 2
                        name: rating.faces[face.index]
                        size: rating.stacked ? Math.round(Theme.iconLarge * (rating.upright && !Theme.elder ? 1.4 : 1)) : Math.round(Theme.iconLarge * 1.9)
                        colour: face.chosen ? Theme.accentInk : Theme.textQuiet
                    }

                    Words {
                        id: name

                        x: rating.stacked ? picture.x + picture.width + Theme.gap : Theme.gapTight
                        y: rating.stacked ? (parent.height - height) / 2 : picture.y + picture.height + Theme.gapSmall
                        width: parent.width - x - Theme.gapTight
                        horizontalAlignment: rating.stacked ? Text.AlignLeft : Text.AlignHCenter
                        text: face.text
                        size: rating.stacked ? Words.Heading : Words.Caption
                        strong: face.chosen
                        color: face.chosen ? Theme.accentInk : Theme.text
                        Accessible.ignored: true
                    }
                }
                onClicked: rating.rated(mine)
            }
        }
    }
}
