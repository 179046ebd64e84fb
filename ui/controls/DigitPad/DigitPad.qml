pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// Big keys for digits, with what was typed above them: phone, number, code. The page keeps the value.
Item {
    id: pad

    property string value: ""
    property string placeholder: ""
    property string problem: ""
    property int limit: 18
    // the key left of 0: "", "X" for an ID number, "." for an amount
    property string extraKey: ""
    // what the display shows in place of the value, for example grouped digits
    property string shown: value
    property bool displayShown: true

    signal edited(string value)

    function press(key: string): void {
        if (value.length < limit)
            edited(value + key);
    }

    // a real keyboard, once a key of the pad has the focus
    Keys.onPressed: event => {
        const sign = event.text !== "" && (/^[0-9]$/.test(event.text) || event.text === extraKey);
        if (sign)
            press(event.text);
        else if (event.key === Qt.Key_Backspace)
            edited(value.slice(0, -1));
        event.accepted = sign || event.key === Qt.Key_Backspace;
    }
    implicitWidth: 150 * Theme.mm
    implicitHeight: parts.implicitHeight
    Accessible.role: Accessible.Grouping
    Accessible.name: placeholder

    component Key: TouchTarget {
        id: key

        property string iconName: ""

        width: (keys.width - 2 * keys.spacing) / 3
        height: Theme.touchComfort * 1.05
        background: Rectangle {
            radius: Theme.radius
            color: key.down ? Theme.accentQuiet : key.text === "" && key.iconName === "" ? "transparent" : Theme.surfaceRaised
            border.width: key.down ? Theme.lineThick : key.text === "" && key.iconName === "" ? 0 : Theme.lineThin
            border.color: key.down ? Theme.accentInk : Theme.line

            FocusRing {
                shown: key.visualFocus
            }
        }
        contentItem: Item {
            Words {
                anchors.centerIn: parent
                text: key.text
                size: key.text.length > 1 ? Words.Body : Words.Title
                Accessible.ignored: true
            }

            Icon {
                anchors.centerIn: parent
                visible: key.iconName !== ""
                name: key.iconName
                colour: Theme.text
            }
        }
    }

    Column {
        id: parts

        width: parent.width
        spacing: Theme.gap

        Rectangle {
            visible: pad.displayShown
            width: parent.width
            height: Theme.touchComfort * 1.15
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: Theme.lineThick
            border.color: pad.problem !== "" ? Theme.critical : Theme.accentInk

            Words {
                anchors.fill: parent
                anchors.leftMargin: Theme.gap
                anchors.rightMargin: Theme.gap
                verticalAlignment: Text.AlignVCenter
                text: pad.value === "" ? pad.placeholder : pad.shown
                size: pad.value === "" ? Words.Body : Words.Title
                quiet: pad.value === ""
                minimumPixelSize: Theme.bodySize
                fontSizeMode: Text.Fit
                wrapMode: Text.NoWrap
            }
        }

        Problem {
            width: parent.width
            text: pad.problem
        }

        Grid {
            id: keys

            width: parent.width
            columns: 3
            spacing: Theme.gapSmall

            Repeater {
                model: 9

                Key {
                    required property int index

                    objectName: "key-" + text
                    text: String(index + 1)
                    onClicked: pad.press(text)
                }
            }

            Key {
                objectName: "key-" + pad.extraKey
                text: pad.extraKey
                enabled: pad.extraKey !== ""
                onClicked: pad.press(text)
            }

            Key {
                objectName: "key-0"
                text: "0"
                onClicked: pad.press(text)
            }

            Key {
                objectName: "key-delete"
                iconName: "delete"
                spoken: qsTr("删除一位")
                enabled: pad.value !== ""
                opacity: enabled ? 1 : 0.4
                onClicked: pad.edited(pad.value.slice(0, -1))
                onPressAndHold: pad.edited("")
            }
        }
    }
}
