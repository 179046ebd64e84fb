pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Letters and digits in the keyboard's place, for who goes by five keys: Qt's own keys can only be touched.
Item {
    id: panel

    property bool capitals: false

    implicitWidth: 260 * Theme.mm
    implicitHeight: 92 * Theme.mm

    LettersModel {
        id: letters
    }

    Grid {
        id: keys

        readonly property int lines: 4
        readonly property real keyWidth: (width - (columns - 1) * spacing) / columns
        readonly property real keyHeight: (height - (lines - 1) * spacing) / lines

        anchors.fill: parent
        columns: 11
        spacing: Theme.touchGap

        Repeater {
            model: (panel.capitals ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ" : "abcdefghijklmnopqrstuvwxyz").split("").concat("0123456789-.@#·".split(""))

            KeyButton {
                required property string modelData

                objectName: "letter-" + modelData
                width: keys.keyWidth
                height: keys.keyHeight
                text: modelData
                onClicked: letters.choose(modelData)
            }
        }

        KeyButton {
            objectName: "letter-space"
            width: keys.keyWidth
            height: keys.keyHeight
            text: "␣"
            spoken: qsTr("空格")
            onClicked: letters.choose(" ")
        }

        KeyButton {
            objectName: "letter-capitals"
            width: keys.keyWidth
            height: keys.keyHeight
            text: "⇧"
            spoken: panel.capitals ? qsTr("改成小写字母") : qsTr("改成大写字母")
            filled: panel.capitals
            onClicked: panel.capitals = !panel.capitals
        }

        KeyButton {
            objectName: "letter-delete"
            width: keys.keyWidth
            height: keys.keyHeight
            iconName: "delete"
            spoken: qsTr("删除前一个字")
            onClicked: letters.back()
        }
    }
}
