import QtQuick
import ui.theme
import ui.controls
import ui.models.technician

// The door: staff number and one-time code, or a card. Shut for a while after too many wrong codes.
TechFrame {
    id: page

    required property DoorModel door

    title: qsTr("运维入口")
    leaveShown: false

    filling: [
        Grid {
            id: grid

            readonly property real column: page.wide ? (width - columnSpacing) / 2 : width

            x: (parent.width - width) / 2
            y: page.wide ? (parent.height - height) / 2 : Theme.gapLarge
            width: page.wide ? Math.min(page.room, 360 * Theme.mm) : Math.min(page.room, 190 * Theme.mm)
            columns: page.wide ? 2 : 1
            columnSpacing: Theme.gapHuge
            rowSpacing: Theme.gapLarge
            verticalItemAlignment: Grid.AlignVCenter

            Column {
                width: grid.column
                spacing: Theme.gapLarge

                Line {
                    width: parent.width
                    text: page.door.card ? qsTr("请把运维卡放到读卡器上；或者打电话给管理员，输入编号和对方报出的 8 位开门码。") : qsTr("请打电话给管理员，输入编号和对方报出的 8 位开门码。")
                    quiet: true
                }

                DoorField {
                    objectName: "door-number"
                    width: parent.width
                    text: qsTr("运维编号")
                    value: page.door.number
                    hint: qsTr("数字")
                    chosen: !page.door.typingCode
                    onClicked: page.door.choose(false)
                }

                DoorField {
                    objectName: "door-code"
                    width: parent.width
                    text: qsTr("开门码")
                    value: page.door.code
                    hint: qsTr("8 位数字，几分钟内有效")
                    chosen: page.door.typingCode
                    onClicked: page.door.choose(true)
                }

                Notice {
                    objectName: "door-said"
                    visible: page.door.said !== "" || page.door.shut
                    width: parent.width
                    kind: page.door.shut ? Notice.Critical : Notice.Caution
                    title: page.door.shut ? qsTr("%1 后才能再输开门码").arg(page.door.shutFor) : page.door.said
                    text: page.door.shut ? page.door.card ? qsTr("输错的次数太多，%1 之前不收开门码。运维卡仍然可以用。").arg(page.door.shutUntil) : qsTr("输错的次数太多，%1 之前不收开门码。").arg(page.door.shutUntil) : page.door.remedy
                }

                Row {
                    visible: page.door.card
                    width: parent.width
                    spacing: Theme.gapSmall

                    Icon {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "credit-card"
                        colour: Theme.accentInk
                    }

                    Line {
                        anchors.verticalCenter: parent.verticalCenter
                        width: parent.width - Theme.icon - parent.spacing
                        text: qsTr("运维卡：放上去就进入，不用输入。")
                    }
                }
            }

            Column {
                width: grid.column
                spacing: Theme.gap

                DigitPad {
                    objectName: "pad"
                    width: parent.width
                    displayShown: false
                    enabled: !page.door.checking
                    value: page.door.typed
                    limit: page.door.limit
                    onEdited: value => page.door.edit(value)
                }

                Tool {
                    objectName: "enter"
                    width: parent.width
                    height: Theme.touchComfort
                    primary: true
                    busy: page.door.checking
                    iconName: "log-in"
                    text: page.door.checking ? qsTr("正在核对") : qsTr("进入")
                    onClicked: page.door.enter()
                }
            }
        }
    ]
}
