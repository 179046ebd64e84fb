pragma ComponentBehavior: Bound

import QtQuick
import ui.controls

// Any number of answers; the primary button takes them.
QuestionInput {
    id: input

    property list<string> picked: question.picked

    function toggle(value: string): void {
        const others = picked.filter(each => each !== value);
        picked = others.length === picked.length ? [...others, value] : others;
    }

    onConfirmed: question.answerChoices(picked)

    Words {
        width: parent.width
        size: Words.Caption
        quiet: true
        text: qsTr("可以选几项")
    }

    Repeater {
        model: input.question.choices

        ChoiceCard {
            required property string value
            required property string title
            required property string hint

            objectName: "choice-" + value
            width: input.width
            multiple: true
            text: title
            summary: hint
            chosen: input.picked.includes(value)
            onClicked: input.toggle(value)
        }
    }
}
