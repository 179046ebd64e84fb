pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// Four corners: hold it inside. Drawn over a picture, light on dark or dark on light.
Item {
    id: scan

    property color colour: Theme.accentText
    property real arm: Math.min(width, height) * 0.16
    property bool found: false

    Accessible.ignored: true

    component Corner: Item {
        required property bool atRight
        required property bool atBottom

        x: atRight ? scan.width - width : 0
        y: atBottom ? scan.height - height : 0
        width: scan.arm
        height: scan.arm

        Rectangle {
            y: parent.atBottom ? parent.height - height : 0
            width: parent.width
            height: Theme.lineThick * 2
            radius: height / 2
            color: scan.found ? Theme.positive : scan.colour
        }

        Rectangle {
            x: parent.atRight ? parent.width - width : 0
            width: Theme.lineThick * 2
            height: parent.height
            radius: width / 2
            color: scan.found ? Theme.positive : scan.colour
        }
    }

    Corner {
        atRight: false
        atBottom: false
    }

    Corner {
        atRight: true
        atBottom: false
    }

    Corner {
        atRight: false
        atBottom: true
    }

    Corner {
        atRight: true
        atBottom: true
    }
}
