pragma ComponentBehavior: Bound

import QtQuick
import ui.theme
import ui.controls

// The thing to do next: a verb and a noun. One primary a page.
TouchTarget {
    id: button

    enum Rank {
        Primary,
        Secondary,
        Quiet
    }

    property int rank: ActionButton.Primary
    property string iconName: ""
    property bool iconLast: false
    property bool busy: false
    // why it cannot be tapped now; shown under the words, and the button is disabled while it is not empty
    property string reason: ""
    property bool critical: false

    // asked once each, not at every use: names of ranks cost as much as a line of text
    readonly property bool primary: rank === ActionButton.Primary
    readonly property bool secondary: rank === ActionButton.Secondary
    readonly property color ink: !enabled ? Theme.textDisabled : primary ? Theme.accentText : critical ? Theme.critical : Theme.accentInk

    enabled: reason === "" && !busy
    implicitHeight: Math.max(Theme.touchComfort, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: primary || secondary ? Theme.gapLarge : Theme.gap
    rightPadding: leftPadding
    topPadding: Theme.gapSmall
    bottomPadding: Theme.gapSmall
    Accessible.description: reason

    background: Rectangle {
        radius: Theme.radius
        color: button.primary ? (button.busy ? Theme.accent : !button.enabled ? Theme.surfaceSunken : button.down ? Theme.accentPressed : Theme.accent) : button.down ? (button.critical ? Theme.criticalQuiet : Theme.accentQuiet) : !button.primary && !button.secondary ? "transparent" : !button.enabled ? Theme.surfaceSunken : Theme.surfaceRaised
        border.width: button.secondary ? Theme.lineThick : 0
        border.color: button.enabled ? button.ink : Theme.line

        FocusRing {
            shown: button.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitWidth: Math.ceil(Math.max(label.implicitWidth + (mark.visible ? mark.width + line.spacing : 0), Math.min(why.implicitWidth, 60 * Theme.mm))) + 1
        implicitHeight: line.implicitHeight + (why.visible ? why.implicitHeight : 0)

        Row {
            id: line

            readonly property real room: parent.width - (mark.visible ? mark.width + spacing : 0)

            anchors.horizontalCenter: parent.horizontalCenter
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: why.visible ? -why.implicitHeight / 2 : 0
            spacing: Theme.gapSmall
            layoutDirection: button.iconLast ? Qt.RightToLeft : Qt.LeftToRight

            Item {
                id: mark

                visible: button.busy || button.iconName !== ""
                width: Theme.iconSmall
                height: Theme.iconSmall
                anchors.verticalCenter: parent.verticalCenter

                Loader {
                    active: button.busy
                    sourceComponent: Spinner {
                        size: Theme.iconSmall
                        colour: button.primary ? Theme.accentText : Theme.accentInk
                    }
                }

                Icon {
                    visible: !button.busy && button.iconName !== ""
                    name: button.iconName
                    size: Theme.iconSmall
                    colour: button.ink
                }
            }

            Words {
                id: label

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, Math.max(line.room, Theme.touchTarget))
                text: Theme.kept(button.text)
                strong: button.primary || button.secondary
                color: button.busy && button.primary ? Theme.accentText : button.ink
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }

        // made once it is needed, as the spinner is: a page has a dozen buttons, and most can always be tapped
        Loader {
            id: why

            visible: active
            active: button.reason !== ""
            anchors.top: line.bottom
            width: parent.width
            sourceComponent: Words {
                text: button.reason
                size: Words.Caption
                color: Theme.textDisabled
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }
}
