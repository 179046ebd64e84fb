pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A heading and a sheet of points below it; nothing at all when there are none.
Column {
    id: part

    property alias model: rows.model
    property alias count: rows.count
    property alias title: heading.text

    visible: rows.count > 0
    spacing: Theme.gapSmall

    Words {
        id: heading

        visible: text !== ""
        width: parent.width
        size: Words.Heading
    }

    Panel {
        width: parent.width

        Repeater {
            id: rows

            PanelRow {
                required property string sign
                required property string what
                required property string more
                required property bool pressing

                width: parent.width
                iconName: sign
                urgent: pressing
                label: what
                detail: more
            }
        }
    }
}
