import QtQuick
import QtTest
import ui.controls

TestCase {
    id: testCase

    name: "AmountField"
    when: windowShown
    width: 800
    height: 1000
    visible: true

    AmountField {
        id: field

        width: 600
        onEdited: amount => field.amount = amount
    }

    function type(keys: string): void {
        field.amount = "";
        for (const key of keys)
            mouseClick(findChild(field, "key-" + key));
    }

    function test_a_sum_data() {
        return [
            {
                tag: "whole",
                keys: "1200",
                sum: "1200"
            },
            {
                tag: "cents",
                keys: "12.345",
                sum: "12.34"
            },
            {
                tag: "leading zero",
                keys: "007",
                sum: "7"
            },
            {
                tag: "point first",
                keys: ".5",
                sum: "0.5"
            },
            {
                tag: "two points",
                keys: "1.2.3",
                sum: "1.23"
            }
        ];
    }

    function test_a_sum(row): void {
        type(row.keys);
        compare(field.amount, row.sum);
    }

    function test_grouping(): void {
        compare(field.grouped("1234567.5"), "1,234,567.5");
        compare(field.grouped("999"), "999");
    }
}
