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
    readonly property bool open: attract.closed === ""

    where: ""
    step: ""
    title: ""
    why: ""
    bodySpacing: Theme.gapLarge

    // whatever is no button begins as well
    MouseArea {
        parent: page
        z: -2
        anchors.fill: parent
        onClicked: page.attract.start()
    }

    // the way in for technicians: crest and name of the city, held; touched like everything else, they begin
    MouseArea {
        objectName: "crest"
        parent: page
        z: -1
        width: page.lying ? page.sideWidth : page.width
        height: page.bandTop
        pressAndHoldInterval: 3000
        onClicked: page.attract.start()
        onPressAndHold: page.shell.knock()
    }

    // on a lying screen the invitation fills the left side
    AttractHero {
        visible: page.lying && page.open
        parent: page
        y: page.bandTop
        width: page.sideWidth
        height: page.bandBottom - y
        lying: true
        onStarted: page.attract.start()
    }

    AttractHero {
        visible: !page.lying && page.open
        width: parent.width
        upright: page.upright
        onStarted: page.attract.start()
    }

    // out of service: what to do instead stands where the invitation stands otherwise
    Words {
        objectName: "attract-closed"
        visible: !page.open
        width: parent.width
        size: Words.Display
        text: page.attract.closed
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
        visible: page.open
        width: parent.width
        size: Words.Heading
        text: qsTr("这里可以办")
    }

    Grid {
        id: services

        visible: page.open
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
                roomy: page.upright || page.lying
                width: (services.width - (services.columns - 1) * services.spacing) / services.columns
                iconName: sign
                text: title
                note: page.upright || page.lying ? detail : ""
                onClicked: page.attract.open(service)
            }
        }
    }

    // side by side where both have room
    Flow {
        id: own

        readonly property bool beside: mine.implicitWidth + spacing + queue.implicitWidth <= width

        visible: page.open
        width: parent.width
        spacing: Theme.gap

        ActionButton {
            id: mine

            objectName: "attract-mine"
            width: own.beside ? Math.floor((own.width - own.spacing) / 2) : own.width
            rank: ActionButton.Secondary
            iconName: "user-round"
            text: qsTr("查我的办件和证照")
            onClicked: page.attract.openMine()
        }

        ActionButton {
            id: queue

            objectName: "attract-queue"
            width: own.beside ? Math.floor((own.width - own.spacing) / 2) : own.width
            rank: ActionButton.Secondary
            iconName: "ticket"
            text: qsTr("到窗口办，先取号")
            onClicked: page.attract.openQueue()
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
