pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// Things one below the other; what does not fit is announced in words with two buttons, and scrolls.
Item {
    id: place

    default property alias content: body.data
    property alias spacing: body.spacing
    property bool centred: false
    // said below everything else, quietly
    property list<string> footnotes: []
    // stands in place of what scrolls, as large as the room
    property alias filling: filler.data

    readonly property bool filled: filler.children.length > 0
    readonly property real bodyWidth: body.width
    readonly property real bodyHeight: view.height
    // what it would take to show everything at once
    readonly property real wantedHeight: Theme.gapTight + body.height + notes.taken + Theme.gapTight
    // decided without the cues, so that showing them cannot flip it back
    readonly property bool tall: !filled && view.contentHeight > height

    // scroll so that `item`, a child of the body, can be seen whole
    function reveal(item: Item): void {
        const top = item.mapToItem(body, 0, 0).y;
        const bottom = top + item.height + Theme.gap;
        if (top < view.contentY)
            view.moveTo(top - Theme.gap);
        else if (bottom > view.contentY + view.height)
            view.moveTo(bottom - view.height);
    }

    Flickable {
        id: view

        function moveTo(y: real): void {
            travel.to = Math.max(0, Math.min(y, contentHeight - height));
            travel.restart();
        }

        width: place.width
        height: Math.max(0, place.height - (place.tall ? cues.height + Theme.gapSmall : 0))
        contentWidth: width
        contentHeight: body.y + body.height + notes.taken + Theme.gapTight
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height + 1
        clip: interactive
        visible: !place.filled

        Column {
            id: body

            x: Theme.gapTight
            y: place.centred ? Math.max(Theme.gapTight, (place.height - height - notes.taken) / 2) : Theme.gapTight
            width: view.width - 2 * Theme.gapTight
            spacing: Theme.gap
        }

        Column {
            id: notes

            readonly property real taken: place.footnotes.length > 0 ? height + Theme.gap : 0

            x: body.x
            y: body.y + body.height + Theme.gap
            width: body.width
            spacing: Theme.gapTight

            Repeater {
                model: place.footnotes

                Words {
                    required property string modelData

                    width: notes.width
                    text: Theme.kept(modelData)
                    size: Words.Caption
                    quiet: true
                }
            }
        }

        NumberAnimation {
            id: travel

            target: view
            property: "contentY"
            duration: Theme.motion
            easing.type: Easing.OutCubic
        }
    }

    Item {
        id: filler

        visible: place.filled
        x: Theme.gapTight
        width: place.width - 2 * Theme.gapTight
        height: place.height
    }

    // how to see the rest: words, not a thin bar
    Row {
        id: cues

        visible: place.tall
        x: body.x
        anchors.bottom: parent.bottom
        width: body.width
        height: Math.max(Theme.touchTarget, Math.round(Theme.bodySize * 1.45))
        spacing: Theme.gapSmall

        ActionButton {
            objectName: "page-up"
            byHandOnly: true
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            rank: enabled ? ActionButton.Secondary : ActionButton.Quiet
            leftPadding: Theme.gapTight
            rightPadding: Theme.gapTight
            topPadding: 0
            bottomPadding: 0
            enabled: !view.atYBeginning
            iconName: "chevron-up"
            text: qsTr("回到上面")
            onClicked: view.moveTo(view.contentY - 0.85 * view.height)
        }

        ActionButton {
            objectName: "page-down"
            byHandOnly: true
            width: (parent.width - parent.spacing) / 2
            height: parent.height
            rank: enabled ? ActionButton.Secondary : ActionButton.Quiet
            leftPadding: Theme.gapTight
            rightPadding: Theme.gapTight
            topPadding: 0
            bottomPadding: 0
            enabled: !view.atYEnd
            iconName: "chevron-down"
            text: view.atYEnd ? qsTr("已到最后") : qsTr("下面还有")
            onClicked: view.moveTo(view.contentY + 0.85 * view.height)
        }
    }
}
