import QtQuick
import ui.theme
import ui.controls

// Something to know before going on: what happened and what to do next.
Rectangle {
    id: notice

    enum Kind {
        Info,
        Positive,
        Caution,
        Critical
    }

    property int kind: Notice.Info
    property string title: ""
    required property string text

    readonly property color ink: kind === Notice.Info ? Theme.accentInk : kind === Notice.Positive ? Theme.positive : kind === Notice.Caution ? Theme.caution : Theme.critical

    implicitWidth: 120 * Theme.mm
    implicitHeight: words.implicitHeight + 2 * Theme.gap
    radius: Theme.radius
    color: kind === Notice.Info ? Theme.accentQuiet : kind === Notice.Positive ? Theme.positiveQuiet : kind === Notice.Caution ? Theme.cautionQuiet : Theme.criticalQuiet
    border.width: Theme.highContrast ? Theme.lineThin : 0
    border.color: ink
    Accessible.role: kind >= Notice.Caution ? Accessible.AlertMessage : Accessible.Note
    Accessible.name: (title === "" ? "" : title + " ") + text

    Icon {
        id: sign

        x: Theme.gap
        y: Theme.gap + ((notice.title === "" ? Theme.bodySize : Theme.bodySize) * 1.45 - height) / 2
        name: notice.kind === Notice.Info ? "info" : notice.kind === Notice.Positive ? "circle-check" : notice.kind === Notice.Caution ? "triangle-alert" : "circle-alert"
        colour: notice.ink
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapTight

        Words {
            visible: notice.title !== ""
            width: parent.width
            text: Theme.kept(notice.title)
            strong: true
            color: notice.ink
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: Theme.kept(notice.text)
            Accessible.ignored: true
        }
    }
}
