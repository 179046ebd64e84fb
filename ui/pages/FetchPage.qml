pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// The wait for registers and licences: whom is asked and how far each is; and the way on when they do not answer.
Page {
    id: page

    required property FetchModel fetch

    title: fetch.busy ? qsTr("正在查找您的信息") : qsTr("暂时查不到您的信息")
    why: fetch.busy ? qsTr("查到的不用您再填、再交，一般只要几秒钟。") : qsTr("可以再试一次；也可以直接继续，由您自己填写。")
    next: fetch.busy ? shell.next : ""
    primaryText: fetch.busy ? "" : qsTr("自己填写，继续")
    primaryIcon: "arrow-right"
    onPrimaryTapped: fetch.goOn()
    secondaryText: fetch.busy ? fetch.skippable ? qsTr("不等了，自己填写") : "" : qsTr("再试一次")
    secondaryIcon: fetch.busy ? "pencil" : "refresh-cw"
    onSecondaryTapped: fetch.busy ? fetch.goOn() : fetch.retry()

    Panel {
        width: parent.width

        Repeater {
            model: page.fetch.sources

            Item {
                id: source

                required property string title
                required property string stand
                required property string standText

                readonly property color ink: stand === "found" ? Theme.positive : stand === "silent" ? Theme.caution : Theme.textQuiet

                width: parent.width
                height: Math.max(sign.height, name.height, how.height)
                Accessible.role: Accessible.ListItem
                Accessible.name: title + " " + standText

                Item {
                    id: sign

                    width: Theme.icon
                    height: width

                    Spinner {
                        running: source.stand === "asking"
                    }

                    Icon {
                        visible: source.stand !== "asking"
                        name: source.stand === "found" ? "check" : source.stand === "silent" ? "circle-alert" : source.stand === "nothing" ? "minus" : "hourglass"
                        colour: source.ink
                    }
                }

                Words {
                    id: name

                    anchors.left: sign.right
                    anchors.leftMargin: Theme.gap
                    anchors.right: how.left
                    anchors.rightMargin: Theme.gap
                    text: source.title
                    Accessible.ignored: true
                }

                Words {
                    id: how

                    anchors.right: parent.right
                    width: Math.min(implicitWidth, parent.width * 0.45)
                    horizontalAlignment: Text.AlignRight
                    color: source.ink
                    text: source.standText
                    Accessible.ignored: true
                }
            }
        }
    }
}
