pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Invites: what can be done here, in which language, when and where. A touch anywhere begins. Few words move, now and
// then; the page stands a little elsewhere every minute, and is dark at night.
Page {
    id: page

    required property AttractModel attract

    readonly property bool upright: height > width
    readonly property bool open: attract.closed === ""

    where: ""
    step: ""
    title: ""
    why: ""
    bodySpacing: attract.news === "" ? Theme.gap : Theme.gapSmall
    transform: Translate {
        x: page.attract.stepAcross * Theme.drift
        y: page.attract.stepDown * Theme.drift
    }

    Timer {
        running: page.visible && page.attract.turnMs > 0
        repeat: true
        interval: page.attract.turnMs
        onTriggered: page.attract.turn()
    }

    AttractNight {
        parent: page
        z: 10
        // beyond the edges, which the page leaves bare as it moves
        anchors.fill: parent
        anchors.margins: -2 * Theme.drift
        attract: page.attract
        cityName: page.cityName
        crestHeight: page.bandTop
        onKnocked: page.shell.knock()
    }

    // whatever is no button begins as well
    MouseArea {
        id: anywhere

        parent: page
        z: -2
        anchors.fill: parent
        onClicked: page.attract.start()
    }

    // the way in for technicians: crest and name of the city, held; touched like everything else, they begin
    MouseArea {
        id: crest

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
        attract: page.attract
        touched: anywhere.pressed || crest.pressed
        lying: true
        onStarted: page.attract.start()
    }

    AttractHero {
        visible: !page.lying && page.open
        width: parent.width
        attract: page.attract
        touched: anywhere.pressed || crest.pressed
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

    AttractNews {
        visible: text !== ""
        width: parent.width
        text: page.attract.news
        moving: page.attract.moving && page.attract.turnMs > 0 && Theme.motion > 0
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
                height: Math.max(Theme.touchTarget, implicitHeight - (page.upright || page.lying ? 0 : Theme.gapSmall))
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
        visible: page.open && (page.upright || page.lying)
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
                pointed: page.attract.spotService === service
                width: (services.width - (services.columns - 1) * services.spacing) / services.columns
                iconName: sign
                text: title
                note: page.upright || page.lying ? detail : ""
                onClicked: page.attract.open(service)
            }
        }
    }

    Grid {
        id: beside

        visible: page.open
        width: parent.width
        columns: services.columns === 1 ? 1 : 2
        spacing: Theme.gap

        AttractCard {
            id: mine

            objectName: "attract-mine"
            beside: true
            roomy: page.upright || page.lying
            width: (services.width - (services.columns - 1) * services.spacing) / services.columns
            height: Math.max(implicitHeight, beside.columns > 1 ? queue.implicitHeight : 0)
            iconName: "user-round"
            text: qsTr("查我的办件和证照")
            onClicked: page.attract.openMine()
        }

        AttractCard {
            id: queue

            objectName: "attract-queue"
            beside: true
            roomy: page.upright || page.lying
            width: beside.columns === 1 ? beside.width : beside.width - mine.width - beside.spacing
            height: Math.max(implicitHeight, beside.columns > 1 ? mine.implicitHeight : 0)
            iconName: "ticket"
            text: qsTr("到窗口办，先取号")
            note: page.attract.waiting
            onClicked: page.attract.openQueue()
        }
    }

    // a bank's screen is short, and the bank says when and where itself
    Flow {
        visible: page.upright || page.lying || Theme.elder
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
