pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Invites: what can be done here, in which language, when and where. A touch anywhere begins; nothing moves.
Page {
    id: page

    required property AttractModel attract

    readonly property bool upright: height > width

    where: ""
    step: ""
    title: lying ? qsTr("一件事，一次办好") : ""
    why: lying ? qsTr("带上身份证，答几个问题，几分钟办完，当场拿回执。") : ""
    bodySpacing: Theme.gapLarge

    // whatever is no button begins as well
    MouseArea {
        parent: page
        z: -1
        anchors.fill: parent
        onClicked: page.attract.start()
    }

    Rectangle {
        width: parent.width
        height: invitation.height + 2 * invitation.y
        radius: Theme.radiusLarge
        color: Theme.accent

        Grid {
            id: invitation

            readonly property real half: columns === 1 ? width : (width - columnSpacing) / 2

            x: Theme.gapLarge
            y: page.upright ? Theme.gapHuge : Theme.gapLarge
            width: parent.width - 2 * x
            columns: page.upright || page.lying || Theme.elder ? 1 : 2
            columnSpacing: Theme.gapLarge
            rowSpacing: page.upright ? Theme.gapHuge : Theme.gap
            verticalItemAlignment: Grid.AlignVCenter

            Column {
                visible: !page.lying
                width: invitation.half
                spacing: Theme.gapSmall

                Words {
                    width: parent.width
                    size: page.upright ? Words.Display : Words.Title
                    color: Theme.accentText
                    text: qsTr("一件事，一次办好")
                }

                Words {
                    width: parent.width
                    color: Theme.accentText
                    text: qsTr("带上身份证，答几个问题，几分钟办完，当场拿回执。")
                }
            }

            Row {
                id: steps

                visible: page.upright && !Theme.elder
                width: invitation.half
                spacing: Theme.gap

                AttractStep {
                    width: (steps.width - 2 * steps.spacing) / 3
                    number: "1"
                    iconName: "id-card"
                    text: qsTr("刷身份证")
                }

                AttractStep {
                    width: (steps.width - 2 * steps.spacing) / 3
                    number: "2"
                    iconName: "list"
                    text: qsTr("答几个问题")
                }

                AttractStep {
                    width: (steps.width - 2 * steps.spacing) / 3
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
                onClicked: page.attract.start()
            }
        }
    }

    Row {
        id: languages

        width: parent.width
        spacing: Theme.gap

        Repeater {
            id: tongues

            model: page.shell.languages

            ActionButton {
                required property string tag
                required property string title
                required property bool current

                objectName: "language-" + tag
                width: (languages.width - (tongues.count - 1) * languages.spacing) / tongues.count
                rank: ActionButton.Secondary
                leftPadding: Theme.gapSmall
                rightPadding: Theme.gapSmall
                iconName: current ? "check" : ""
                text: title
                onClicked: page.shell.setLanguage(tag)
            }
        }
    }

    Words {
        width: parent.width
        size: Words.Heading
        text: qsTr("这里可以办")
    }

    Grid {
        id: services

        width: parent.width
        columns: Theme.elder ? 1 : !page.upright && !page.lying ? 3 : 2
        spacing: Theme.gap

        Repeater {
            model: page.attract.services

            AttractCard {
                required property string service
                required property string sign
                required property string title
                required property string detail

                objectName: "attract-" + service
                roomy: page.upright
                width: (services.width - (services.columns - 1) * services.spacing) / services.columns
                iconName: sign
                text: title
                note: page.upright ? detail : ""
                onClicked: page.attract.open(service)
            }
        }
    }

    Flow {
        width: parent.width
        spacing: Theme.gapLarge

        AttractFact {
            iconName: "clock"
            text: page.attract.hours
            room: parent.width
        }

        AttractFact {
            iconName: "map-pin"
            text: page.attract.place
            room: parent.width
        }

        AttractFact {
            iconName: "phone"
            text: qsTr("服务热线 %1").arg(page.shell.hotline)
            room: parent.width
        }
    }
}
