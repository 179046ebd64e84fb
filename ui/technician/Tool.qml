import QtQuick
import ui.theme
import ui.controls

// A button of the technician's pages: as large as every target, its words smaller.
TouchTarget {
    id: tool

    property bool primary: false
    property bool critical: false
    property bool quiet: false
    property bool busy: false
    property bool stacked: false
    property bool chosen: false
    property string iconName: ""
    property string note: ""

    readonly property color ink: !enabled ? Theme.textDisabled : primary ? Theme.accentText : critical ? Theme.critical : Theme.accentInk

    enabled: !busy
    leftPadding: Theme.gapSmall
    rightPadding: Theme.gapSmall
    topPadding: Theme.gapTight
    bottomPadding: Theme.gapTight
    implicitHeight: Math.max(15 * Theme.mm, implicitContentHeight + topPadding + bottomPadding)
    Accessible.description: note

    background: Rectangle {
        radius: Theme.radius
        color: tool.primary ? (tool.busy ? Theme.accent : !tool.enabled ? Theme.surfaceSunken : tool.down ? Theme.accentPressed : Theme.accent) : tool.down || tool.chosen ? (tool.critical ? Theme.criticalQuiet : Theme.accentQuiet) : tool.quiet ? "transparent" : !tool.enabled ? Theme.surfaceSunken : Theme.surfaceRaised
        border.width: tool.primary || tool.quiet && !tool.chosen ? 0 : tool.chosen ? Theme.lineThick : Theme.lineThin
        border.color: tool.enabled ? (tool.chosen ? Theme.accentInk : Theme.outline) : Theme.line

        FocusRing {
            shown: tool.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitWidth: tool.stacked ? Math.max(label.implicitWidth, Theme.icon) : Math.ceil(label.implicitWidth) + 1 + (mark.visible ? mark.width + Theme.gapSmall : 0)
        implicitHeight: tool.stacked ? mark.height + Theme.gapTight + label.implicitHeight : Math.max(label.implicitHeight + (below.visible ? below.implicitHeight : 0), mark.visible ? mark.height : 0)

        Item {
            id: mark

            visible: tool.iconName !== "" || tool.busy
            x: tool.stacked ? (parent.width - width) / 2 : Math.max(0, (parent.width - width - Theme.gapSmall - label.width) / 2)
            y: tool.stacked ? (parent.height - height - Theme.gapTight - label.height) / 2 : (parent.height - height) / 2
            width: Theme.iconSmall
            height: Theme.iconSmall

            Spinner {
                running: tool.busy
                size: Theme.iconSmall
                colour: tool.primary ? Theme.accentText : Theme.accentInk
            }

            Icon {
                visible: !tool.busy
                name: tool.iconName
                size: Theme.iconSmall
                colour: tool.ink
            }
        }

        Line {
            id: label

            x: tool.stacked ? 0 : mark.visible ? mark.x + mark.width + Theme.gapSmall : (parent.width - width) / 2
            y: tool.stacked ? mark.y + mark.height + Theme.gapTight : (parent.height - height - (below.visible ? below.height : 0)) / 2
            width: tool.stacked ? parent.width : Math.min(Math.ceil(implicitWidth), parent.width - (mark.visible ? mark.width + Theme.gapSmall : 0))
            text: tool.text
            strong: tool.primary || !tool.quiet
            color: tool.busy && tool.primary ? Theme.accentText : tool.ink
            horizontalAlignment: tool.stacked || !mark.visible ? Text.AlignHCenter : Text.AlignLeft
            Accessible.ignored: true
        }

        Line {
            id: below

            visible: tool.note !== "" && !tool.stacked
            x: label.x
            y: label.y + label.height
            width: Math.max(0, parent.width - x)
            text: tool.note
            fine: true
            color: tool.primary ? Theme.accentText : Theme.textQuiet
            Accessible.ignored: true
        }
    }
}
