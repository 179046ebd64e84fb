import QtQuick
import ui.theme

// One fact: what it is at the left, how much at the right.
Item {
    id: fact

    required property string label
    required property string value
    property real share: 0.34

    implicitHeight: Math.max(name.height, said.height) + Theme.gapTight
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + value

    Line {
        id: name

        width: fact.width * fact.share - Theme.gapSmall
        text: fact.label
        quiet: true
        Accessible.ignored: true
    }

    Line {
        id: said

        x: fact.width * fact.share
        width: fact.width - x
        text: fact.value
        wrapMode: Text.WrapAtWordBoundaryOrAnywhere
        Accessible.ignored: true
    }
}
