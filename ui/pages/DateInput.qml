import QtQuick
import ui.controls

// A day: eight digits, or three wheels.
QuestionInput {
    id: input

    property int year: question.year
    property int month: question.month
    property int day: question.day

    onConfirmed: {
        if (wheels.typing)
            question.answerText(wheels.dashed(wheels.typed));
        else
            question.answerDate(year, month, day);
    }

    DateWheels {
        id: wheels

        width: parent.width
        year: input.year
        month: input.month
        day: input.day
        typing: true
        example: input.question.example
        typed: input.question.text.replace(/-/g, "")
        problem: typedIsWrong ? "" : input.problem
        onEdited: (year, month, day) => {
            input.year = year;
            input.month = month;
            input.day = day;
        }
    }
}
