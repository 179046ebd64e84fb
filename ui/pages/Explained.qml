pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// Plain sentences over a page, one touch there and one touch back.
Sheet {
    id: explained

    required property list<string> sentences

    visible: false
    z: 1
    onAway: visible = false

    Repeater {
        model: explained.sentences

        Row {
            id: line

            required property string modelData

            width: parent.width
            spacing: Theme.gapSmall

            Icon {
                id: sign

                y: Theme.gapTight
                name: "check"
                size: Theme.iconSmall
                colour: Theme.accentInk
            }

            Words {
                width: line.width - sign.width - line.spacing
                text: line.modelData
            }
        }
    }

    ActionButton {
        objectName: "close-explained"
        width: parent.width
        text: qsTr("知道了，回去填")
        onClicked: explained.visible = false
    }
}
