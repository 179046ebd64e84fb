pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The invitation on the colour of the city, every other hour the other way round: what this machine does, how a visit
// goes, and where to touch.
Rectangle {
    id: hero

    required property AttractModel attract
    property bool upright: false
    property bool lying: false
    // a finger is anywhere on the page
    property bool touched: false
    readonly property bool roomy: upright || lying && !Theme.elder
    readonly property bool moving: attract.moving && attract.turnMs > 0 && Theme.motion > 0
    readonly property color ink: attract.inverted ? Theme.accentInk : Theme.accentText

    signal started

    implicitHeight: lying ? 0 : invitation.height + 2 * invitation.y
    radius: lying ? 0 : Theme.radiusLarge
    color: attract.inverted ? Theme.accentQuiet : Theme.accent

    Connections {
        target: hero.attract
        function onTurned(): void {
            if (hero.moving)
                nudge.restart();
        }
    }

    Grid {
        id: invitation

        readonly property real half: columns === 1 ? width : (width - columnSpacing) / 2

        x: hero.lying ? Theme.pageMargin : Theme.gapLarge
        y: hero.lying ? Math.max(Theme.gap, (hero.height - height) / 2) : hero.upright ? Theme.gapLarge : Theme.gapSmall
        width: parent.width - 2 * x
        columns: hero.upright || hero.lying || Theme.elder ? 1 : 2
        columnSpacing: Theme.gapLarge
        rowSpacing: hero.roomy ? Theme.gapLarge : Theme.gap
        verticalItemAlignment: Grid.AlignVCenter

        Column {
            width: invitation.half
            spacing: Theme.gapSmall

            Words {
                width: parent.width
                size: hero.roomy ? Words.Display : Words.Title
                color: hero.ink
                text: qsTr("一件事，一次办好")
            }

            AttractTicker {
                width: parent.width
                lines: hero.upright ? 1 : 2
                colour: hero.ink
                moving: hero.moving
                text: hero.attract.spotWords === "" ? qsTr("带上身份证，答几个问题，几分钟办完，当场拿回执。") : hero.attract.spotWords
            }
        }

        Grid {
            id: steps

            visible: hero.roomy
            width: invitation.half
            columns: hero.lying ? 1 : 3
            spacing: hero.lying ? Theme.gapLarge : Theme.gap

            Repeater {
                model: [
                    {
                        sign: "id-card",
                        title: qsTr("刷身份证")
                    },
                    {
                        sign: "list",
                        title: qsTr("答几个问题")
                    },
                    {
                        sign: "receipt",
                        title: qsTr("拿结果和回执")
                    }
                ]

                AttractStep {
                    required property int index
                    required property var modelData

                    width: steps.columns === 1 ? steps.width : (steps.width - 2 * steps.spacing) / 3
                    beside: hero.lying
                    number: index + 1
                    iconName: modelData.sign
                    text: modelData.title
                    colour: hero.ink
                    pointed: hero.moving && hero.attract.pointer === number
                }
            }
        }

        TouchTarget {
            id: start

            readonly property bool lit: down || hero.touched

            objectName: "start"
            width: invitation.half
            height: Math.max(Theme.touchComfort * 1.7, call.implicitHeight + 2 * Theme.gap)
            text: qsTr("触摸屏幕，开始办理")
            background: Rectangle {
                radius: Theme.radius
                color: start.lit ? Theme.accentQuiet : Theme.surfaceRaised
                border.width: start.lit ? Theme.lineThick : hero.attract.inverted ? Theme.lineThin : 0
                border.color: Theme.accentInk

                FocusRing {
                    shown: start.visualFocus
                }
            }
            contentItem: Item {
                Icon {
                    id: hand

                    property real lift: 0

                    x: Math.max(Theme.gap, (parent.width - width - Theme.gap - call.width) / 2)
                    y: (parent.height - height) / 2 - lift
                    name: "hand"
                    colour: Theme.accentInk

                    SequentialAnimation {
                        id: nudge

                        NumberAnimation {
                            target: hand
                            property: "lift"
                            to: Theme.gapTight
                            duration: Theme.motionQuick
                            easing.type: Easing.OutCubic
                        }

                        NumberAnimation {
                            target: hand
                            property: "lift"
                            to: 0
                            duration: Theme.motionQuick
                            easing.type: Easing.InCubic
                        }
                    }
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
