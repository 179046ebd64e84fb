pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// Find a service: by a stage of a life, under a department, or in everyday words.
Page {
    id: page

    required property FindModel find

    // one stage or department, or what was found: its rows are what the page is about
    readonly property bool listed: find.opened || find.query !== ""

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
        section.property: page.listed ? "group" : ""
        section.delegate: Words {
            required property string section

            width: list.width
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
