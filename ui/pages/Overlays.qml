import QtQuick
import ui.theme
import ui.controls
import ui.models

// What may lie over every page: the time-out warning, the question whether to leave, languages, help.
Item {
    id: overlays

    required property ShellModel shell
    property string sheet: ""

    function showLanguages(): void {
        sheet = "languages";
    }
    function showHelp(): void {
        sheet = "help";
    }
    function close(): void {
        sheet = "";
    }

    readonly property string up: shell.idleRemaining > 0 ? "idle" : shell.leaving ? "leaving" : sheet

    visible: up !== ""

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
        opacity: 0.62
    }

    // a touch beside the sheet closes what may be closed, and reaches no page below
    MouseArea {
        anchors.fill: parent
        onClicked: overlays.up === "idle" ? overlays.shell.stay() : overlays.up === "leaving" ? overlays.shell.stay() : overlays.close()
    }

    Rectangle {
        width: Math.min(parent.width - 2 * Theme.pageMargin, 200 * Theme.mm)
        height: sheetLoader.height + 2 * Theme.gapLarge
        anchors.centerIn: parent
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised

        MouseArea {
            anchors.fill: parent
        }

        Loader {
            id: sheetLoader

            x: Theme.gapLarge
            y: Theme.gapLarge
            width: parent.width - 2 * Theme.gapLarge
            sourceComponent: overlays.up === "idle" ? idle : overlays.up === "leaving" ? leaving : overlays.up === "languages" ? languages : overlays.up === "help" ? help : null
        }
    }

    Component {
        id: idle

        Column {
            spacing: Theme.gap

            Words {
                width: parent.width
                size: Words.Title
                text: qsTr("您还在吗？")
            }

            Words {
                width: parent.width
                text: qsTr("%1 秒后自动退出。为保护您的信息，已填的内容会清除。").arg(overlays.shell.idleRemaining)
            }

            ActionButton {
                objectName: "stay"
                width: parent.width
                text: qsTr("继续办理")
                onClicked: overlays.shell.stay()
            }
        }
    }

    Component {
        id: leaving

        Column {
            spacing: Theme.gap

            Words {
                width: parent.width
                size: Words.Title
                text: qsTr("要退出办理吗？")
            }

            Words {
                width: parent.width
                text: qsTr("退出后，已填的内容会清除，下次要重新填写。")
            }

            ActionButton {
                objectName: "stay"
                width: parent.width
                text: qsTr("继续办理")
                onClicked: overlays.shell.stay()
            }

            ActionButton {
                objectName: "leave"
                width: parent.width
                rank: ActionButton.Secondary
                critical: true
                text: qsTr("清除并退出")
                onClicked: overlays.shell.leave()
            }
        }
    }

    Component {
        id: languages

        Column {
            spacing: Theme.gap

            Words {
                width: parent.width
                size: Words.Title
                text: "语言  Language"
            }

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
        }
    }

    Component {
        id: help

        Column {
            spacing: Theme.gap

            Words {
                width: parent.width
                size: Words.Title
                text: qsTr("需要帮助？")
            }

            Words {
                width: parent.width
                text: qsTr("请拨打服务热线，或到旁边的窗口找工作人员。")
            }

            Words {
                width: parent.width
                size: Words.Display
                color: Theme.accentInk
                text: overlays.shell.hotline
            }

            ActionButton {
                objectName: "close-help"
                width: parent.width
                rank: ActionButton.Secondary
                text: qsTr("回到办理页面")
                onClicked: overlays.close()
            }
        }
    }
}
