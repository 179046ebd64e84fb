import QtQuick
import ui.theme
import ui.controls

// What is at the bottom of every page, always in the same place: home, language, elder mode, see and hear, help.
Item {
    id: tools

    property bool homeShown: true
    property bool languageShown: true
    property bool elderShown: true
    property bool seeHearShown: true
    property bool helpShown: true
    // on the side of a lying screen there is less room
    property bool narrow: false

    signal homeTapped
    signal languageTapped
    signal elderTapped
    signal seeHearTapped
    signal helpTapped

    height: row.height + 2 * Theme.gapTight

    Rectangle {
        anchors.fill: parent
        anchors.rightMargin: tools.narrow ? Theme.lineThin : 0
        color: Theme.surfaceRaised
    }

    Rectangle {
        width: parent.width
        height: Theme.lineThin
        color: Theme.line
    }

    Row {
        id: row

        readonly property real each: (width - 4 * spacing) / 5
        readonly property real lineHeight: Math.max(home.implicitHeight, language.implicitHeight, elder.implicitHeight, seeHear.implicitHeight, help.implicitHeight)

        x: tools.narrow ? Theme.gapTight : Theme.pageMargin
        y: Theme.gapTight
        width: parent.width - 2 * x
        spacing: Theme.touchGap

        UtilityButton {
            id: home

            objectName: "home"
            opacity: tools.homeShown ? 1 : 0
            enabled: tools.homeShown
            width: row.each
            height: row.lineHeight
            iconName: "house"
            text: qsTr("首页")
            onClicked: tools.homeTapped()
        }

        UtilityButton {
            id: language

            objectName: "language"
            opacity: tools.languageShown ? 1 : 0
            enabled: tools.languageShown
            width: row.each
            height: row.lineHeight
            iconName: "languages"
            // deliberately not translated: whoever looks for it reads one of the two
            text: Theme.language === "en" ? "中文" : "English"
            spoken: text + " Language 语言"
            onClicked: tools.languageTapped()
        }

        UtilityButton {
            id: elder

            objectName: "elder"
            opacity: tools.elderShown ? 1 : 0
            enabled: tools.elderShown
            width: row.each
            height: row.lineHeight
            iconName: "a-large-small"
            chosen: Theme.elder
            text: Theme.elder ? qsTr("标准字") : qsTr("大字")
            onClicked: tools.elderTapped()
        }

        UtilityButton {
            id: seeHear

            objectName: "see-hear"
            opacity: tools.seeHearShown ? 1 : 0
            enabled: tools.seeHearShown
            width: row.each
            height: row.lineHeight
            iconName: "accessibility"
            chosen: Theme.highContrast || Theme.lowReach
            text: qsTr("看和听")
            onClicked: tools.seeHearTapped()
        }

        UtilityButton {
            id: help

            objectName: "help"
            opacity: tools.helpShown ? 1 : 0
            enabled: tools.helpShown
            width: row.each
            height: row.lineHeight
            iconName: "circle-help"
            text: qsTr("帮助")
            onClicked: tools.helpTapped()
        }
    }
}
