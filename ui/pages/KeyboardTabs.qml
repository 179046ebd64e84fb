pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The ways to enter characters, and the way to put the keyboard away.
Item {
    id: tabs

    enum Way {
        Sound,
        Writing,
        Rare,
        Latin
    }

    property int way: KeyboardTabs.Sound
    readonly property int ways: Theme.guided ? 3 : 5

    signal hidden

    implicitHeight: Theme.touchTarget + 2 * Theme.gapTight

    component Tab: KeyButton {
        required property int means

        height: Theme.touchTarget
        width: (tabs.width - (tabs.ways - 1) * row.spacing) / tabs.ways
        filled: tabs.way === means
        Accessible.role: Accessible.PageTab
        Accessible.checked: filled
        onClicked: tabs.way = means
    }

    Row {
        id: row

        y: Theme.gapTight
        width: parent.width
        spacing: Theme.touchGap

        Tab {
            objectName: "keys-sound"
            visible: !Theme.guided
            means: KeyboardTabs.Sound
            text: Theme.language === "zh-Hant" ? qsTr("注音") : qsTr("拼音")
        }

        Tab {
            objectName: "keys-writing"
            visible: !Theme.guided
            means: KeyboardTabs.Writing
            text: qsTr("手写")
        }

        Tab {
            objectName: "keys-rare"
            means: KeyboardTabs.Rare
            text: Theme.guided ? qsTr("按读音找字") : qsTr("生僻字")
        }

        Tab {
            objectName: "keys-latin"
            means: KeyboardTabs.Latin
            text: "ABC"
        }

        KeyButton {
            objectName: "keys-hide"
            width: (tabs.width - (tabs.ways - 1) * row.spacing) / tabs.ways
            height: Theme.touchTarget
            iconName: "keyboard-off"
            text: qsTr("收起")
            onClicked: tabs.hidden()
        }
    }
}
