import QtQuick

// What to say of a slip while a number is typed (kiosk.forms.groups.SlipKind): what is wrong, and what to look at.
QtObject {
    function words(slip: string, kind: string): string {
        switch (slip) {
        case "start":
            return qsTr("手机号以 13 到 19 开头，请核对前两位");
        case "day":
            return qsTr("没有这个出生日期，请核对第 7 到 14 位");
        case "future":
            return qsTr("出生日期在今天以后，请核对第 7 到 14 位");
        case "letter":
            return kind === "credit-code" ? qsTr("执照上的 18 位代码里没有字母 I、O、S、V、Z，请核对") : qsTr("X 只能是最后一位，请核对");
        case "check":
            return kind === "credit-code" ? qsTr("这个代码对不上，有一位输错了，请对照营业执照逐位核对") : kind === "bank-card" ? qsTr("这个卡号对不上，有一位输错了，请对照银行卡逐位核对") : qsTr("这个号码对不上，有一位输错了，请对照身份证逐位核对");
        default:
            return "";
        }
    }
}
