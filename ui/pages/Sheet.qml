import QtQuick
import ui.theme
import ui.controls

// A sheet over the page: a sign, what is asked, and below it what can be done. It scrolls when it is taller than the
// screen. A touch beside it goes `away`, and reaches no page below.
Item {
    id: sheet

    property string iconName: ""
    property string title: ""
    property string text: ""
    property bool critical: false
    default property alias content: rest.data

    signal away

    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
        opacity: 0.66
    }

    MouseArea {
        anchors.fill: parent
        onClicked: sheet.away()
    }

    Rectangle {
        width: Math.min(parent.width - 2 * Theme.pageMargin, 190 * Theme.mm)
        height: Math.min(parts.height + 2 * Theme.gapHuge, parent.height - 2 * Theme.pageMargin)
        anchors.centerIn: parent
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised

        MouseArea {
            anchors.fill: parent
        }

        Flickable {
            anchors.fill: parent
            anchors.topMargin: Theme.gapHuge
            anchors.bottomMargin: Theme.gapHuge
            contentHeight: parts.height
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: interactive

            Column {
                id: parts

                x: Theme.gapHuge
                width: parent.width - 2 * x
                spacing: Theme.gapLarge

                Rectangle {
                    visible: sheet.iconName !== ""
                    anchors.horizontalCenter: parent.horizontalCenter
                    width: 2 * Theme.iconLarge
                    height: width
                    radius: width / 2
                    color: sheet.critical ? Theme.criticalQuiet : Theme.accentQuiet

                    Icon {
                        anchors.centerIn: parent
                        name: sheet.iconName
                        size: Theme.iconLarge
                        colour: sheet.critical ? Theme.critical : Theme.accentInk
                    }
                }

                Column {
                    width: parent.width
                    spacing: Theme.gapSmall

                    Words {
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        size: Words.Title
                        text: sheet.title
                    }

                    Words {
                        visible: text !== ""
                        width: parent.width
                        horizontalAlignment: Text.AlignHCenter
                        text: sheet.text
                    }
                }

                Column {
                    id: rest

                    width: parent.width
                    spacing: Theme.gap
                }
            }
        }
    }
}
