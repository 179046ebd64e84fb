import QtQuick
import ui.controls

// Digits: a number with its unit, a sum, a phone number, an identity number, a bank card.
QuestionInput {
    id: input

    readonly property bool sum: question.kind === "amount"
    property string typed: question.text

    onConfirmed: question.answerText(typed)

    DigitPad {
        visible: !input.sum
        width: parent.width
        value: input.typed
        shown: input.question.unit === "" ? input.question.grouped(input.typed) : input.typed + " " + input.question.unit
        placeholder: input.question.unit
        problem: input.problem
        limit: input.question.maxDigits
        extraKey: input.question.kind === "id-number" ? "X" : ""
        onEdited: value => input.typed = value
    }

    AmountField {
        visible: input.sum
        width: parent.width
        amount: input.typed
        unit: input.question.unit
        placeholder: input.question.unit
        problem: input.problem
        onEdited: amount => input.typed = amount
    }
}
