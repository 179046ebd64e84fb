pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// An answer with where it came from and a way to change it, or the title of a section.
Item {
    id: line

    required property bool header
    required property string label
    required property string value
    required property string origin
    required property bool changeable
    required property int place
    required property bool first
    required property bool last

    signal changeWanted

    implicitHeight: header ? part.height + Theme.gapSmall + (first ? 0 : Theme.gapLarge) : part.height

    Loader {
        id: part

        anchors.bottom: parent.bottom
        anchors.bottomMargin: line.header ? Theme.gapSmall : 0
        width: parent.width
        sourceComponent: line.header ? title : answer
    }

    Component {
        id: title

        Words {
            size: Words.Heading
            text: line.label
        }
    }

    Component {
        id: answer

        Rectangle {
            implicitHeight: row.height + (line.first ? Theme.gapSmall : 0) + (line.last ? Theme.gapSmall : 0)
            topLeftRadius: line.first ? Theme.radiusLarge : 0
            topRightRadius: line.first ? Theme.radiusLarge : 0
            bottomLeftRadius: line.last ? Theme.radiusLarge : 0
            bottomRightRadius: line.last ? Theme.radiusLarge : 0
            color: Theme.surfaceRaised

            SummaryRow {
                id: row

                x: Theme.cardPadding
                y: line.first ? Theme.gapSmall : 0
                width: parent.width - x - Theme.gapSmall
                label: line.label
                value: line.value
                origin: line.origin
                changeable: line.changeable
                changeName: "change-" + line.place
                lineShown: !line.last
                onChangeTapped: line.changeWanted()
            }
        }
    }
}
