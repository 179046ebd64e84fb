pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// An answer on the review page: what was asked, what was said, where it came from, and a way to change it.
Item {
    id: row

    required property string label
    required property string value
    // such as 「来自身份证」
    property string origin: ""
    property string problem: ""
    property bool changeable: true
    property string changeText: qsTr("修改")
    property bool lineShown: true
    // objectName of the button
    property string changeName: objectName + "-change"

    signal changeTapped

    // heard as one: what was asked, and what was answered
    Accessible.role: Accessible.ListItem
    Accessible.name: label
    Accessible.description: [value, origin].filter(part => part !== "").join("\n")
    implicitWidth: 200 * Theme.mm
    implicitHeight: Math.max(words.implicitHeight, change.visible ? change.height : 0) + 2 * Theme.gapSmall

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - (change.visible ? change.width + Theme.gap : 0)
        spacing: Theme.gapTight

        Words {
            width: parent.width
            text: row.origin === "" ? row.label : row.label + "  ·  " + row.origin
            size: Words.Caption
            quiet: true
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: row.value
            Accessible.ignored: true
        }

        // made only where there is one: a review has dozens of rows
        Loader {
            active: row.problem !== ""
            width: parent.width
            sourceComponent: Problem {
                text: row.problem
            }
        }
    }

    Loader {
        id: change

        active: row.changeable
        visible: active
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        sourceComponent: ActionButton {
            objectName: row.changeName
            rank: ActionButton.Quiet
            iconName: "pencil"
            text: row.changeText
            spoken: row.changeText + " " + row.label
            onClicked: row.changeTapped()
        }
    }

    Rectangle {
        visible: row.lineShown
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }
}
