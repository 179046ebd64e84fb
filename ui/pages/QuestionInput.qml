import QtQuick
import ui.theme
import ui.models

// What the inputs of all kinds of question share. Made anew for every question, so nothing is left of the one before.
Item {
    id: input

    required property QuestionModel question
    // what to enter instead, after an answer that was none
    required property string problem
    // whether the primary button is offered: one tap on a card answers without it
    property bool offered: true
    default property alias content: column.data

    // the primary button was tapped
    signal confirmed

    implicitHeight: column.height

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap
    }
}
