pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// One wheel: turn it, tap a neighbour, or tap the arrows. Numbers from `from` to `to`, with a unit behind.
Item {
    id: wheel

    required property int from
    required property int to
    required property int value
    // how a number is written, for example 「%1月」
    property string shape: "%1"
    property string spoken: ""
    // a word above, where the numbers do not say what they are
    property string caption: ""

    signal turned(int value)

    function turnTo(number: int): void {
        const inside = Math.max(from, Math.min(to, number));
        if (inside !== value)
            turned(inside);
    }

    readonly property int rowHeight: Math.round(Theme.touchComfort * 0.95)

    implicitWidth: 44 * Theme.mm
    implicitHeight: up.y + up.height + down.height + 3 * rowHeight + 2 * Theme.gapTight
    Accessible.role: Accessible.SpinBox
    Accessible.name: spoken + " " + value
    Accessible.onIncreaseAction: turnTo(value + 1)
    Accessible.onDecreaseAction: turnTo(value - 1)

    component Arrow: TouchTarget {
        id: arrow

        property string iconName: ""

        width: wheel.width
        height: Theme.touchTarget
        autoRepeat: true
        // a key that turns it hears where it stands now
        Accessible.description: wheel.shape.arg(wheel.value)
        opacity: enabled ? 1 : 0.35
        background: Rectangle {
            radius: Theme.radius
            color: arrow.down ? Theme.accentQuiet : "transparent"

            FocusRing {
                shown: arrow.visualFocus
            }
        }
        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: arrow.iconName
                colour: Theme.accentInk
            }
        }
    }

    Words {
        id: above

        visible: text !== ""
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: wheel.caption
        size: Words.Caption
        quiet: true
        Accessible.ignored: true
    }

    Arrow {
        id: up

        y: above.visible ? above.height : 0
        objectName: wheel.objectName + "-less"
        iconName: "chevron-up"
        spoken: wheel.spoken + " −1"
        enabled: wheel.value > wheel.from
        onClicked: wheel.turnTo(wheel.value - 1)
    }

    Rectangle {
        y: up.y + up.height + Theme.gapTight
        width: parent.width
        height: 3 * wheel.rowHeight
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: Theme.lineThin
        border.color: Theme.line

        Rectangle {
            y: wheel.rowHeight
            width: parent.width
            height: wheel.rowHeight
            color: Theme.accentQuiet

            Rectangle {
                width: parent.width
                height: Theme.lineThick
                color: Theme.accentInk
            }

            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: Theme.lineThick
                color: Theme.accentInk
            }
        }

        ListView {
            id: list

            objectName: wheel.objectName + "-list"
            anchors.fill: parent
            clip: true
            model: wheel.to - wheel.from + 1
            snapMode: ListView.SnapToItem
            highlightRangeMode: ListView.StrictlyEnforceRange
            preferredHighlightBegin: wheel.rowHeight
            preferredHighlightEnd: 2 * wheel.rowHeight
            highlightMoveDuration: Theme.motion
            currentIndex: wheel.value - wheel.from
            onMovementEnded: {
                const landed = wheel.from + currentIndex;
                currentIndex = Qt.binding(() => wheel.value - wheel.from);
                wheel.turnTo(landed);
            }
            delegate: Item {
                id: row

                required property int index
                readonly property int number: wheel.from + index
                readonly property bool current: list.currentIndex === index

                width: list.width
                height: wheel.rowHeight

                Words {
                    anchors.centerIn: parent
                    text: wheel.shape.arg(row.number)
                    size: row.current ? Words.Heading : Words.Body
                    quiet: !row.current
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                TapHandler {
                    gesturePolicy: TapHandler.DragThreshold
                    onTapped: wheel.turnTo(row.number)
                }
            }
        }
    }

    Arrow {
        id: down

        objectName: wheel.objectName + "-more"
        y: parent.height - height
        iconName: "chevron-down"
        spoken: wheel.spoken + " +1"
        enabled: wheel.value < wheel.to
        onClicked: wheel.turnTo(wheel.value + 1)
    }
}
