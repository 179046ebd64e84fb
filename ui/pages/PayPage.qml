pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls
import ui.models

// What has to be paid, and the code to pay it with. Once it is paid it goes on by itself.
Page {
    id: page

    required property PayModel payment

    readonly property bool open: payment.state === "open"
    readonly property bool beside: bodyWidth > 190 * Theme.mm && !Theme.elder

    title: payment.state === "making" ? qsTr("正在生成付款码") : open ? qsTr("请扫码付款 %1").arg(payment.amount) : payment.state === "paid" ? qsTr("付好了，正在继续") : payment.state === "expired" ? qsTr("付款码过期了") : qsTr("现在付不了款")
    why: open ? qsTr("付好以后这里自动继续，不用点。不付也不会丢，填的内容都还在。") : payment.state === "expired" ? qsTr("没有扣您的钱。过期以后才付的，会自动退回。") : payment.state === "none" ? qsTr("没有扣您的钱，填的内容都还在。") : ""
    bodyCentred: payment.state === "making"
    next: open ? shell.next : ""
    primaryText: payment.state === "expired" || payment.state === "none" ? qsTr("换一个付款码") : open && payment.unwatched && !payment.filed ? qsTr("先提交，付款结果稍后自动核对") : ""
    primaryIcon: open ? "arrow-right" : "refresh-cw"
    onPrimaryTapped: open ? payment.submitAnyway() : payment.renew()

    Spinner {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: running
        running: page.payment.state === "making"
        size: Theme.iconHuge
    }

    Flow {
        id: both

        visible: page.payment.amount !== ""
        width: parent.width
        spacing: Theme.gap

        Column {
            id: scan

            visible: page.payment.code !== ""
            // below each other: the code in the middle, where it is held up to
            width: page.beside ? code.width : both.width
            spacing: Theme.gapSmall

            QrImage {
                id: code

                objectName: "code"
                anchors.horizontalCenter: parent.horizontalCenter
                size: Math.round(Math.min(90 * Theme.mm * Math.max(1, Theme.textScale), both.width))
                payload: page.payment.code
                caption: qsTr("用手机上的支付软件扫一扫")
            }

            Words {
                objectName: "remaining"
                visible: page.payment.remaining !== ""
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                quiet: true
                text: qsTr("还剩 %1").arg(page.payment.remaining)
            }
        }

        Panel {
            width: page.beside && scan.visible ? both.width - scan.width - both.spacing : both.width

            Repeater {
                model: page.payment.rows

                Column {
                    id: fee

                    required property string title
                    required property string department
                    required property string amount
                    required property string says

                    width: parent.width
                    spacing: Theme.gapTight
                    Accessible.role: Accessible.ListItem
                    Accessible.name: title
                    Accessible.description: [amount, department, says].filter(part => part !== "").join("\n")

                    Item {
                        width: parent.width
                        height: Math.max(name.height, cost.height)

                        Words {
                            id: name

                            width: parent.width - cost.width - Theme.gap
                            text: fee.title
                            Accessible.ignored: true
                        }

                        Words {
                            id: cost

                            anchors.right: parent.right
                            strong: true
                            text: fee.amount
                            Accessible.ignored: true
                        }
                    }

                    Words {
                        width: parent.width
                        size: Words.Caption
                        quiet: true
                        Accessible.ignored: true
                        text: fee.says === "" ? fee.department : fee.department + "  ·  " + fee.says
                    }
                }
            }

            Rectangle {
                width: parent.width
                height: Theme.lineThin
                color: Theme.line
            }

            Words {
                objectName: "total"
                width: parent.width
                size: Words.Heading
                text: qsTr("一共 %1").arg(page.payment.amount)
            }

            Words {
                width: parent.width
                size: Words.Caption
                quiet: true
                text: qsTr("%1\n收款：%2").arg(page.payment.amountInWords).arg(page.payment.payee)
            }
        }
    }

    // how it is paid, where there is room to show it
    DevicePrompt {
        objectName: "prompt-pay"
        visible: page.payment.code !== "" && (page.open || page.payment.state === "paid") && page.height > page.width
        width: parent.width
        brief: true
        device: DevicePrompt.Phone
        progress: page.payment.state === "paid" ? DevicePrompt.Done : DevicePrompt.Waiting
        text: page.payment.state === "paid" ? qsTr("付好了") : qsTr("打开手机上的支付软件，扫上面的码")
        hint: page.payment.state === "paid" || page.payment.unwatched ? "" : qsTr("这里正在等付款的消息，一到就继续。")
    }
}
