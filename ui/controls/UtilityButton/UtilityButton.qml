import QtQuick
import ui.theme
import ui.controls

// One of the things that are on every page (home, language, larger text, help): an icon over a word.
TouchTarget {
    id: button

    required property string iconName
    property bool chosen: false

    implicitHeight: Math.max(Theme.touchComfort, implicitContentHeight + topPadding + bottomPadding)
    // two short words stand in one line at the side of a lying screen
    horizontalPadding: Theme.lineThick
    topPadding: Theme.gapSmall
    bottomPadding: Theme.gapSmall

    background: Rectangle {
        radius: Theme.radius
        color: button.down || button.chosen ? Theme.accentQuiet : "transparent"
        // what is on is known by its edge, not by a tint alone
        border.width: button.chosen ? Theme.lineThick : 0
        border.color: Theme.accentInk

        FocusRing {
            shown: button.visualFocus
            around: parent.radius
        }
    }

    contentItem: Column {
        spacing: Theme.gapTight

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: button.iconName
            size: Theme.iconSmall
            colour: Theme.accentInk
        }

        Words {
            width: parent.width
            text: button.text
            size: Words.Caption
            color: Theme.accentInk
            horizontalAlignment: Text.AlignHCenter
            Accessible.ignored: true
        }
    }
}
