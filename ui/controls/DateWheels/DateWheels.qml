import QtQuick
import ui.theme
import ui.controls

// A date by three wheels, or typed. The page keeps year, month and day; `edited` gives a day that exists.
Item {
    id: wheels

    required property int year
    required property int month
    required property int day
    property int firstYear: 1900
    property int lastYear: 2100
    property string problem: ""
    // typing eight digits instead of turning
    property bool typing: false
    property string typed: ""
    // a day that may be the answer, in eight digits
    property string example: "19900315"

    signal edited(int year, int month, int day)

    function daysIn(someYear: int, someMonth: int): int {
        return new Date(someYear, someMonth, 0).getDate();
    }

    function take(someYear: int, someMonth: int, someDay: int): void {
        edited(someYear, someMonth, Math.min(someDay, daysIn(someYear, someMonth)));
    }

    // 1990031 → 1990-03-1
    function dashed(digits: string): string {
        return digits.slice(0, 4) + (digits.length > 4 ? "-" + digits.slice(4, 6) : "") + (digits.length > 6 ? "-" + digits.slice(6, 8) : "");
    }

    function takeTyped(digits: string): void {
        typed = digits;
        if (digits.length !== 8)
            return;
        const y = Number(digits.slice(0, 4));
        const m = Number(digits.slice(4, 6));
        const d = Number(digits.slice(6, 8));
        if (y >= firstYear && y <= lastYear && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m))
            edited(y, m, d);
    }

    readonly property bool typedIsWrong: typing && typed.length === 8 && typed !== String(year).padStart(4, "0") + String(month).padStart(2, "0") + String(day).padStart(2, "0")

    implicitWidth: 200 * Theme.mm
    implicitHeight: parts.implicitHeight

    Column {
        id: parts

        width: parent.width
        spacing: Theme.gap

        Row {
            id: line

            visible: !wheels.typing
            width: parent.width
            spacing: Theme.gap

            Wheel {
                objectName: "year"
                width: (line.width - 2 * line.spacing) * 0.4
                from: wheels.firstYear
                to: wheels.lastYear
                value: wheels.year
                shape: qsTr("%1年")
                spoken: qsTr("年")
                caption: Theme.language === "en" ? spoken : ""
                onTurned: value => wheels.take(value, wheels.month, wheels.day)
            }

            Wheel {
                objectName: "month"
                width: (line.width - 2 * line.spacing) * 0.3
                from: 1
                to: 12
                value: wheels.month
                shape: qsTr("%1月")
                spoken: qsTr("月")
                caption: Theme.language === "en" ? spoken : ""
                onTurned: value => wheels.take(wheels.year, value, wheels.day)
            }

            Wheel {
                objectName: "day"
                width: (line.width - 2 * line.spacing) * 0.3
                from: 1
                to: wheels.daysIn(wheels.year, wheels.month)
                value: wheels.day
                shape: qsTr("%1日")
                spoken: qsTr("日")
                caption: Theme.language === "en" ? spoken : ""
                onTurned: value => wheels.take(wheels.year, wheels.month, value)
            }
        }

        DigitPad {
            visible: wheels.typing
            width: parent.width
            value: wheels.typed
            shown: wheels.dashed(wheels.typed)
            placeholder: qsTr("8 位数字，例如 %1").arg(wheels.example)
            problem: wheels.typedIsWrong ? qsTr("没有这一天，请核对年、月、日，例如 %1").arg(wheels.dashed(wheels.example)) : ""
            limit: 8
            onEdited: value => wheels.takeTyped(value)
        }

        Problem {
            width: parent.width
            text: wheels.problem
        }

        ActionButton {
            objectName: "date-typing"
            rank: ActionButton.Quiet
            iconName: wheels.typing ? "calendar" : "keyboard"
            text: wheels.typing ? qsTr("改用滚轮选择") : qsTr("改用数字输入")
            onClicked: {
                wheels.typed = "";
                wheels.typing = !wheels.typing;
            }
        }
    }
}
