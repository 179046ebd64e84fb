import QtQuick
import ui.theme
import ui.controls

// One of the two things typed at the door: what it is above, the digits in a box; a touch chooses it.
TouchTarget {
    id: field

    property string value: ""
    property string hint: ""
    property bool chosen: false
    property bool hidden: false

    implicitHeight: label.height + Theme.gapTight + Theme.touchComfort
    spoken: text + " " + (value === "" ? hint : value)

    background: Item {
        Line {
            id: label

            text: field.text
            quiet: !field.chosen
            color: field.chosen ? Theme.accentInk : Theme.textQuiet
            strong: field.chosen
            Accessible.ignored: true
        }

        Rectangle {
            y: label.height + Theme.gapTight
            width: parent.width
            height: Theme.touchComfort
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: field.chosen ? Theme.lineThick : Theme.lineThin
            border.color: field.chosen ? Theme.accentInk : Theme.outline

            Words {
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                text: field.value === "" ? field.hint : field.value
                size: field.value === "" ? Words.Body : Words.Heading
                quiet: field.value === ""
                wrapMode: Text.NoWrap
                font.letterSpacing: field.value !== "" ? Theme.gapTight / 2 : 0
                Accessible.ignored: true
            }
        }
    }
}
