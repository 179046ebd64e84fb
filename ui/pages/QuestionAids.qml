pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What may be wanted beside answering: why it is asked, where its answer comes from, the list of sections.
Column {
    id: aids

    required property QuestionModel question
    required property bool keeps

    signal whyWanted
    signal sourceWanted
    signal keepWanted

    topPadding: Theme.gapSmall
    spacing: Theme.gapTight

    Rectangle {
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }

    Flow {
        width: parent.width
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "why"
            rank: ActionButton.Quiet
            iconName: "circle-help"
            text: qsTr("为什么问这个")
            onClicked: aids.whyWanted()
        }

        ActionButton {
            objectName: "source"
            rank: ActionButton.Quiet
            iconName: "search"
            text: qsTr("这条信息从哪来")
            onClicked: aids.sourceWanted()
        }

        ActionButton {
            objectName: "to-list"
            visible: aids.question.listed
            rank: ActionButton.Quiet
            iconName: "list-checks"
            text: qsTr("回到清单")
            onClicked: aids.question.toList()
        }

        ActionButton {
            objectName: "keep"
            visible: aids.keeps
            rank: ActionButton.Quiet
            iconName: "save"
            text: qsTr("先存着，下次再办")
            onClicked: aids.keepWanted()
        }
    }
}
