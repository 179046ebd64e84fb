import QtQuick
import ui.controls
import ui.models

// What is said by itself: what a page is about when it comes, and again when what it asks, or what is wrong, changes.
// What is wrong comes first; what a control tells of itself, and what comes to lie over the page, is said then. Only what everybody may hear is heard by everybody; the narrator sees to it.
QtObject {
    id: narration

    required property NarratorModel narrator
    required property ShellModel shell
    // the page that is up, null between two
    required property Page page
    // what may lie over it
    required property Overlays overlays

    readonly property string title: page === null ? "" : page.title
    readonly property string advice: shell.adviceText
    readonly property bool spoken: shell.spoken
    readonly property bool guided: shell.guided
    readonly property string over: overlays.up

    // what controls told of themselves, until it is said
    property list<string> heard: []

    readonly property Connections tidings: Connections {
        target: Announcer
        function onTold(text: string): void {
            narration.heard.push(text);
            Qt.callLater(narration.tellHeard);
        }
    }

    function arrive(): void {
        if (page === null)
            return;
        const first = [advice];
        const place = [page.stepCount, page.step, page.title, page.why];
        for (const todo of page.spoken)
            place.push(todo);
        for (const told of heard) {
            if (!first.includes(told) && !place.includes(told))
                place.push(told);
        }
        heard = [];
        place.push(page.next);
        narrator.arrive(first, place);
    }

    function tellHeard(): void {
        const told = heard.filter((text, at) => text !== advice && heard.indexOf(text) === at);
        heard = [];
        if (told.length > 0 && over === "")
            narrator.tellParts(told);
    }

    function tellOver(): void {
        if (over !== "")
            // the same for everybody: nobody's value is asked or shown there
            narrator.say(overlays.words().filter(part => part !== "").join("\n"));
        else if (guided && page !== null)
            narrator.tellParts([page.title]);
    }

    // once, however much of it changed together
    function arriveSoon(): void {
        Qt.callLater(arrive);
    }

    onPageChanged: arriveSoon()
    onTitleChanged: arriveSoon()
    onAdviceChanged: if (advice !== "")
        arriveSoon()
    onSpokenChanged: if (spoken)
        arriveSoon()
    onGuidedChanged: if (guided)
        arriveSoon()
    onOverChanged: Qt.callLater(tellOver)
}
