import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings
import ui.theme

// The panel of Qt Virtual Keyboard: Pinyin, TCIme or Latin, by the language of the session; its look is in ui/keyboard.
InputPanel {
    id: panel

    readonly property string wanted: Theme.language === "en" ? "en_GB" : Theme.language === "zh-Hant" ? "zh_TW" : "zh_CN"

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
