import QtQuick
import ui.theme
import ui.controls

// A fact at a glance: a sign, what it is, how much.
Rectangle {
    id: fact

    required property string iconName
    property alias label: label.text
    property alias value: value.text

    Accessible.role: Accessible.ListItem
    Accessible.name: label.text
    Accessible.description: value.text
    implicitHeight: words.height + 2 * Theme.gap
    radius: Theme.radius
    color: Theme.surfaceRaised
    border.width: Theme.lineThin
    border.color: Theme.line

    Icon {
        id: sign

        x: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        name: fact.iconName
        colour: Theme.accentInk
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.right: parent.right
        anchors.margins: Theme.gap
        anchors.verticalCenter: parent.verticalCenter

        Words {
            id: label

            width: parent.width
            size: Words.Caption
            quiet: true
            Accessible.ignored: true
        }

        Words {
            id: value

            width: parent.width
            strong: true
            Accessible.ignored: true
        }
    }
}
