import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Styles
import ui.theme

// Qt Virtual Keyboard in the theme of the screen. Sizes are millimetres: a list or a key is never below 12.7.
KeyboardStyle {
    id: style

    keyboardDesignWidth: 2560
    keyboardDesignHeight: 800
    keyboardRelativeLeftMargin: 10 / keyboardDesignWidth
    keyboardRelativeRightMargin: 10 / keyboardDesignWidth
    keyboardRelativeTopMargin: 10 / keyboardDesignHeight
    keyboardRelativeBottomMargin: 14 / keyboardDesignHeight

    keyboardBackground: Rectangle {
        color: Theme.surfaceSunken
    }

    keyPanel: KeyFace {}
    backspaceKeyPanel: KeyFace {
        icon: "delete"
    }
    languageKeyPanel: KeyFace {
        icon: "languages"
    }
    enterKeyPanel: KeyFace {
        icon: "corner-down-left"
        filled: true
    }
    hideKeyPanel: KeyFace {
        icon: "keyboard-off"
    }
    shiftKeyPanel: KeyFace {
        icon: "arrow-big-up"
        filled: InputContext.capsLockActive || InputContext.shiftActive
    }
    symbolKeyPanel: KeyFace {
        size: Theme.bodySize
    }
    modeKeyPanel: KeyFace {
        size: Theme.bodySize
    }
    handwritingKeyPanel: KeyFace {
        icon: "pen-line"
    }
    // it says which language is typed
    spaceKeyPanel: KeyFace {
        word: Qt.locale(InputContext.locale).nativeLanguageName
        size: Theme.bodySize
        tinted: false
    }

    characterPreviewMargin: 0
    characterPreviewDelegate: Rectangle {
        id: preview

        property string text: ""

        radius: Theme.radius
        color: Theme.accent

        Text {
            anchors.centerIn: parent
            text: preview.text
            textFormat: Text.PlainText
            color: Theme.accentText
            font.family: Theme.fontFamily
            font.pixelSize: Math.min(Theme.titleSize, preview.height * 0.7)
        }
    }

    alternateKeysListItemWidth: Math.round(1.2 * Theme.touchTarget)
    alternateKeysListItemHeight: Theme.touchComfort
    alternateKeysListTopMargin: Theme.gapSmall
    alternateKeysListBottomMargin: Theme.gapSmall
    alternateKeysListLeftMargin: Theme.gapSmall
    alternateKeysListRightMargin: Theme.gapSmall
    alternateKeysListDelegate: ListWord {
        required property string text

        word: text
        width: Math.round(1.2 * Theme.touchTarget)
        height: Theme.touchComfort
    }
    alternateKeysListHighlight: Rectangle {
        radius: Theme.radius
        color: Theme.accentQuiet
    }
    alternateKeysListBackground: ListGround {}

    // the row of candidates; its words come at once: a row that glides in takes a touch for a stop
    selectionListHeight: Theme.touchComfort
    selectionListDelegate: ListWord {
        required property string display

        word: display
        width: implicitWidth
        height: Theme.touchComfort
    }
    selectionListBackground: Rectangle {
        color: Theme.surfaceRaised

        Rectangle {
            width: parent.width
            height: Theme.lineThin
            color: Theme.outline
        }
    }

    languagePopupListEnabled: true
    languageListDelegate: ListWord {
        required property string displayName

        word: displayName
        width: 70 * Theme.mm
        height: Theme.touchComfort
    }
    languageListHighlight: Rectangle {
        radius: Theme.radius
        color: Theme.accentQuiet
    }
    languageListBackground: ListGround {}

    popupListDelegate: ListWord {
        required property string display

        word: display
        width: 70 * Theme.mm
        height: Theme.touchComfort
    }
    popupListBackground: ListGround {}

    navigationHighlight: Rectangle {
        radius: Theme.radius
        color: "transparent"
        border.width: Theme.lineThick
        border.color: Theme.focus
    }
}
