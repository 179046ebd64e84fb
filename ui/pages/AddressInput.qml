import QtQuick
import ui.controls

// A place: its divisions one below the other, then road and number.
QuestionInput {
    id: input

    property string typed: question.text
    onConfirmed: question.answerAddress(typed)

    DivisionPicker {
        width: parent.width
        first: input.question.cities
        second: input.question.districts
        third: input.question.streets
        onPicked: code => {
            input.question.pickDivision(code);
            if (input.question.placed)
                Qt.callLater(field.begin);
        }
    }

    TextInputField {
        id: field

        objectName: "field"
        visible: input.question.placed
        width: parent.width
        label: qsTr("路名、门牌号、楼栋、房间号")
        problem: input.problem
        limit: 60
        text: input.typed
        onEdited: text => input.typed = text
        onAccepted: input.confirmed()
    }

    Problem {
        visible: !input.question.placed && text !== ""
        width: parent.width
        text: input.problem
    }
}
