pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What may lie over every page: the time-out warning, the question whether to leave, languages, see and hear,
// help.
Item {
    id: overlays

    objectName: "overlays"

    required property ShellModel shell
    // languages, see and hear or help, opened by the citizen
    property string sheet: ""

    readonly property string up: shell.idleRemaining > 0 ? "idle" : shell.leaving ? "leaving" : sheet

    function showLanguages(): void {
        sheet = "languages";
    }
    function showSeeHear(): void {
        sheet = "see-hear";
    }
    function showHelp(): void {
        sheet = "help";
    }
    function close(): void {
        sheet = "";
    }
    // back to the page, whatever lies over it
    function away(): void {
        if (up === "idle" || up === "leaving")
            shell.stay();
        else
            close();
    }

    // what is asked or offered, as it is said
    function words(): list<string> {
        const sheets = {
            leaving: leaveSheet,
            languages: languageSheet,
            "see-hear": seeHearSheet,
            help: helpSheet
        };
        if (up === "idle")
            return [countdown.title, countdown.text, shell.guided ? qsTr("按返回键就接着办。") : qsTr("点“继续办理”就接着办。")];
        const sheet = sheets[up] as Sheet;
        return sheet === null ? [] : [sheet.title, sheet.text, up === "help" ? qsTr("服务热线") : "", up === "help" ? shell.hotline : ""];
    }

    visible: up !== ""

    Countdown {
        id: countdown

        visible: overlays.up === "idle"
        anchors.fill: parent
        remaining: overlays.shell.idleRemaining
        total: overlays.shell.idleTotal
        text: overlays.shell.keepsUnasked ? qsTr("时间到了会自动退出。您存过这件事，新填的会一起存好，这台机器上不留。") : qsTr("为保护您的信息，时间到了会自动退出并清除已填的内容。")
        saveText: overlays.shell.canKeep ? qsTr("先存着，下次再办") : ""
        onStayTapped: overlays.shell.stay()
        onSaveTapped: overlays.shell.keep()
    }

    Sheet {
        id: leaveSheet

        visible: overlays.up === "leaving"
        anchors.fill: parent
        iconName: "log-out"
        critical: true
        title: qsTr("要退出办理吗？")
        text: overlays.shell.canKeep ? qsTr("直接退出，已填的内容会清除；想留着，就先存起来。") : qsTr("退出后，已填的内容会清除，下次要重新填写。")
        onAway: overlays.shell.stay()

        ActionButton {
            objectName: "stay"
            width: parent.width
            text: qsTr("继续办理")
            onClicked: overlays.shell.stay()
        }

        ActionButton {
            objectName: "keep"
            visible: overlays.shell.canKeep
            width: parent.width
            rank: ActionButton.Secondary
            iconName: "save"
            text: qsTr("先存着，下次再办")
            onClicked: overlays.shell.keep()
        }

        ActionButton {
            objectName: "leave"
            width: parent.width
            rank: ActionButton.Secondary
            critical: true
            iconName: "trash-2"
            text: qsTr("清除并退出")
            onClicked: overlays.shell.leave()
        }
    }

    Sheet {
        id: languageSheet

        visible: overlays.up === "languages"
        anchors.fill: parent
        iconName: "languages"
        // deliberately in both: whoever looks for it reads one of the two
        title: "语言  Language"
        onAway: overlays.close()

        Repeater {
            model: overlays.shell.languages

            ChoiceCard {
                required property string tag
                required property string title
                required property bool current

                objectName: "language-" + tag
                width: parent.width
                text: title
                chosen: current
                onClicked: {
                    overlays.shell.setLanguage(tag);
                    overlays.close();
                }
            }
        }

        ActionButton {
            objectName: "close-languages"
            width: parent.width
            rank: ActionButton.Quiet
            iconName: "arrow-left"
            text: qsTr("不换，继续办理")
            onClicked: overlays.close()
        }
    }

    SeeHear {
        id: seeHearSheet

        visible: overlays.up === "see-hear"
        anchors.fill: parent
        shell: overlays.shell
        onAway: overlays.close()
    }

    Sheet {
        id: helpSheet

        visible: overlays.up === "help"
        anchors.fill: parent
        iconName: "circle-help"
        title: qsTr("需要帮助？")
        text: qsTr("打服务热线，或请旁边窗口的工作人员帮忙。您填的内容不会丢。")
        onAway: overlays.close()

        Rectangle {
            width: parent.width
            height: call.height + 2 * Theme.gap
            radius: Theme.radius
            color: Theme.accentQuiet

            Row {
                id: call

                anchors.centerIn: parent
                spacing: Theme.gap

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "phone"
                    size: Theme.iconLarge
                    colour: Theme.accentInk
                }

                Words {
                    size: Words.Display
                    color: Theme.accentInk
                    text: overlays.shell.hotline
                }
            }
        }

        ActionButton {
            objectName: "call-help"
            visible: overlays.shell.canBeHelped
            width: parent.width
            rank: ActionButton.Secondary
            iconName: "user-round-check"
            text: qsTr("工作人员在旁边帮我")
            onClicked: overlays.shell.callHelp()
        }

        ActionButton {
            objectName: "complain"
            visible: overlays.shell.canComplain
            width: parent.width
            rank: ActionButton.Secondary
            iconName: "pen-line"
            text: qsTr("投诉、办不成事")
            onClicked: overlays.shell.complain()
        }

        ActionButton {
            objectName: "close-help"
            width: parent.width
            text: qsTr("回到办理页面")
            onClicked: overlays.close()
        }
    }
}
