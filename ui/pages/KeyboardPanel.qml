import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import ui.theme

// The panel of Qt Virtual Keyboard: Pinyin, TCIme or Latin, by the language of the session; its look is in ui/keyboard.
InputPanel {
    id: panel

    // Latin letters, whatever the language of the session
    property bool latin: false
    readonly property string sounds: Theme.language === "zh-Hant" ? "zh_TW" : "zh_CN"
    readonly property string wanted: latin ? "en_GB" : sounds

    function speak(): void {
        VirtualKeyboardSettings.activeLocales = [wanted, ...["zh_CN", "en_GB"].filter(each => each !== wanted)];
        VirtualKeyboardSettings.locale = wanted;
    }

    onWantedChanged: speak()
    Component.onCompleted: {
        VirtualKeyboardSettings.styleName = "onething";
        // the row of candidates keeps its place: the page above it stands still while a name is typed
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = true;
        speak();
    }
}
