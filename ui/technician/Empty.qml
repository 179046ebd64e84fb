import QtQuick
import ui.theme
import ui.controls

// In place of a list: that it is being fetched, or that there is nothing and what that means.
Item {
    id: empty

    property bool busy: false
    property string iconName: "info"
    required property string text

    implicitHeight: 30 * Theme.mm
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        anchors.centerIn: parent
        spacing: Theme.gapSmall

        Spinner {
            anchors.verticalCenter: parent.verticalCenter
            running: empty.busy
            size: Theme.iconSmall
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: !empty.busy
            name: empty.iconName
            size: Theme.iconSmall
            colour: Theme.textQuiet
        }

        Line {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(Math.ceil(implicitWidth), empty.width - Theme.iconSmall - 3 * Theme.gapSmall)
            text: empty.text
            quiet: true
            Accessible.ignored: true
        }
    }
}
