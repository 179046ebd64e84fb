pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// What a test or a repair asks: a number by keys, or one of a few answers.
Rectangle {
    id: ask

    required property string asks
    required property bool digits
    required property string typed
    property alias choices: answers.model

    signal edited(string value)
    signal answered
    signal chosen(string choice)

    implicitHeight: parts.height + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.surfaceRaised
    border.width: Theme.lineThick
    border.color: Theme.accentInk
    Accessible.role: Accessible.Grouping
    Accessible.name: asks

    Column {
        id: parts

        x: Theme.gap
        y: Theme.gap
        width: parent.width - 2 * x
        spacing: Theme.gap

        Words {
            width: parent.width
            text: ask.asks
            strong: true
        }

        DigitPad {
            objectName: "pad"
            visible: ask.digits
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, 150 * Theme.mm)
            value: ask.typed
            limit: 6
            onEdited: value => ask.edited(value)
        }

        Tool {
            objectName: "answer"
            visible: ask.digits
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(parent.width, 150 * Theme.mm)
            primary: true
            enabled: ask.typed !== ""
            iconName: "check"
            text: qsTr("就是这个数")
            onClicked: ask.answered()
        }

        Flow {
            visible: !ask.digits
            width: parent.width
            spacing: Theme.touchGap

            Repeater {
                id: answers

                Tool {
                    required property int index
                    required property string choice
                    required property string title

                    objectName: "choice-" + choice
                    width: Math.floor((parent.width - (answers.count - 1) * Theme.touchGap) / Math.max(1, Math.min(answers.count, 3)))
                    primary: index === 0
                    text: title
                    onClicked: ask.chosen(choice)
                }
            }
        }
    }
}
