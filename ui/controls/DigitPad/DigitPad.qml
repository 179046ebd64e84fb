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
    // the value in the groups people read it in, in place of `shown`, and which of them is wrong; -1: none
    property list<string> groups: []
    property int wrongGroup: -1
    // what follows from what was typed: the day of birth in an ID number, a sum in words
    property string note: ""
    property bool displayShown: true

    // what the last clearing took away, until something else is typed
    property string cleared: ""

    signal edited(string value)

    function clear(): void {
        cleared = value;
        edited("");
    }

    onValueChanged: if (value !== "")
        cleared = ""

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
            // what was entered so far; while there is nothing, what it is an answer in
            Accessible.role: Accessible.StaticText
            Accessible.name: pad.value === "" ? qsTr("还没有填") : pad.shown
            Accessible.description: pad.value === "" ? pad.placeholder : ""
            width: parent.width
            height: Theme.touchComfort * 1.15
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: Theme.lineThick
            border.color: pad.problem !== "" ? Theme.critical : Theme.accentInk

            Row {
                id: split

                // as large as all groups in their full length allow
                readonly property real room: parent.width - 2 * Theme.gap - wipe.width
                readonly property int letters: Math.max(pad.limit, pad.value.length) + 0.6 * pad.groups.length

                visible: pad.value !== "" && pad.groups.length > 0
                x: Theme.gap
                anchors.verticalCenter: parent.verticalCenter
                spacing: 0.35 * Theme.titleSize

                Repeater {
                    model: pad.groups

                    Words {
                        required property int index
                        required property string modelData

                        text: modelData
                        size: Words.Title
                        font.pixelSize: Math.min(Theme.titleSize, split.room / (0.58 * split.letters))
                        wrapMode: Text.NoWrap
                        color: index === pad.wrongGroup ? Theme.critical : Theme.text
                        font.underline: index === pad.wrongGroup
                        Accessible.ignored: true
                    }
                }
            }

            KeyButton {
                id: wipe

                objectName: "digits-clear"
                visible: pad.value !== "" || pad.cleared !== ""
                anchors.right: parent.right
                anchors.rightMargin: Theme.gapTight
                anchors.verticalCenter: parent.verticalCenter
                background: null
                iconName: pad.value !== "" ? "circle-x" : "undo-2"
                text: pad.value !== "" ? qsTr("清空") : qsTr("恢复")
                onClicked: {
                    if (pad.value !== "")
                        pad.clear();
                    else
                        pad.edited(pad.cleared);
                }
            }

            Words {
                visible: !split.visible
                anchors.fill: parent
                anchors.leftMargin: Theme.gap
                anchors.rightMargin: Theme.gapSmall + wipe.width
                verticalAlignment: Text.AlignVCenter
                text: pad.value === "" ? pad.placeholder : pad.shown
                size: pad.value === "" ? Words.Body : Words.Title
                quiet: pad.value === ""
                minimumPixelSize: Theme.bodySize
                fontSizeMode: Text.Fit
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        Problem {
            width: parent.width
            text: pad.problem
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: pad.note
            quiet: true
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
                onPressAndHold: pad.clear()
            }
        }
    }
}
