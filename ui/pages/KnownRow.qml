import QtQuick
import ui.theme
import ui.controls

// A fact that is known: what, the value, where it came from, and a way to say that it is not right.
Item {
    id: row

    required property string label
    required property string value
    required property string origin
    required property bool disputed
    property bool lineShown: true
    property alias buttonName: wrong.objectName

    signal disputeTapped

    // heard as one: what it is, and how it stands
    Accessible.role: Accessible.ListItem
    Accessible.name: label
    Accessible.description: [value, origin, disputed ? again.text : ""].filter(part => part !== "").join("\n")
    implicitHeight: Math.max(words.implicitHeight, wrong.height) + 2 * Theme.gapSmall

    Column {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - wrong.width - Theme.gap
        spacing: Theme.gapTight

        Words {
            width: parent.width
            size: Words.Caption
            quiet: true
            text: row.origin === "" ? row.label : row.label + "  ·  " + row.origin
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            quiet: row.disputed
            font.strikeout: row.disputed
            text: row.value
            Accessible.ignored: true
        }

        Words {
            id: again

            visible: row.disputed
            width: parent.width
            size: Words.Caption
            color: Theme.caution
            text: qsTr("后面会请您重新填写")
            Accessible.ignored: true
        }
    }

    ActionButton {
        id: wrong

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        rank: row.disputed ? ActionButton.Secondary : ActionButton.Quiet
        leftPadding: Theme.gap
        rightPadding: Theme.gap
        iconName: row.disputed ? "undo-2" : "pencil"
        text: row.disputed ? qsTr("还是对的") : qsTr("不对")
        spoken: row.label + " " + text
        onClicked: row.disputeTapped()
    }

    Rectangle {
        visible: row.lineShown
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }
}
