pragma ComponentBehavior: Bound

import QtQuick
import ui.controls
import ui.models

// How it was (好差评): one touch when it was good, what it is about when it was not.
Page {
    id: page

    required property RatingModel rating

    // a level that asks why; 0 while none is chosen
    property int level: 0
    property list<string> chosen: []

    function toggle(axis: string): void {
        chosen = chosen.includes(axis) ? chosen.filter(known => known !== axis) : chosen.concat([axis]);
    }

    title: level === 0 ? qsTr("这次办得怎么样？") : qsTr("哪里让您不满意？")
    why: level === 0 ? qsTr("点一下就好，您的评价帮我们改进。") : qsTr("可以选几项，也可以直接提交。一个工作日内会有人给您打电话。")
    primaryText: level === 0 ? "" : qsTr("提交评价")
    primaryIcon: "check"
    secondaryText: qsTr("不评价")
    bodyCentred: level === 0
    onPrimaryTapped: rating.rate(level, chosen)
    onSecondaryTapped: rating.skip()

    StarRating {
        width: parent.width
        level: page.level
        upright: page.height > page.width && page.level === 0
        onRated: level => {
            if (level > 2)
                page.rating.rate(level, []);
            else
                page.level = level;
        }
    }

    Repeater {
        model: page.rating.axes

        ChoiceCard {
            id: card

            required property string axis
            required property string title
            required property string detail

            objectName: "axis-" + axis
            visible: page.level !== 0
            width: parent.width
            multiple: true
            text: title
            summary: detail
            chosen: page.chosen.includes(axis)
            onClicked: page.toggle(axis)
        }
    }
}
