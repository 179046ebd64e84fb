import QtQuick
import ui.theme
import ui.controls

// Something that does not go together, why, and what mends it with one touch.
Rectangle {
    id: cure

    property bool critical: false
    property alias title: heading.text
    property alias text: says.text
    property string firstName: ""
    property string firstText: ""
    property string firstIcon: ""
    property string secondName: ""
    property string secondText: ""

    signal first
    signal second

    implicitHeight: parts.height + 2 * Theme.cardPadding
    radius: Theme.radiusLarge
    color: critical ? Theme.criticalQuiet : Theme.cautionQuiet
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title + " " + text

    Column {
        id: parts

        x: Theme.cardPadding
        y: Theme.cardPadding
        width: parent.width - 2 * x
        spacing: Theme.gap

        Words {
            id: heading

            width: parent.width
            strong: true
            color: cure.critical ? Theme.critical : Theme.caution
            Accessible.ignored: true
        }

        Words {
            id: says

            visible: text !== ""
            width: parent.width
            Accessible.ignored: true
        }

        ActionButton {
            objectName: cure.firstName
            width: parent.width
            rank: ActionButton.Secondary
            iconName: cure.firstIcon
            text: cure.firstText
            onClicked: cure.first()
        }

        ActionButton {
            objectName: cure.secondName
            visible: cure.secondText !== ""
            width: parent.width
            rank: ActionButton.Secondary
            iconName: cure.firstIcon
            text: cure.secondText
            onClicked: cure.second()
        }
    }
}
