pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Window
import ui.theme
import ui.models

// The one window: the page that is up, what may lie over every page, and the keyboard below it.
Window {
    id: shellWindow

    required property ShellModel shell
    required property NarratorModel narrator
    required property KeysModel keyMap
    required property FrameCounter live
    property DockModel dock: null
    // of the diagnostics mode, while a technician is there; its type is loaded with its pages
    property QtObject technician: null

    // how long after a touch the same place takes none of the page that came by it, in milliseconds
    property int secondTap: 0

    // the page that is up, once it is painted
    readonly property string shown: pages.status === Loader.Ready ? shell.page : ""

    // where the five keys are; empty where they are not used
    readonly property string keysAt: keys.current === null ? "" : keys.current.objectName

    // that of the page which came last
    property real progress: -1

    // the file of that page
    property string file: ""

    // somebody is there, and their first page stands: the keyboard is loaded now, not while that page is made
    property bool standing: false

    Timer {
        running: shellWindow.shell.page !== "attract" && !shellWindow.standing
        interval: 3 * Theme.motion
        onTriggered: shellWindow.standing = true
    }

    function turn(): void {
        if (shell.page === "attract")
            standing = false;
        if (shell.pageFile === file)
            return;
        file = shell.pageFile;
        const given = {
            shell: shell,
            narrator: narrator
        };
        given[shell.pageTakes] = shell.pageModel;
        if (shell.page === "camera")
            given["live"] = live;
        pages.setSource(file, given);
    }

    title: shell.cityName
    color: Theme.surface
    onTechnicianChanged: {
        if (technician === null)
            technicians.source = "";
        else
            technicians.setSource("../technician/TechnicianShell.qml", {
                technician: technician
            });
    }

    Component.onCompleted: turn()

    Connections {
        target: shellWindow.shell
        function onChanged(): void {
            shellWindow.turn();
        }
    }

    Connections {
        target: pages.item as Page
        // another question on the same page
        function onTitleChanged(): void {
            keys.letGo();
        }
        function onLanguageWanted(): void {
            overlays.showLanguages();
        }
        function onSeeHearWanted(): void {
            overlays.showSeeHear();
        }
        function onHelpWanted(): void {
            overlays.showHelp();
        }
    }

    Narration {
        narrator: shellWindow.narrator
        shell: shellWindow.shell
        page: pages.item as Page
        overlays: overlays
    }

    Shortcut {
        sequence: "Ctrl+Alt+D"
        onActivated: shellWindow.shell.knock()
    }

    FiveKeys {
        id: keys

        readonly property Page page: pages.item as Page

        anchors.fill: parent
        map: shellWindow.keyMap
        narrator: shellWindow.narrator
        subject: overlays.visible ? overlays : shellWindow.technician !== null ? technicians : keyboard.shown ? keyboard : pages
        place: overlays.visible ? overlays.words() : page === null ? [] : [page.where, page.stepCount, page.step, page.title, page.why, page.next]
        silent: !shellWindow.shell.spoken
        onUsed: shellWindow.shell.attend()
        onSpeechWanted: shellWindow.shell.setSpoken(true)
        onBackWanted: {
            if (overlays.visible)
                overlays.away();
            else if (keyboard.shown)
                InputMethod.hide();
            else if (page !== null && page.backShown)
                page.backTapped();
        }

        Loader {
            id: pages

            objectName: "pages"
            visible: shellWindow.technician === null
            width: parent.width
            height: parent.height
            onLoaded: {
                overlays.close();
                keys.letGo();
                second.arrived();
                // nothing half typed, and no candidates, stay for the next page or the next citizen
                InputMethod.reset();
                const page = pages.item as Page;
                page.arrive(shellWindow.progress);
                shellWindow.progress = page.progress;
            }
        }

        Overlays {
            id: overlays

            anchors.fill: parent
            shell: shellWindow.shell
        }

        // nothing of it is loaded before a technician knocks, nor kept after one left
        Loader {
            id: technicians

            anchors.fill: parent
        }
    }

    Loader {
        anchors.fill: parent
        z: 1
        active: shellWindow.dock !== null
        sourceComponent: Dock {
            dock: shellWindow.dock
        }
    }

    SecondTap {
        id: second

        anchors.fill: parent
        z: 1
        lasts: shellWindow.secondTap
    }

    // whoever types, scrolls or signs is here, although nothing is answered yet; while something is asked, only the
    // answer counts
    Item {
        anchors.fill: parent
        z: 2

        PointHandler {
            target: null
            onActiveChanged: if (active) {
                second.touched(point.pressPosition);
                keys.letGo();
                shellWindow.narrator.hush();
                shellWindow.shell.attend();
            }
        }
    }

    Keyboard {
        id: keyboard

        wanted: shellWindow.standing
    }
}
