import QtQuick
import ui.theme
import ui.controls
import ui.models

// Name and number, for want of a document or of a reader.
Column {
    id: typed

    required property DocumentModel document

    property string name: ""
    property string number: ""

    function send(): void {
        document.enter(name, number);
    }

    spacing: Theme.gapLarge
    onVisibleChanged: {
        if (visible)
            Qt.callLater(nameField.begin);
        else
            name = number = "";
    }

    TextInputField {
        id: nameField

        objectName: "name"
        width: parent.width
        label: qsTr("姓名")
        problem: typed.document.nameProblem
        limit: 50
        hints: Qt.ImhNoPredictiveText
        text: typed.name
        onEdited: text => typed.name = text
        onAccepted: numberField.begin()
    }

    TextInputField {
        id: numberField

        objectName: "number"
        width: parent.width
        label: qsTr("身份证号码")
        problem: typed.document.numberProblem
        limit: 18
        hints: Qt.ImhPreferNumbers | Qt.ImhLatinOnly | Qt.ImhUppercaseOnly | Qt.ImhNoPredictiveText
        text: typed.number
        onEdited: text => typed.number = text
        onAccepted: typed.send()
    }
}
