import QtQuick
import ui.theme
import ui.controls

// One line of a panel: a sign, what it is, and a quieter line below.
Item {
    id: row

    required property string iconName
    property bool urgent: false
    property string detail: ""
    property alias label: label.text

    Accessible.role: Accessible.ListItem
    Accessible.name: label.text
    Accessible.description: detail
    implicitHeight: Math.max(sign.height, words.height)

    Icon {
        id: sign

        y: Theme.gapTight
        name: row.iconName
        colour: row.urgent ? Theme.caution : Theme.positive
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.gap
        anchors.right: parent.right
        spacing: Theme.gapTight

        Words {
            id: label

            width: parent.width
            Accessible.ignored: true
        }

        Words {
            visible: text !== ""
            width: parent.width
            size: Words.Caption
            quiet: !row.urgent
            color: row.urgent ? Theme.caution : Theme.textQuiet
            text: Theme.kept(row.detail)
            Accessible.ignored: true
        }
    }
}
