import QtQuick
import ui.theme
import ui.controls

// Where we are, what is asked, and why.
Column {
    id: head

    property string where: ""
    property string step: ""
    property string stepCount: ""
    property string title: ""
    property string why: ""
    property string next: ""
    property bool whyShown: true

    objectName: "page-head"
    spacing: Theme.gapSmall

    Words {
        visible: text !== ""
        width: parent.width
        text: [head.where, head.stepCount, head.step].filter(part => part !== "").join("  ·  ")
        size: Words.Caption
        color: Theme.accentInk
    }

    Words {
        visible: text !== ""
        width: parent.width
        text: Theme.kept(head.title)
        size: Words.Title
    }

    Words {
        visible: text !== "" && head.whyShown
        width: parent.width
        text: Theme.kept(head.why)
        quiet: true
    }

    FrameNext {
        visible: text !== ""
        width: parent.width
        text: head.next
    }
}
