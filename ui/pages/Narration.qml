import QtQuick
import ui.models

// What is said by itself: what a page is about when it comes, and again when what it asks, or what is wrong, changes.
// What is wrong comes first. Only what everybody may hear is heard by everybody; the narrator sees to it.
QtObject {
    id: narration

    required property NarratorModel narrator
    required property ShellModel shell
    // the page that is up, null between two
    required property Page page

    readonly property string title: page === null ? "" : page.title
    readonly property string advice: shell.adviceText
    readonly property bool spoken: shell.spoken
    readonly property bool guided: shell.guided
    readonly property bool warning: shell.idleRemaining > 0
    readonly property bool leaving: shell.leaving

    function arrive(): void {
        if (page === null)
            return;
        const first = [advice];
        const place = [page.stepCount, page.step, page.title, page.why];
        for (const todo of page.spoken)
            place.push(todo);
        place.push(page.next);
        narrator.arrive(first, place);
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
    onWarningChanged: {
        if (warning)
            narrator.say(qsTr("您还在吗？点一下屏幕就继续。不点，过一会儿就结束，您的信息会清除。"));
    }
    onLeavingChanged: {
        if (leaving)
            narrator.say(qsTr("要离开吗？离开就清除您的信息。"));
    }
}
