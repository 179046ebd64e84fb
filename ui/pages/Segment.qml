import QtQuick
import ui.theme
import ui.controls

// One of a few ways to look at the same thing.
TouchTarget {
    id: segment

    property string iconName: ""
    readonly property real above: iconName === "" ? 0 : sign.height + Theme.gapTight
    property bool chosen: false

    implicitHeight: Math.max(Theme.touchComfort, above + name.implicitHeight + 2 * Theme.gapSmall)
    Accessible.role: Accessible.PageTab
    Accessible.checkable: true
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
            visible: segment.iconName !== ""
            y: (parent.height - height - name.implicitHeight - Theme.gapTight) / 2
            name: segment.iconName
            size: Theme.iconSmall
            colour: segment.chosen ? Theme.accentText : Theme.accentInk
        }

        Words {
            id: name

            x: Theme.gapTight
            y: (parent.height - height - segment.above) / 2 + segment.above
            width: parent.width - 2 * Theme.gapTight
            horizontalAlignment: Text.AlignHCenter
            text: segment.text
            strong: segment.chosen
            color: segment.chosen ? Theme.accentText : Theme.accentInk
            Accessible.ignored: true
        }
    }
}
