import QtQuick
import ui.theme
import ui.controls

// A sum of money: big digits, the pad beneath. The sum is a string such as "1200.50".
Item {
    id: field

    property string amount: ""
    property string unit: "元"
    property string placeholder: ""
    property string problem: ""
    // the sum in words
    property string note: ""
    property int decimals: 2
    property int limit: 12

    signal edited(string amount)

    // 1234567.5 → 1,234,567.5
    function grouped(sum: string): string {
        const parts = sum.split(".");
        const whole = parts[0].replace(/\B(?=(\d{3})+(?!\d))/g, ",");
        return parts.length > 1 ? whole + "." + parts[1] : whole;
    }

    function take(typed: string): void {
        const shape = new RegExp(decimals > 0 ? "^(0|[1-9]\\d*)(\\.\\d{0," + decimals + "})?$" : "^(0|[1-9]\\d*)$");
        const sum = typed === "." ? "0." : typed.replace(/^0(?=\d)/, "");
        if (sum === "" || shape.test(sum))
            edited(sum);
    }

    implicitWidth: 150 * Theme.mm
    implicitHeight: pad.implicitHeight

    DigitPad {
        id: pad

        width: parent.width
        value: field.amount
        shown: field.grouped(field.amount) + " " + field.unit
        placeholder: field.placeholder
        problem: field.problem
        note: field.note
        limit: field.limit
        extraKey: field.decimals > 0 ? "." : ""
        onEdited: value => field.take(value)
    }
}
