import QtQuick
import ui.controls
import ui.models

// A member of staff says who they are: their number, then the code from their phone.
Page {
    id: page

    required property HelperModel helper

    property string staff: ""
    property string code: ""

    readonly property bool open: helper.sent && !helper.busy
    readonly property string entry: helper.busy ? "busy" : helper.attemptsLeft + " " + helper.phone

    function take(digits: string): void {
        if (!open)
            return;
        code = digits;
        if (digits.length === helper.digits)
            helper.enter(digits);
    }

    title: helper.sent ? qsTr("请工作人员输入验证码") : qsTr("请工作人员输入工号")
    why: helper.sent ? qsTr("验证码已发到工作人员的手机 %1。").arg(helper.phone) : qsTr("来帮您的人是谁，会显示在每一页，也会记在这件事里。请看好您自己的信息。")
    adviceShown: false
    primaryText: helper.sent ? "" : qsTr("发送验证码")
    primaryBusy: helper.busy
    onPrimaryTapped: helper.number(staff)
    secondaryText: qsTr("结束帮助")
    secondaryIcon: "undo-2"
    onSecondaryTapped: helper.giveUp()
    onEntryChanged: {
        if (!helper.busy)
            code = "";
    }

    TextInputField {
        id: field

        objectName: "field"
        visible: !page.helper.sent
        width: parent.width
        label: qsTr("工号")
        example: qsTr("例如：BB-0001")
        problem: page.helper.sent ? "" : page.helper.problem
        limit: 20
        hints: Qt.ImhLatinOnly | Qt.ImhUppercaseOnly | Qt.ImhNoPredictiveText
        text: page.staff
        onEdited: text => page.staff = text
        onAccepted: page.helper.number(page.staff)
    }

    CodeBoxes {
        visible: page.helper.sent
        width: parent.width
        code: page.code
        count: page.helper.digits
        problem: page.helper.sent ? page.helper.problem : ""
    }

    DigitPad {
        visible: page.helper.sent
        enabled: page.open
        opacity: enabled ? 1 : 0.5
        width: parent.width
        value: page.code
        displayShown: false
        limit: page.helper.digits
        onEdited: value => page.take(value)
    }
}
