import QtQuick
import ui.theme
import ui.controls
import ui.models

// The night: a few dim words that wander over a black screen. The first touch makes it bright, and begins.
Rectangle {
    id: night

    required property AttractModel attract
    required property string cityName
    required property real crestHeight

    signal knocked

    objectName: "attract-night"
    visible: attract.night || finger.pressed || crest.pressed
    // what is under it can be seen from the first touch on; it keeps the finger
    color: attract.night ? Theme.nightSurface : "transparent"

    MouseArea {
        id: finger

        anchors.fill: parent
        onPressed: night.attract.wake()
        onClicked: night.attract.start()
    }

    MouseArea {
        id: crest

        width: parent.width
        height: night.crestHeight
        pressAndHoldInterval: 3000
        onPressed: night.attract.wake()
        onClicked: night.attract.start()
        onPressAndHold: night.knocked()
    }

    Column {
        visible: night.attract.night
        x: Theme.pageMargin + (parent.width - width - 2 * Theme.pageMargin) * night.attract.nightAcross
        y: Theme.pageMargin + (parent.height - height - 2 * Theme.pageMargin) * night.attract.nightDown
        width: Math.min(parent.width, parent.height) * 0.6
        spacing: Theme.gap

        Words {
            width: parent.width
            size: Words.Caption
            color: Theme.nightQuiet
            text: night.cityName
        }

        Row {
            width: parent.width
            spacing: Theme.gap

            Icon {
                id: hand

                name: "hand"
                size: Theme.iconLarge
                colour: Theme.nightText
            }

            Words {
                width: parent.width - hand.width - parent.spacing
                anchors.verticalCenter: parent.verticalCenter
                size: Words.Heading
                color: Theme.nightText
                text: night.attract.closed === "" ? qsTr("触摸屏幕，开始办理") : night.attract.closed
            }
        }

        Words {
            width: parent.width
            color: Theme.nightQuiet
            text: night.attract.spotWords === "" ? qsTr("一件事，一次办好") : night.attract.spotWords
        }

        Words {
            visible: text !== ""
            width: parent.width
            color: Theme.nightQuiet
            text: night.attract.news
        }
    }
}
