import QtQuick
import ui.theme
import ui.controls

// One thing that happened to a case, on the line of time.
Item {
    id: line

    required property string sign
    required property string when
    required property string who
    required property string says
    required property bool last

    Accessible.role: Accessible.ListItem
    Accessible.name: when
    Accessible.description: [who, says].filter(part => part !== "").join("\n")
    implicitHeight: words.height

    Rectangle {
        visible: !line.last
        x: plate.x + plate.width / 2
        y: plate.y + plate.height
        width: Theme.lineThin
        height: line.height - plate.height + Theme.gap
        color: Theme.outline
    }

    Rectangle {
        id: plate

        width: Theme.iconLarge
        height: width
        radius: width / 2
        color: Theme.accentQuiet

        Icon {
            anchors.centerIn: parent
            name: line.sign
            size: Theme.iconSmall
            colour: Theme.accentInk
        }
    }

    Column {
        id: words

        x: plate.width + Theme.gap
        width: parent.width - x
        spacing: Theme.gapTight

        Words {
            width: parent.width
            size: Words.Caption
            quiet: true
            text: line.when + "  ·  " + line.who
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: Theme.kept(line.says)
            Accessible.ignored: true
        }
    }
}
