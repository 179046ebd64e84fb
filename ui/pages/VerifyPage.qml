import QtQuick
import ui.controls
import ui.models

// Six digits from the phone. The last one enters the code.
Page {
    id: page

    required property VerifyModel verify

    property string code: ""

    readonly property bool open: verify.sent && !verify.checking

    function take(digits: string): void {
        if (!open)
            return;
        code = digits;
        if (digits.length === verify.digits)
            verify.enter(digits);
    }

    title: verify.noPhone ? qsTr("没有登记手机号码") : qsTr("请输入短信验证码")
    why: verify.noPhone ? "" : verify.phone === "" ? (verify.sending ? qsTr("%1，正在给您登记的手机发送验证码。").arg(verify.holder) : "") : qsTr("%1，验证码已发到 %2。").arg(verify.holder).arg(verify.phone)
    adviceShown: !verify.sent
    next: verify.noPhone ? "" : shell.next
    primaryText: verify.noPhone ? qsTr("回到首页") : ""
    onPrimaryTapped: shell.home()
    secondaryText: verify.noPhone || verify.sending || verify.checking ? "" : verify.sent ? qsTr("重新发送验证码") : qsTr("发送验证码")
    secondaryIcon: "refresh-cw"
    onSecondaryTapped: verify.resend()

    // what wipes the digits: a code that was checked, or another one to enter. Everything else that happens meanwhile, the
    // document taken away or a device that comes and goes, leaves them
    readonly property string entry: verify.checking ? "checking" : verify.sending ? "sending" : verify.attemptsLeft + " " + verify.phone

    onEntryChanged: {
        if (!verify.checking)
            code = "";
    }

    Panel {
        visible: page.verify.noPhone
        width: parent.width

        PanelRow {
            width: parent.width
            iconName: "users"
            label: qsTr("请旁边的工作人员帮忙")
            detail: qsTr("工作人员看过证件，就可以在窗口接着办。")
        }

        PanelRow {
            width: parent.width
            iconName: "phone"
            label: qsTr("拨打 %1，问在哪里登记手机号码").arg(page.shell.hotline)
            detail: qsTr("登记以后，在这台机器上就能办。")
        }
    }

    CodeBoxes {
        visible: !page.verify.noPhone
        width: parent.width
        code: page.code
        count: page.verify.digits
        problem: page.verify.sent ? page.shell.adviceText : ""
    }

    Words {
        visible: text !== ""
        width: parent.width
        quiet: true
        text: page.verify.checking ? qsTr("正在核对…") : page.verify.sent && page.shell.adviceText !== "" ? qsTr("还可以输入 %1 次").arg(page.verify.attemptsLeft) : ""
    }

    DigitPad {
        visible: !page.verify.noPhone
        enabled: page.open
        opacity: enabled ? 1 : 0.5
        width: parent.width
        value: page.code
        displayShown: false
        limit: page.verify.digits
        onEdited: value => page.take(value)
    }
}
