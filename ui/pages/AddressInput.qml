import QtQuick
import ui.controls

// A place: its divisions one below the other, then road and number.
QuestionInput {
    id: input

    property string typed: question.text
    property string filter: ""

    onConfirmed: question.answerAddress(typed)

    // a level with more than fit at a glance
    TextInputField {
        objectName: "division-search"
        visible: !input.question.placed && input.question.divisionCount > 12
        width: parent.width
        example: qsTr("输入地名，或拼音首字母，例如 ljq")
        limit: 20
        text: input.filter
        onEdited: text => {
            input.filter = text;
            input.question.filterDivisions(text);
        }
    }

    DivisionPicker {
        width: parent.width
        first: input.question.cities
        second: input.question.districts
        third: input.question.streets
        onPicked: code => {
            input.filter = "";
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
