pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// What technicians did here, newest first, and whether the record is whole.
TechFrame {
    id: page

    required property AuditModel audit

    title: qsTr("操作审计")

    Notice {
        objectName: "chain"
        visible: !page.audit.empty
        width: parent.width
        kind: page.audit.whole ? Notice.Positive : Notice.Critical
        text: page.audit.chain
    }

    Card {
        visible: !page.audit.empty
        width: parent.width
        gap: 0

        Repeater {
            model: page.audit.rows

            Item {
                id: row

                required property int index
                required property string at
                required property string operator
                required property string what
                required property string about
                required property string result

                readonly property real first: 52 * Theme.mm
                readonly property real second: 30 * Theme.mm

                width: parent.width
                height: Math.max(when.height, who.height, words.height) + 2 * Theme.gapTight

                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: Theme.lineThin
                    color: Theme.line
                }

                Line {
                    id: when

                    y: Theme.gapTight
                    width: row.first
                    text: row.at
                    quiet: true
                }

                Line {
                    id: who

                    y: Theme.gapTight
                    x: row.first
                    width: row.second - Theme.gapSmall
                    text: row.operator
                }

                Line {
                    id: words

                    y: Theme.gapTight
                    x: row.first + row.second
                    width: parent.width - x
                    text: [row.what, row.about, row.result].filter(part => part !== "").join("  ·  ")
                }
            }
        }
    }

    Empty {
        visible: page.audit.empty
        width: parent.width
        busy: page.audit.reading
        text: page.audit.reading ? qsTr("正在读取并核对…") : qsTr("读不到操作记录。")
    }

    actions: Tool {
        objectName: "again"
        width: page.share(1)
        enabled: !page.technician.waiting
        busy: page.audit.reading
        iconName: "rotate-cw"
        text: qsTr("重新读取并核对")
        onClicked: page.audit.again()
    }
}
