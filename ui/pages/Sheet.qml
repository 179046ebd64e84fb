import QtQuick
import ui.theme
import ui.controls

// A sheet over the page: a sign, what is asked, and below it what can be done; what does not fit is announced and
// scrolls. A touch beside it goes `away`, and reaches no page below. In low reach what can be done is in the lower half.
Item {
    id: sheet

    property string iconName: ""
    property string title: ""
    property string text: ""
    property bool critical: false
    property real widest: 190 * Theme.mm
    default property alias content: rest.content

    readonly property real margin: Theme.lowReach ? Theme.gapLarge : Theme.pageMargin
    // never of what is measured here: words that wrap otherwise would take another height, and that again
    readonly property real side: Theme.gapHuge
    readonly property real padding: tight ? Theme.gapLarge : Theme.gapHuge
    // of everything, with its sign
    readonly property real wanted: Theme.gapHuge + sign.height + Theme.gapLarge + words.height + Theme.gapLarge + rest.wantedHeight + Theme.gapHuge
    readonly property bool tight: Theme.lowReach ? Theme.gapHuge + sign.height + Theme.gapLarge + words.height + Theme.gapLarge + margin > height / 2 || rest.wantedHeight + Theme.gapHuge + margin > height / 2 : wanted > height - 2 * margin
    readonly property real headHeight: padding + (tight || iconName === "" ? 0 : sign.height + Theme.gapLarge) + words.height + Theme.gapLarge
    // where what can be done begins
    readonly property real restTop: Theme.lowReach ? Math.max(Math.ceil(height / 2), margin + headHeight) : Math.max(margin, (height - headHeight - rest.wantedHeight - padding) / 2) + headHeight
    readonly property real restHeight: Math.min(rest.wantedHeight, height - margin - padding - restTop)

    signal away

    Accessible.role: Accessible.Dialog
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        color: Theme.shade
        opacity: Theme.shadeShare
    }

    MouseArea {
        anchors.fill: parent
        onClicked: sheet.away()
    }

    Rectangle {
        x: (parent.width - width) / 2
        y: sheet.restTop - sheet.headHeight
        width: Math.min(parent.width - 2 * sheet.margin, sheet.widest)
        height: sheet.headHeight + sheet.restHeight + sheet.padding
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised
        border.width: Theme.highContrast ? Theme.lineThick : 0
        border.color: Theme.outline

        MouseArea {
            anchors.fill: parent
        }

        Rectangle {
            id: sign

            visible: sheet.iconName !== "" && !sheet.tight
            anchors.horizontalCenter: parent.horizontalCenter
            y: sheet.padding
            width: 2 * Theme.iconLarge
            height: width
            radius: width / 2
            color: sheet.critical ? Theme.criticalQuiet : Theme.accentQuiet

            Icon {
                anchors.centerIn: parent
                name: sheet.iconName
                size: Theme.iconLarge
                colour: sheet.critical ? Theme.critical : Theme.accentInk
            }
        }

        Column {
            id: words

            x: sheet.side
            y: sign.visible ? sign.y + sign.height + Theme.gapLarge : sheet.padding
            width: parent.width - 2 * x
            spacing: Theme.gapSmall

            Words {
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                size: Words.Title
                text: sheet.title
            }

            Words {
                visible: text !== ""
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                text: Theme.kept(sheet.text)
            }
        }

        ScrollBody {
            id: rest

            x: sheet.side - Theme.gapTight
            y: sheet.headHeight
            width: parent.width - 2 * x
            height: sheet.restHeight
        }
    }
}
