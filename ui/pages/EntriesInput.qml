pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The list page of a repeat: what was entered, one more, one fewer.
QuestionInput {
    id: input

    onConfirmed: question.done()

    Repeater {
        model: input.question.entries

        Panel {
            id: panel

            required property int entry
            required property string title
            required property string summary

            width: input.width

            Item {
                width: parent.width
                height: Math.max(words.height, remove.visible ? remove.height : 0)

                Column {
                    id: words

                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - (remove.visible ? remove.width + Theme.gap : 0)
                    spacing: Theme.gapTight

                    Words {
                        width: parent.width
                        size: Words.Heading
                        text: panel.title
                    }

                    Words {
                        visible: text !== ""
                        width: parent.width
                        quiet: true
                        text: panel.summary
                    }
                }

                ActionButton {
                    id: remove

                    objectName: "remove-" + panel.entry
                    visible: input.question.canRemove
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    rank: ActionButton.Quiet
                    critical: true
                    iconName: "trash-2"
                    text: qsTr("删除这一项")
                    spoken: text + " " + panel.title
                    onClicked: input.question.removeEntry(panel.entry)
                }
            }
        }
    }

    ActionButton {
        objectName: "add-entry"
        visible: input.question.canAdd
        width: parent.width
        rank: ActionButton.Secondary
        iconName: "plus"
        text: input.question.addText
        onClicked: input.question.addEntry()
    }
}
