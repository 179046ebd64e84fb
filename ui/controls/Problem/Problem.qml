import QtQuick
import ui.theme
import ui.controls

// What is wrong with an answer and what to enter instead; takes no room while there is nothing.
Row {
    id: problem

    required property string text

    // said when it appears, whoever looks elsewhere (WCAG 2.2, 4.1.3)
    function tell(): void {
        if (visible)
            Announcer.tell([text]);
    }

    onTextChanged: Qt.callLater(tell)
    visible: text !== ""
    spacing: Theme.gapSmall
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Item {
        id: sign

        width: Theme.iconSmall
        height: Math.round(Theme.bodySize * 1.45)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "circle-alert"
            size: Theme.iconSmall
            colour: Theme.critical
        }
    }

    Words {
        width: problem.width - sign.width - problem.spacing
        text: Theme.kept(problem.text)
        color: Theme.critical
        Accessible.ignored: true
    }
}
