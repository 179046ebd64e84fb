pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// For oneself, or for somebody who has given one the right to.
Page {
    id: page

    required property BehalfModel behalf

    title: qsTr("这次是给谁办？")
    why: behalf.count > 0 ? qsTr("别人请您替他办、登记过的，都在这里。只能看委托里写的信息，双方的名字都会记下。") : qsTr("没有人登记过请您替他办。要替别人办，请他先在手机或窗口登记委托。")

    ChoiceCard {
        objectName: "act-own"
        width: parent.width
        text: qsTr("给自己办")
        summary: page.behalf.holder
        onClicked: page.behalf.choose("")
    }

    Repeater {
        model: page.behalf.rows

        ChoiceCard {
            required property string mandate
            required property string title
            required property string scope
            required property string until
            required property bool fits

            objectName: "act-" + mandate
            width: parent.width
            enabled: fits
            text: title
            summary: scope + "\n" + until
            onClicked: page.behalf.choose(mandate)
        }
    }
}
