import QtQuick
import ui.theme
import ui.controls

// What became of one item, or the title of an application with what its way to the departments met.
Item {
    id: line

    required property bool header
    required property string title
    required property string department
    required property string stand
    required property string standText
    required property string reason
    required property string checks
    required property string todo
    required property string action
    required property string key
    required property string detail

    signal opened(string number)

    function outcome(): int {
        switch (stand) {
        case "approved":
            return OutcomeRow.Approved;
        case "accepted":
            return OutcomeRow.Accepted;
        case "inspection-booked":
        case "booked":
            return OutcomeRow.Booked;
        case "referred":
            return OutcomeRow.Referred;
        case "refused":
        case "not-accepted":
            return OutcomeRow.Refused;
        case "waiting":
        case "withdrawn":
        case "delayed":
            return OutcomeRow.Waiting;
        default:
            return OutcomeRow.Checking;
        }
    }

    implicitHeight: header ? heading.height : row.height

    Column {
        id: heading

        visible: line.header
        width: parent.width
        spacing: Theme.gapSmall

        Words {
            visible: text !== ""
            width: parent.width
            size: Words.Heading
            text: line.title
        }

        Words {
            visible: text !== ""
            width: parent.width
            quiet: true
            text: line.detail
        }

        Notice {
            visible: line.header && line.reason !== ""
            width: parent.width
            kind: line.stand === "delayed" ? Notice.Caution : Notice.Critical
            title: line.standText
            text: line.reason
        }
    }

    OutcomeRow {
        id: row

        visible: !line.header
        width: parent.width
        title: line.title
        department: line.department
        outcome: line.header ? OutcomeRow.Waiting : line.outcome()
        outcomeText: line.standText
        Binding on iconName {
            when: line.stand === "delayed"
            value: "clock"
        }
        reason: line.reason
        detail: line.detail
        objectName: "outcome-" + line.key
        checks: line.checks
        todo: line.todo
        actionText: line.key === "" ? "" : line.action
        onWanted: line.opened(line.key)
    }
}
