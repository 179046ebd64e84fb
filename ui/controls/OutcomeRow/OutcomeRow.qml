pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// What a department made of its part: the matter, the department, the outcome in words, and why or what is next.
Rectangle {
    id: row

    enum Outcome {
        Checking,
        Approved,
        Accepted,
        Booked,
        Referred,
        Waiting,
        Refused
    }

    required property string title
    required property string outcomeText
    property int outcome: OutcomeRow.Checking
    property string department: ""
    // why, what is next, until when
    property string reason: ""
    // what is looked at, a line each: how it came out (open, passed, person), a space, and what it is
    property string checks: ""
    // what can be done next
    property string todo: ""
    // such as the number of the case
    property string detail: ""
    // what a touch on it is for; empty: nothing can be opened
    property string actionText: ""

    signal wanted
    property string iconName: ["loader-circle", "check", "file-check", "calendar-check", "user-check", "paperclip", "x"][outcome]

    readonly property string checked: checks.replace(/^(open|passed|person) /gm, "").replace(/\n/g, " ")
    readonly property bool checking: outcome === OutcomeRow.Checking
    readonly property color ink: outcome === OutcomeRow.Approved ? Theme.positive : outcome === OutcomeRow.Referred || outcome === OutcomeRow.Waiting ? Theme.caution : outcome === OutcomeRow.Refused ? Theme.critical : Theme.accentInk

    implicitWidth: 200 * Theme.mm
    implicitHeight: words.implicitHeight + 2 * Theme.cardPadding
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, department, outcomeText, reason, checked, todo, detail].filter(part => part !== "").join(" ")

    Rectangle {
        id: plate

        x: Theme.cardPadding
        y: Theme.cardPadding
        width: Theme.iconLarge
        height: width
        radius: width / 2
        color: row.outcome === OutcomeRow.Approved ? Theme.positiveQuiet : row.outcome === OutcomeRow.Referred || row.outcome === OutcomeRow.Waiting ? Theme.cautionQuiet : row.outcome === OutcomeRow.Refused ? Theme.criticalQuiet : Theme.accentQuiet

        Spinner {
            anchors.centerIn: parent
            running: row.checking
        }

        Icon {
            anchors.centerIn: parent
            visible: !row.checking
            name: row.iconName
            colour: row.ink
        }
    }

    Column {
        id: words

        anchors.left: plate.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.cardPadding
        y: Theme.cardPadding
        spacing: Theme.gapTight

        Words {
            width: parent.width
            text: row.title
            strong: true
            Accessible.ignored: true
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: row.department
            size: Words.Caption
            quiet: true
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: row.outcomeText
            strong: true
            color: row.ink
            Accessible.ignored: true
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: Theme.kept(row.reason)
            Accessible.ignored: true
        }

        Column {
            visible: row.checks !== ""
            width: parent.width
            topPadding: Theme.gapTight
            bottomPadding: Theme.gapTight
            spacing: Theme.gapTight

            Repeater {
                model: row.checks === "" ? [] : row.checks.split("\n")

                Item {
                    id: check

                    required property string modelData

                    readonly property string how: modelData.slice(0, modelData.indexOf(" "))

                    width: parent.width
                    height: Math.max(mark.height, what.height)

                    Icon {
                        id: mark

                        name: check.how === "passed" ? "check" : check.how === "person" ? "user-check" : "hourglass"
                        size: Theme.iconSmall
                        colour: check.how === "passed" ? Theme.positive : check.how === "person" ? Theme.caution : Theme.textQuiet
                    }

                    Words {
                        id: what

                        x: mark.width + Theme.gapSmall
                        width: parent.width - x
                        size: Words.Caption
                        color: check.how === "person" ? Theme.caution : Theme.textQuiet
                        text: check.how === "person" ? qsTr("%1（由工作人员看）").arg(check.modelData.slice(7)) : check.modelData.slice(check.how.length + 1)
                        Accessible.ignored: true
                    }
                }
            }
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: Theme.kept(row.todo)
            Accessible.ignored: true
        }

        Words {
            visible: text !== ""
            width: parent.width
            text: row.detail
            size: Words.Caption
            quiet: true
            Accessible.ignored: true
        }

        Item {
            visible: row.actionText !== ""
            width: parent.width
            height: open.height + Theme.gapTight

            ActionButton {
                id: open

                objectName: row.objectName + "-open"
                anchors.bottom: parent.bottom
                width: Math.min(implicitWidth, parent.width)
                rank: ActionButton.Secondary
                iconName: row.outcome === OutcomeRow.Waiting ? "paperclip" : "arrow-right"
                text: row.actionText
                spoken: text + " " + row.title
                onClicked: row.wanted()
            }
        }
    }
}
