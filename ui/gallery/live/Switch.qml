import QtQuick
import ui.theme
import ui.controls

// One choice of how things are shown: named, and on or not.
TouchTarget {
    id: choice

    property bool on: false

    implicitWidth: label.implicitWidth + 2 * Theme.gap
    implicitHeight: Theme.touchTarget
    checkable: false
    Accessible.role: Accessible.CheckBox
    Accessible.checked: on

    background: Rectangle {
        radius: Theme.radiusSmall
        color: choice.on ? Theme.accent : choice.pressed ? Theme.accentQuiet : Theme.surfaceRaised
        border.color: Theme.outline
        border.width: Theme.lineThin
    }

    Words {
        id: label

        anchors.centerIn: parent
        size: Words.Caption
        color: choice.on ? Theme.accentText : Theme.text
        text: choice.text
    }

    FocusRing {
        shown: choice.visualFocus
    }
}
