pragma ComponentBehavior: Bound

import QtQuick
import ui.models

// The task list of a long form: its sections, how far each has come, and which can be filled in now.
Page {
    id: page

    required property TasksModel tasks

    title: tasks.done === tasks.count ? qsTr("都填好了") : qsTr("分 %1 部分填").arg(tasks.count)
    why: tasks.done === tasks.count ? qsTr("可以点开再看，也可以继续。") : tasks.done > 0 ? qsTr("填好了 %1 部分。想先填哪一部分，就点哪一部分。").arg(tasks.done) : qsTr("想先填哪一部分，就点哪一部分。填好一部分会回到这里。")
    primaryText: tasks.done === tasks.count ? qsTr("继续") : tasks.begun ? qsTr("接着填下一部分") : qsTr("从第一部分填起")
    primaryIcon: "arrow-right"
    onPrimaryTapped: tasks.next()
    secondaryText: shell.canKeep ? qsTr("先存着，下次再办") : ""
    secondaryIcon: "save"
    onSecondaryTapped: shell.keep()

    Repeater {
        model: page.tasks.rows

        TaskCard {
            width: parent.width
            onChosen: page.tasks.choose(section)
        }
    }
}
