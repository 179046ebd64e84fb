pragma ComponentBehavior: Bound

import QtQuick
import ui.models

// One question: its input by kind, what to enter when the answer was not one, and why it is asked.
Page {
    id: page

    required property QuestionModel question

    readonly property string key: question.pageKey
    readonly property QuestionInput input: inputs.item as QuestionInput

    function inputFor(kind: string): Component {
        switch (kind) {
        case "yes-no":
            return yesNo;
        case "choice":
            return oneChoice;
        case "choices":
            return severalChoices;
        case "date":
            return day;
        case "address":
            return place;
        case "list":
            return entries;
        case "text":
        case "credit-code":
            return words;
        default:
            return digits;
        }
    }

    // an input of its own for every question
    function explain(title: string, sentences: list<string>): void {
        InputMethod.hide();
        explained.title = title;
        explained.sentences = sentences;
        explained.visible = true;
    }

    function begin(): void {
        InputMethod.hide();
        explained.visible = false;
        inputs.sourceComponent = null;
        inputs.sourceComponent = inputFor(question.kind);
        if (bodyHeight > 0)
            reveal(top);
    }

    where: question.above !== "" ? question.above : shell.matterName
    step: question.number > 0 ? (question.section === "" ? "" : question.section + " · ") + qsTr("第 %1 题，共 %2 题").arg(question.number).arg(question.count) : shell.stepTitle
    title: question.heading
    why: question.hint
    // cards have no field to say it at
    adviceShown: ["yes-no", "choice", "choices", "list"].includes(question.kind)
    primaryText: input === null || !input.offered ? "" : question.kind === "list" ? qsTr("填好了，继续") : qsTr("继续")
    primaryIcon: "arrow-right"
    secondaryText: question.required ? "" : qsTr("不填，跳过")
    onPrimaryTapped: input.confirmed()
    onSecondaryTapped: question.skip()
    onKeyChanged: begin()
    Component.onCompleted: begin()

    Item {
        id: top
    }

    Loader {
        id: inputs

        width: parent.width
    }

    QuestionAids {
        // where the keyboard leaves little room, the field has it
        visible: !(page.typing && page.width > page.height)
        width: parent.width
        question: page.question
        keeps: page.shell.canKeep
        onKeepWanted: page.shell.keep()
        onWhyWanted: page.explain(qsTr("为什么问这个"), page.question.reasons)
        onSourceWanted: page.explain(qsTr("这条信息从哪来"), page.question.sources)
    }

    Explained {
        id: explained

        parent: page
        anchors.fill: parent
        sentences: []
    }

    Component {
        id: yesNo

        YesNoInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: oneChoice

        ChoiceInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: severalChoices

        ChoicesInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: words

        WordsInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: digits

        NumberInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: day

        DateInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: place

        AddressInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }

    Component {
        id: entries

        EntriesInput {
            question: page.question
            problem: page.shell.adviceText
        }
    }
}
