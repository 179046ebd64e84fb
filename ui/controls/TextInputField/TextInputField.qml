import QtQuick
import ui.theme
import ui.controls

// One line (or a few) of typed words. The label and the example stand above, what is wrong below. Nothing can be
// copied or cut from it: the compositor would keep it for the next citizen.
Item {
    id: field

    property string label: ""
    property string example: ""
    // what an answer may be, below the field
    property string rule: ""
    property string problem: ""
    property string text: ""
    property int limit: 100
    property int hints: Qt.ImhNone
    property bool severalLines: false
    readonly property bool typing: input.activeFocus
    // what the last clearing took away, until something else is typed
    property string cleared: ""

    // every change by the citizen's hand; bind `text` to what the model made of it
    signal edited(string text)
    // the keyboard's Enter key
    signal accepted

    function begin(): void {
        input.forceActiveFocus();
        InputMethod.show();
    }

    implicitWidth: 120 * Theme.mm
    implicitHeight: parts.implicitHeight
    onTextChanged: if (input.text !== text)
        input.text = text

    Column {
        id: parts

        width: parent.width
        spacing: Theme.gapSmall

        Words {
            visible: text !== ""
            width: parent.width
            text: field.label
            strong: true
            Accessible.ignored: true
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: field.example
            size: Words.Caption
            quiet: true
            Accessible.ignored: true
        }

        Rectangle {
            width: parent.width
            height: Math.max(Theme.touchComfort, input.contentHeight + 2 * Theme.gapSmall, field.severalLines ? 3 * Theme.bodySize * 1.5 + 2 * Theme.gapSmall : 0)
            radius: Theme.radius
            color: Theme.surfaceRaised
            border.width: input.activeFocus || field.problem !== "" ? Theme.lineThick : Theme.lineThin
            border.color: field.problem !== "" ? Theme.critical : input.activeFocus ? Theme.accentInk : Theme.outline

            TextEdit {
                id: input

                objectName: field.objectName + "-input"
                anchors.left: parent.left
                // room for the button also while there is none: a field that changes its width while a word is being
                // composed makes the keyboard commit it, and the button appear within its own appearing
                anchors.right: wipe.left
                anchors.leftMargin: Theme.gap
                anchors.top: field.severalLines ? parent.top : undefined
                anchors.topMargin: Theme.gapSmall
                anchors.verticalCenter: field.severalLines ? undefined : parent.verticalCenter
                height: field.severalLines ? parent.height - 2 * Theme.gapSmall : contentHeight
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.accentText
                font.family: Theme.fontFamily
                font.pixelSize: Theme.headingSize
                wrapMode: TextEdit.Wrap
                textFormat: TextEdit.PlainText
                selectByMouse: false
                persistentSelection: false
                // sensitive: the keyboard does not learn what is typed, and so offers no citizen the names of another
                inputMethodHints: field.hints | Qt.ImhSensitiveData | Qt.ImhNoTextHandles | Qt.ImhNoEditMenu | (field.severalLines ? Qt.ImhMultiLine : Qt.ImhNone)
                Accessible.name: field.label
                Accessible.description: field.problem !== "" ? field.problem : field.example
                onTextChanged: {
                    if (!field.severalLines && text.includes("\n")) {
                        text = text.replace(/\n/g, "");
                        field.accepted();
                    } else if (text.length > field.limit && [...text].length > field.limit) {
                        // by characters: half of 𠮷 is none
                        text = [...text].slice(0, field.limit).join("");
                        cursorPosition = text.length;
                    } else if (text !== field.text) {
                        if (text !== "")
                            field.cleared = "";
                        field.edited(text);
                    }
                }
                Keys.onPressed: event => {
                    const copying = event.matches(StandardKey.Copy) || event.matches(StandardKey.Cut);
                    const entered = !field.severalLines && (event.key === Qt.Key_Return || event.key === Qt.Key_Enter);
                    if (entered)
                        field.accepted();
                    event.accepted = copying || entered;
                }
                Keys.onShortcutOverride: event => event.accepted = event.matches(StandardKey.Copy) || event.matches(StandardKey.Cut)
            }

            TapHandler {
                gesturePolicy: TapHandler.ReleaseWithinBounds
                onTapped: field.begin()
            }

            TouchTarget {
                id: wipe

                objectName: field.objectName + "-clear"
                visible: input.text !== "" || field.cleared !== ""
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.touchTarget
                height: Theme.touchTarget
                spoken: input.text !== "" ? qsTr("清空") : qsTr("恢复清空的内容")
                contentItem: Item {
                    Icon {
                        anchors.centerIn: parent
                        name: input.text !== "" ? "circle-x" : "undo-2"
                        size: Theme.iconSmall
                        colour: Theme.textQuiet
                    }
                }
                onClicked: {
                    const back = field.cleared;
                    if (input.text !== "") {
                        InputMethod.reset();
                        const gone = input.text;
                        input.clear();
                        field.cleared = gone;
                    } else {
                        input.text = back;
                        input.cursorPosition = input.length;
                    }
                    field.begin();
                }
            }
        }

        Problem {
            width: parent.width
            text: field.problem
        }

        Words {
            visible: text !== "" && field.problem === ""
            width: parent.width
            text: field.rule
            size: Words.Caption
            quiet: true
        }
    }
}
