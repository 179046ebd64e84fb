pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A heading and what is theirs below it; nothing at all when there is nothing.
Column {
    id: part

    property alias model: rows.model
    property alias count: rows.count
    property alias title: heading.text
    property bool busy: false

    signal opened(string kind, string key)

    visible: rows.count > 0
    spacing: Theme.gapSmall

    Words {
        id: heading

        visible: text !== ""
        width: parent.width
        size: Words.Heading
    }

    Repeater {
        id: rows

        OwnCard {
            width: part.width
            enabled: kind !== "" && !part.busy
            onClicked: part.opened(kind, key)
        }
    }
}
