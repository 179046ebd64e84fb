import QtQuick
import ui.theme
import ui.controls

// A list of any length, made as it is looked at: only what is seen exists, and what scrolls out is used again.
// Scrolled by a finger, or by the two buttons below it, as every page is.
Item {
    id: list

    property alias model: view.model
    property alias delegate: view.delegate
    property alias header: view.header
    property alias section: view.section
    property alias spacing: view.spacing
    property alias count: view.count

    // somebody has scrolled, and the list stands still
    signal rested

    // the uppermost row that can be seen; -1 while the header can
    function uppermost(): int {
        return view.contentY <= view.originY + 1 ? -1 : view.indexAt(view.width / 2, view.contentY + 1);
    }

    // put this row uppermost; the header when there is none
    function stand(row: int): void {
        // on its way in a list that is gone
        travel.stop();
        view.cancelFlick();
        view.forceLayout();
        view.pinned = row < 0;
        if (row >= 0)
            view.positionViewAtIndex(row, ListView.Beginning);
        else
            view.contentY = view.originY;
    }

    ListView {
        id: view

        // the room of the buttons is kept free: a list that grew by it would change its own length again
        readonly property bool tall: contentHeight > height + 1

        // nobody has scrolled: a header that grows later grows downwards
        property bool pinned: true

        function moveTo(y: real): void {
            pinned = false;
            travel.to = Math.max(originY, Math.min(y, originY + contentHeight - height));
            travel.restart();
        }

        objectName: "list"
        width: parent.width
        height: Math.max(0, parent.height - cues.height - Theme.gapSmall)
        boundsBehavior: Flickable.StopAtBounds
        interactive: tall
        clip: true
        reuseItems: true
        // rows beyond the edges are not laid out until they are seen, and would lie over each other
        cacheBuffer: 0
        // no row is the current one: it would take the focus from a field in the header whenever the rows change
        currentIndex: -1
        onOriginYChanged: if (pinned)
            contentY = originY
        onHeightChanged: returnToBounds()
        onMovementStarted: pinned = false
        onMovementEnded: list.rested()

        NumberAnimation {
            id: travel

            target: view
            property: "contentY"
            duration: Theme.motion
            easing.type: Easing.OutCubic
            onFinished: {
                view.returnToBounds();
                list.rested();
            }
        }
    }

    Row {
        id: cues

        visible: view.tall
        anchors.bottom: parent.bottom
        width: parent.width
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
