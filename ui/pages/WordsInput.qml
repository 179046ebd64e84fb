import QtQuick
import ui.controls

// Typed words; of a credit code, capital letters and digits.
QuestionInput {
    id: input

    readonly property bool code: question.kind === "credit-code"
    property string typed: question.text

    onConfirmed: question.answerText(typed)
    Component.onCompleted: Qt.callLater(field.begin)

    TextInputField {
        id: field

        objectName: "field"
        width: parent.width
        problem: input.problem
        limit: input.code ? 18 : input.question.maxLength
        severalLines: !input.code && input.question.maxLength > 60
        hints: input.code ? Qt.ImhLatinOnly | Qt.ImhUppercaseOnly | Qt.ImhNoPredictiveText : Qt.ImhNoPredictiveText
        text: input.typed
        onEdited: text => input.typed = text
        onAccepted: input.confirmed()
    }
}
