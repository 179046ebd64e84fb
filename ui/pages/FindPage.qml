pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Find a service: by a stage of a life, under a department, or in everyday words.
Page {
    id: page

    required property FindModel find

    where: ""
    title: qsTr("您要办什么事？")
    adviceShown: false

    Connections {
        target: page.find
        function onListChanged(): void {
            Qt.callLater(list.stand, -1);
        }
    }

    filling: LongList {
        id: list

        anchors.fill: parent
        spacing: Theme.gapSmall
        model: page.find.services
        // never changed while rows are there: Qt 6.11 then walks into a row that is gone
        section.property: "group"
        section.delegate: Words {
            required property string section

            visible: section !== ""
            width: list.width
            height: visible ? implicitHeight : 0
            topPadding: Theme.gapSmall
            bottomPadding: Theme.gapSmall
            size: Words.Heading
            text: section
        }
        Component.onCompleted: Qt.callLater(stand, page.find.place)
        onRested: page.find.keepPlace(uppermost())
        header: FindHeader {
            width: list.width
            page: page
            find: page.find
        }
        delegate: FoundRow {
            width: list.width
            onChosen: page.find.choose(service)
            onAdd: on => page.find.add(service, on)
        }
    }
}
