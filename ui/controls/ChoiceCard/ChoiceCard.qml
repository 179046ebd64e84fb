import QtQuick
import ui.theme
import ui.controls

// One possible answer. Radio-like (`multiple` false) or check-like (`multiple` true); the page keeps the state:
// bind `chosen`, answer `clicked`.
TouchTarget {
    id: card

    property string summary: ""
    property string iconName: ""
    property bool chosen: false
    property bool multiple: false

    implicitHeight: Math.max(Theme.touchComfort + Theme.gap, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.cardPadding
    rightPadding: Theme.cardPadding
    topPadding: Theme.gap
    bottomPadding: Theme.gap
    Accessible.role: multiple ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.description: summary
    Accessible.checkable: true
    Accessible.checked: chosen

    background: Rectangle {
        radius: Theme.radius
        color: card.chosen || card.down ? Theme.accentQuiet : card.enabled ? Theme.surfaceRaised : Theme.surfaceSunken
        border.width: card.chosen ? Theme.lineThick : Theme.lineThin
        border.color: card.chosen ? Theme.accentInk : Theme.outline

        FocusRing {
            shown: card.visualFocus
            around: parent.radius
        }
    }

    contentItem: Item {
        implicitWidth: mark.width + Theme.gap + label.implicitWidth
        implicitHeight: words.implicitHeight

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            name: card.multiple ? (card.chosen ? "square-check" : "square") : (card.chosen ? "circle-check" : "circle")
            colour: card.chosen ? Theme.accentInk : card.enabled ? Theme.outline : Theme.textDisabled
        }

        Column {
            id: words

            anchors.left: mark.right
            anchors.leftMargin: Theme.gap
            anchors.right: picture.visible ? picture.left : parent.right
            anchors.rightMargin: picture.visible ? Theme.gap : 0
            anchors.verticalCenter: parent.verticalCenter

            Words {
                id: label

                width: parent.width
                text: Theme.kept(card.text)
                strong: card.chosen
                color: card.enabled ? Theme.text : Theme.textDisabled
                Accessible.ignored: true
            }

            Words {
                width: parent.width
                visible: card.summary !== ""
                text: Theme.kept(card.summary)
                size: Words.Caption
                quiet: true
                Accessible.ignored: true
            }
        }

        Icon {
            id: picture

            visible: card.iconName !== ""
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: card.iconName
            colour: Theme.accentInk
        }
    }
}
