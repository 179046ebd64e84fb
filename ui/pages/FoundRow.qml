import QtQuick
import ui.theme
import ui.controls

// A service in a list: touch it to read its guide, or put it into the basket as it is.
Item {
    id: row

    required property string service
    required property string sign
    required property string title
    required property string summary
    required property string detail
    required property bool addable
    required property bool added

    signal chosen
    signal add(bool on)

    implicitHeight: card.height
    // kept for use again, a row is still there for whoever looks for it by name
    ListView.onPooled: visible = false
    ListView.onReused: visible = true

    ServiceCard {
        id: card

        objectName: "service-" + row.service
        width: row.width - (row.addable ? join.width + Theme.touchGap : 0)
        height: Math.max(implicitHeight, join.implicitHeight)
        iconName: row.sign
        text: row.title
        summary: row.summary
        note: row.detail
        onClicked: row.chosen()
    }

    JoinButton {
        id: join

        objectName: "join-" + row.service
        visible: row.addable
        anchors.right: parent.right
        height: card.height
        added: row.added
        spoken: text + " " + row.title
        onClicked: row.add(!row.added)
    }
}
