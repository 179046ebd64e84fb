pragma ComponentBehavior: Bound

import QtQuick
import ui.models

// What was kept for later: go on, delete, or begin anew. Of one taken up, what has to be said again.
Page {
    id: page

    required property ResumeModel resume

    title: resume.resumed ? qsTr("接着办之前，请看一看") : resume.count > 1 ? qsTr("您有 %1 件没办完的事").arg(resume.count) : qsTr("您有一件没办完的事")
    why: resume.resumed ? qsTr("存好以后，办事的要求有变化。这几项请您重新填，其余的都还在。") : qsTr("您以前存下的，只有您验证身份后才能看到。")
    primaryText: resume.busy ? "" : resume.resumed ? qsTr("知道了，接着办事") : qsTr("不接着办，重新开始")
    primaryIcon: "arrow-right"
    onPrimaryTapped: resume.next()

    Repeater {
        model: page.resume.rows

        DraftCard {
            width: parent.width
            enabled: !page.resume.busy
            onChosen: page.resume.choose(draft)
            onDropped: page.resume.drop(draft)
        }
    }

    Panel {
        visible: again.count > 0
        width: parent.width

        Repeater {
            id: again

            model: page.resume.again

            PanelRow {
                required property string what
                required property string why

                width: parent.width
                iconName: "pencil"
                urgent: true
                label: what
                detail: why
            }
        }
    }
}
