import QtQuick
import ui.controls

// Digits: a number with its unit, a sum, a phone number, an identity number, a bank card.
QuestionInput {
    id: input

    readonly property bool sum: question.kind === "amount"
    property string typed: question.text
    readonly property string slip: question.slip(typed)
    // what was answered with when `problem` was said: another answer may be none
    property string told: question.text
    readonly property string said: slip !== "" ? slips.words(slip, question.kind) : typed === told ? problem : ""
    readonly property string readBack: question.readBack(typed)

    onConfirmed: {
        told = typed;
        question.answerText(typed);
    }

    Slips {
        id: slips
    }

    DigitPad {
        visible: !input.sum
        width: parent.width
        value: input.typed
        shown: input.typed + " " + input.question.unit
        groups: input.question.unit === "" ? input.question.groups(input.typed) : []
        wrongGroup: input.question.wrongGroup(input.typed)
        note: input.readBack === "" ? "" : qsTr("出生日期：%1").arg(input.readBack)
        placeholder: input.question.unit
        problem: input.said
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
        problem: input.typed === input.told ? input.problem : ""
        note: input.readBack
        onEdited: amount => input.typed = amount
    }
}
