pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// One of several answers, by one tap; more than six stand closer, and words narrow them down.
QuestionInput {
    id: input

    readonly property bool many: question.choiceCount > 6
    property string tapped: ""
    property string filter: ""

    offered: question.answered
    onConfirmed: question.answerText(tapped === "" ? question.text : tapped)

    TextInputField {
        objectName: "field"
        visible: input.many
        width: parent.width
        example: qsTr("输入一两个字，可以更快找到")
        limit: 20
        text: input.filter
        onEdited: text => {
            input.filter = text;
            input.question.filterChoices(text);
        }
    }

    Grid {
        id: grid

        width: parent.width
        columns: !input.many ? 1 : Theme.elder ? 2 : Math.max(2, Math.floor(width / (80 * Theme.mm)))
        spacing: input.many ? Theme.gapSmall : Theme.gap

        Repeater {
            id: cards

            model: input.question.choices

            ChoiceCard {
                required property string value
                required property string title
                required property string hint
                required property bool isChosen

                objectName: "choice-" + value
                width: (grid.width - (grid.columns - 1) * grid.spacing) / grid.columns
                text: title
                summary: hint
                chosen: input.tapped === "" ? isChosen : input.tapped === value
                onClicked: {
                    input.tapped = value;
                    input.question.answerText(value);
                }
            }
        }
    }

    Words {
        visible: cards.count === 0
        width: parent.width
        quiet: true
        text: qsTr("没有这一项，请换个字，或清空后从列表里选")
    }
}
