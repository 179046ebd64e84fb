import QtQuick
import ui.controls

// Typed words; of a credit code, capital letters and digits.
QuestionInput {
    id: input

    readonly property bool code: question.kind === "credit-code"
    property string typed: question.text
    readonly property string slip: code ? question.slip(typed) : ""
    // what was answered with when `problem` was said: another answer may be none
    property string told: question.text
    readonly property int room: question.maxLength - [...typed].length

    onConfirmed: {
        told = typed;
        question.answerText(typed);
    }
    Component.onCompleted: Qt.callLater(field.begin)

    Slips {
        id: slips
    }

    TextInputField {
        id: field

        objectName: "field"
        width: parent.width
        problem: input.slip !== "" ? slips.words(input.slip, input.question.kind) : input.typed === input.told ? input.problem : ""
        rule: input.typed === "" && input.question.example !== "" ? qsTr("例如 %1").arg(input.question.example) : input.code ? qsTr("已输入 %1 位，共 18 位").arg(input.typed.length) : input.room <= 10 ? qsTr("还可以输入 %1 个字").arg(input.room) : ""
        limit: input.code ? 18 : input.question.maxLength
        severalLines: !input.code && input.question.maxLength > 60
        hints: input.code ? Qt.ImhLatinOnly | Qt.ImhUppercaseOnly | Qt.ImhNoPredictiveText : Qt.ImhNoPredictiveText
        text: input.typed
        onEdited: text => input.typed = text
        onAccepted: input.confirmed()
    }
}
