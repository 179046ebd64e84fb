pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The invitation on the colour of the city: what this machine does, how a visit goes, and where to touch.
Rectangle {
    id: hero

    property bool upright: false
    property bool lying: false

    signal started

    implicitHeight: lying ? 0 : invitation.height + 2 * invitation.y
    radius: lying ? 0 : Theme.radiusLarge
    color: Theme.accent

    Grid {
        id: invitation

        readonly property real half: columns === 1 ? width : (width - columnSpacing) / 2

        x: hero.lying ? Theme.pageMargin : Theme.gapLarge
        y: hero.lying ? Math.max(Theme.gap, (hero.height - height) / 2) : hero.upright ? Theme.gapHuge : Theme.gapLarge
        width: parent.width - 2 * x
        columns: hero.upright || hero.lying || Theme.elder ? 1 : 2
        columnSpacing: Theme.gapLarge
        rowSpacing: hero.upright || hero.lying && !Theme.elder ? Theme.gapHuge : Theme.gap
        verticalItemAlignment: Grid.AlignVCenter

        Column {
            width: invitation.half
            spacing: Theme.gapSmall

            Words {
                width: parent.width
                size: hero.upright || hero.lying && !Theme.elder ? Words.Display : Words.Title
                color: Theme.accentText
                text: qsTr("一件事，一次办好")
            }

            Words {
                width: parent.width
                color: Theme.accentText
                text: qsTr("带上身份证，答几个问题，几分钟办完，当场拿回执。")
            }
        }

        Grid {
            id: steps

            visible: (hero.upright || hero.lying) && !Theme.elder
            width: invitation.half
            columns: hero.lying ? 1 : 3
            spacing: hero.lying ? Theme.gapLarge : Theme.gap

            AttractStep {
                width: steps.columns === 1 ? steps.width : (steps.width - 2 * steps.spacing) / 3
                beside: hero.lying
                number: "1"
                iconName: "id-card"
                text: qsTr("刷身份证")
            }

            AttractStep {
                width: steps.columns === 1 ? steps.width : (steps.width - 2 * steps.spacing) / 3
                beside: hero.lying
                number: "2"
                iconName: "list"
                text: qsTr("答几个问题")
            }

            AttractStep {
                width: steps.columns === 1 ? steps.width : (steps.width - 2 * steps.spacing) / 3
                beside: hero.lying
                number: "3"
                iconName: "receipt"
                text: qsTr("拿结果和回执")
            }
        }

        TouchTarget {
            id: start

            objectName: "start"
            width: invitation.half
            height: Math.max(Theme.touchComfort * 1.7, call.implicitHeight + 2 * Theme.gap)
            text: qsTr("触摸屏幕，开始办理")
            background: Rectangle {
                radius: Theme.radius
                color: start.down ? Theme.accentQuiet : Theme.surfaceRaised

                FocusRing {
                    shown: start.visualFocus
                }
            }
            contentItem: Item {
                Icon {
                    id: hand

                    x: Math.max(Theme.gap, (parent.width - width - Theme.gap - call.width) / 2)
                    anchors.verticalCenter: parent.verticalCenter
                    name: "hand"
                    colour: Theme.accentInk
                }

                Words {
                    id: call

                    x: hand.x + hand.width + Theme.gap
                    width: Math.min(implicitWidth, parent.width - hand.width - 3 * Theme.gap)
                    anchors.verticalCenter: parent.verticalCenter
                    size: Words.Heading
                    color: Theme.accentInk
                    text: start.text
                    Accessible.ignored: true
                }
            }
            onClicked: hero.started()
        }
    }
}
