pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// One document: whether it is good, what it says, its code to show, and its print.
Page {
    id: page

    required property SheetModel sheet

    readonly property bool beside: bodyWidth > 190 * Theme.mm && !Theme.elder

    title: sheet.title
    primaryText: sheet.paper === "printing" ? qsTr("正在打印") : sheet.paper === "none" || sheet.paper === "failed" ? qsTr("打印这一张") : qsTr("再打印一张")
    primaryIcon: "printer"
    primaryBusy: sheet.paper === "printing"
    onPrimaryTapped: sheet.print()
    secondaryText: sheet.renewal === "" ? "" : qsTr("申请换发、延续")
    secondaryIcon: "refresh-cw"
    onSecondaryTapped: sheet.renew()

    Notice {
        objectName: "validity"
        visible: page.sheet.validity !== ""
        width: parent.width
        kind: page.sheet.tone === "positive" ? Notice.Positive : page.sheet.tone === "caution" ? Notice.Caution : Notice.Critical
        title: page.sheet.revoked
        text: page.sheet.validity
    }

    SlipPrompt {
        width: parent.width
        paper: page.sheet.paper
        side: page.sheet.sideOf("printer")
        along: page.sheet.alongOf("printer")
    }

    Flow {
        id: both

        width: parent.width
        spacing: Theme.gap

        QrImage {
            id: code

            objectName: "code"
            visible: page.sheet.code !== ""
            size: Math.round(Math.min(90 * Theme.mm * Math.max(1, Theme.textScale), both.width))
            payload: page.sheet.code
            caption: qsTr("出示给工作人员扫一扫，不联网也能验真假")
        }

        Panel {
            width: page.beside && code.visible ? both.width - code.width - both.spacing : both.width

            Repeater {
                model: page.sheet.fields

                Column {
                    id: field

                    required property string label
                    required property string value

                    width: parent.width
                    Accessible.role: Accessible.ListItem
                    Accessible.name: label
                    Accessible.description: value

                    Words {
                        width: parent.width
                        size: Words.Caption
                        quiet: true
                        text: field.label
                        Accessible.ignored: true
                    }

                    Words {
                        width: parent.width
                        text: field.value
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    Words {
        width: parent.width
        size: Words.Caption
        quiet: true
        text: qsTr("屏幕上的号码遮住了一部分，打印出来的是完整的。")
    }
}
