pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// A row of a list that opens something: state, what it is, a quieter line, at the right what is known of it.
TouchTarget {
    id: row

    property string tone: ""
    property string iconName: ""
    property string note: ""
    property string aside: ""
    property string asideNote: ""
    property string asideTone: ""
    property bool opens: true
    property bool last: false

    readonly property real asideRoom: aside === "" && asideNote === "" ? 0 : Math.min(width * 0.42, Math.max(first.implicitWidth, second.implicitWidth) + 1)

    enabled: opens
    leftPadding: 0
    rightPadding: 0
    topPadding: Theme.gapTight
    bottomPadding: Theme.gapTight
    spoken: [text, note, aside, asideNote].filter(part => part !== "").join(" ")

    background: Rectangle {
        color: row.down ? Theme.accentQuiet : "transparent"

        Rectangle {
            visible: !row.last
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.lineThin
            color: Theme.line
        }

        FocusRing {
            shown: row.visualFocus
            around: Theme.radiusSmall
        }
    }

    contentItem: Item {
        implicitHeight: Math.max(mark.visible ? mark.height : 0, left.height, right.height)

        Item {
            id: mark

            visible: row.tone !== "" || row.iconName !== ""
            anchors.verticalCenter: parent.verticalCenter
            width: visible ? Theme.iconSmall : 0
            height: Theme.iconSmall

            Loader {
                active: row.tone !== ""
                sourceComponent: Dot {
                    tone: row.tone
                }
            }

            Icon {
                visible: row.tone === "" && row.iconName !== ""
                name: row.iconName
                size: Theme.iconSmall
                colour: Theme.accentInk
            }
        }

        Column {
            id: left

            anchors.left: mark.right
            anchors.leftMargin: mark.visible ? Theme.gapSmall : 0
            anchors.right: right.left
            anchors.rightMargin: right.width > 0 ? Theme.gapSmall : 0
            anchors.verticalCenter: parent.verticalCenter

            Line {
                width: parent.width
                text: row.text
                strong: true
                Accessible.ignored: true
            }

            Line {
                visible: text !== ""
                width: parent.width
                text: row.note
                fine: true
                quiet: true
                Accessible.ignored: true
            }
        }

        Column {
            id: right

            anchors.right: chevron.left
            anchors.rightMargin: chevron.visible ? Theme.gapTight : 0
            anchors.verticalCenter: parent.verticalCenter
            width: row.asideRoom

            Line {
                id: first

                visible: text !== ""
                width: parent.width
                horizontalAlignment: Text.AlignRight
                text: row.aside
                strong: row.asideTone !== ""
                color: row.asideTone === "" || row.asideTone === "off" ? Theme.text : Tone.ink(row.asideTone)
                Accessible.ignored: true
            }

            Line {
                id: second

                visible: text !== ""
                width: parent.width
                horizontalAlignment: Text.AlignRight
                text: row.asideNote
                fine: true
                quiet: true
                Accessible.ignored: true
            }
        }

        Item {
            id: chevron

            visible: row.opens
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            width: visible ? Theme.iconSmall : 0
            height: Theme.iconSmall

            Icon {
                name: "chevron-right"
                size: Theme.iconSmall
                colour: Theme.textQuiet
            }
        }
    }
}
