pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// What another answer would do besides, before it is taken: nothing changes until the citizen says so.
Page {
    id: page

    required property ChangeModel change

    title: qsTr("改之前，先看看会怎样")
    why: qsTr("现在还没有改。")
    primaryText: qsTr("确认修改")
    primaryIcon: "arrow-right"
    onPrimaryTapped: change.confirm()
    secondaryText: qsTr("不改了")
    secondaryIcon: "undo-2"
    onSecondaryTapped: change.drop()

    Panel {
        width: parent.width

        Words {
            width: parent.width
            size: Words.Caption
            quiet: true
            text: page.change.title
        }

        Words {
            width: parent.width
            quiet: true
            font.strikeout: true
            text: page.change.before
        }

        Words {
            width: parent.width
            strong: true
            text: page.change.after
        }
    }

    Words {
        width: parent.width
        size: Words.Heading
        text: qsTr("改了以后")
    }

    Panel {
        width: parent.width

        Repeater {
            model: page.change.rows

            PanelRow {
                required property string sign
                required property string what
                required property string names
                required property bool pressing

                width: parent.width
                iconName: sign
                urgent: pressing
                label: what
                detail: names
            }
        }
    }
}
