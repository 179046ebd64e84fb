import QtQuick
import ui.theme
import ui.controls

// One of a few ways to look at the same thing.
TouchTarget {
    id: segment

    required property string iconName
    property bool chosen: false

    implicitHeight: Math.max(Theme.touchComfort, sign.height + name.implicitHeight + 2 * Theme.gapSmall + Theme.gapTight)
    Accessible.role: Accessible.PageTab
    Accessible.checked: chosen
    background: Rectangle {
        radius: Theme.radius
        color: segment.chosen ? Theme.accent : segment.down ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: segment.chosen ? 0 : Theme.lineThin
        border.color: segment.down ? Theme.accentInk : Theme.outline

        FocusRing {
            shown: segment.visualFocus
        }
    }
    contentItem: Item {
        Icon {
            id: sign

            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - height - name.implicitHeight - Theme.gapTight) / 2
            name: segment.iconName
            size: Theme.iconSmall
            colour: segment.chosen ? Theme.accentText : Theme.accentInk
        }

        Words {
            id: name

            anchors.top: sign.bottom
            anchors.topMargin: Theme.gapTight
            x: Theme.gapSmall
            width: parent.width - 2 * Theme.gapSmall
            horizontalAlignment: Text.AlignHCenter
            text: segment.text
            strong: segment.chosen
            color: segment.chosen ? Theme.accentText : Theme.accentInk
            Accessible.ignored: true
        }
    }
}
