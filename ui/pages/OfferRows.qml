pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// What is worth doing too, each with its reason. Nothing is shown when nothing is offered.
Column {
    id: offers

    property alias model: rows.model
    property alias title: heading.text
    // what touching one does, in a word or two
    property string verb: qsTr("一起办")
    property string verbIcon: "plus"

    signal wanted(string item)

    visible: rows.count > 0
    spacing: Theme.gap

    Words {
        id: heading

        width: parent.width
        size: Words.Heading
        text: qsTr("还可以一起办")
    }

    Repeater {
        id: rows

        Rectangle {
            id: offer

            required property string item
            required property string title
            required property string department
            required property string reason
            required property string more
            required property bool added

            width: offers.width
            implicitHeight: Math.max(words.height, act.height) + 2 * Theme.gap
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: Theme.lineThin
            border.color: Theme.line

            Column {
                id: words

                x: Theme.cardPadding
                anchors.verticalCenter: parent.verticalCenter
                width: act.x - x - Theme.gap
                spacing: Theme.gapTight

                Words {
                    width: parent.width
                    strong: true
                    text: offer.title
                }

                Words {
                    width: parent.width
                    text: offer.reason
                }

                Words {
                    width: parent.width
                    size: Words.Caption
                    quiet: true
                    text: offer.more === "" ? offer.department : offer.department + "  ·  " + offer.more
                }
            }

            ActionButton {
                id: act

                objectName: "offer-" + offer.item
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                rank: ActionButton.Secondary
                leftPadding: Theme.gap
                rightPadding: Theme.gap
                enabled: !offer.added
                iconName: offer.added ? "check" : offers.verbIcon
                text: offer.added ? qsTr("已加入") : offers.verb
                onClicked: offers.wanted(offer.item)
            }
        }
    }
}
