pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// One complaint: who has it until when, what they answered, and whether that solves it.
Page {
    id: page

    required property ComplaintModel plea

    where: page.plea.kind
    title: plea.taken ? qsTr("收到了，编号 %1").arg(plea.number) : plea.stand
    why: plea.taken ? qsTr("有了答复会联系您。") : qsTr("编号 %1").arg(plea.number)
    primaryText: qsTr("知道了")
    primaryIcon: "check"
    primaryBusy: plea.busy || plea.paper === "printing"
    onPrimaryTapped: plea.next()

    SlipPrompt {
        objectName: "paper"
        width: parent.width
        paper: page.plea.paper
        side: page.plea.sideOf("printer")
        along: page.plea.alongOf("printer")
    }

    ActionButton {
        objectName: "retry"
        visible: page.plea.unprinted
        width: Math.min(implicitWidth, parent.width)
        rank: ActionButton.Secondary
        iconName: "printer"
        text: qsTr("再打印一张")
        onClicked: page.plea.retry()
    }

    Words {
        visible: answer.visible
        width: parent.width
        size: Words.Heading
        text: qsTr("部门的答复")
    }

    Panel {
        id: answer

        visible: page.plea.answer !== ""
        width: parent.width

        Words {
            width: parent.width
            text: page.plea.answer
        }
    }

    Words {
        visible: page.plea.mayJudge
        width: parent.width
        size: Words.Heading
        text: qsTr("这样解决了吗？")
    }

    Flow {
        id: verdicts

        visible: page.plea.mayJudge
        width: parent.width
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "verdict-solved"
            width: Math.min(implicitWidth, verdicts.width)
            enabled: !page.plea.busy
            rank: ActionButton.Secondary
            iconName: "circle-check"
            text: qsTr("解决了")
            onClicked: page.plea.judge("solved")
        }

        ActionButton {
            objectName: "verdict-partly"
            width: Math.min(implicitWidth, verdicts.width)
            enabled: !page.plea.busy
            rank: ActionButton.Secondary
            iconName: "circle-minus"
            text: qsTr("解决了一部分")
            onClicked: page.plea.judge("partly")
        }

        ActionButton {
            objectName: "verdict-unsolved"
            width: Math.min(implicitWidth, verdicts.width)
            enabled: !page.plea.busy
            rank: ActionButton.Secondary
            iconName: "circle-x"
            text: qsTr("没有解决")
            onClicked: page.plea.judge("unsolved")
        }
    }

    PointRows {
        width: parent.width
        model: page.plea.points
    }

    PointRows {
        width: parent.width
        title: qsTr("经过")
        model: page.plea.steps
    }
}
