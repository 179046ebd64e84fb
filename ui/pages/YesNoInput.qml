import QtQuick
import ui.controls

// Yes or no, by one tap.
QuestionInput {
    id: input

    property string tapped: question.yes ? "yes" : question.no ? "no" : ""

    function answer(yes: bool): void {
        tapped = yes ? "yes" : "no";
        question.answerYesNo(yes);
    }

    offered: question.yes || question.no
    onConfirmed: question.answerYesNo(tapped === "yes")

    ChoiceCard {
        objectName: "yes"
        width: parent.width
        text: qsTr("是")
        chosen: input.tapped === "yes"
        onClicked: input.answer(true)
    }

    ChoiceCard {
        objectName: "no"
        width: parent.width
        text: qsTr("否")
        chosen: input.tapped === "no"
        onClicked: input.answer(false)
    }
}
