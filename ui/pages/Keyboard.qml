pragma ComponentBehavior: Bound

import QtQuick
import ui.theme

// What characters are entered with, at the lower edge; it comes up when a field is typed in, and pages make room for it.
// Pinyin and Latin are Qt Virtual Keyboard's, which stands under GPL-3 and may be left out: without it this loads nothing
// and says so in the log. Writing by finger and rare characters are ours and stand in its place.
// It is there only while somebody is: a terminal at rest starts sooner and is a quarter smaller without it, and what a
// citizen typed goes with it.
Item {
    id: keyboard

    property bool wanted: true
    readonly property bool shown: panel.status === Loader.Ready && InputMethod.visible
    readonly property int way: tabs.way
    property bool forCodes: false
    // Qt's own keys can only be touched
    readonly property bool typed: !Theme.guided && (way === KeyboardTabs.Sound || way === KeyboardTabs.Latin)

    objectName: "keyboard"
    parent: Window.window ? Window.window.contentItem : null
    anchors.left: parent ? parent.left : undefined
    anchors.right: parent ? parent.right : undefined
    height: tabs.height + panel.height
    y: (parent ? parent.height : 0) - (shown ? height : 0)
    z: 1
    visible: shown
    // what is half typed is written as it stands
    onWayChanged: InputMethod.commit()
    // a field for codes begins with Latin letters, the next field as the language has it
    onShownChanged: {
        const field = shown ? Window.activeFocusItem as TextEdit : null;
        if (field === null)
            return;
        const codes = (field.inputMethodHints & Qt.ImhLatinOnly) !== 0;
        if (codes)
            tabs.way = KeyboardTabs.Latin;
        else if (forCodes)
            tabs.begin();
        forCodes = codes;
    }
    onWantedChanged: if (!wanted)
        tabs.begin()

    Binding {
        target: Theme
        property: "keyboardHeight"
        value: keyboard.shown ? keyboard.height : 0
    }

    // a touch between two keys is none on the page below
    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surfaceSunken

        Rectangle {
            width: parent.width
            height: Theme.lineThin
            color: Theme.outline
        }
    }

    KeyboardTabs {
        id: tabs

        // for the next citizen, and in another language
        function begin(): void {
            way = Theme.language === "en" ? KeyboardTabs.Latin : Theme.guided ? KeyboardTabs.Rare : KeyboardTabs.Sound;
        }

        readonly property string language: Theme.language
        readonly property bool guided: Theme.guided

        x: (parent.width - width) / 2
        width: panel.width - 2 * Theme.gapSmall
        onLanguageChanged: begin()
        onGuidedChanged: begin()
        onHidden: InputMethod.hide()
        Component.onCompleted: begin()
    }

    Loader {
        id: panel

        // in low reach keys and buttons together stay in the lower half: what tabs, candidates and buttons leave of it, by
        // the shape of the keys (800 : 2560, as their style says)
        readonly property real lowest: Math.max(170 * Theme.mm, (keyboard.Window.height / 2 - tabs.height - 2 * Theme.touchComfort - 2 * Theme.gap) * 3.2)

        y: tabs.height
        width: Math.min(parent.width, 330 * Theme.mm, Theme.lowReach ? lowest : parent.width)
        anchors.horizontalCenter: parent.horizontalCenter
        active: keyboard.wanted
        asynchronous: true
        source: "KeyboardPanel.qml"
        // a field that was touched before the keys were there has asked in vain
        onLoaded: if (keyboard.Window.activeFocusItem as TextEdit !== null)
            InputMethod.show()
        // out of sight and reach, not invisible: Qt would say that there is no keyboard
        opacity: keyboard.typed ? 1 : 0
        enabled: keyboard.typed
    }

    // its type is not named here: naming it would load Qt's keyboard
    Binding {
        target: panel.item
        property: "latin"
        value: keyboard.way === KeyboardTabs.Latin
    }

    Loader {
        anchors.fill: panel
        anchors.margins: Theme.gapSmall
        active: keyboard.shown && !keyboard.typed
        sourceComponent: keyboard.way === KeyboardTabs.Rare ? finding : keyboard.way === KeyboardTabs.Latin ? spelling : writing
    }

    Component {
        id: writing

        WritingPanel {}
    }

    Component {
        id: spelling

        LetterPanel {}
    }

    Component {
        id: finding

        RarePanel {}
    }
}
