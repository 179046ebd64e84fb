import QtQuick
import ui.theme
import ui.controls

// A key of a pad in the keyboard's place: a word, a character or an icon with its word. It never takes the focus from the
// field that is typed in.
TouchTarget {
    id: key

    property string iconName: ""
    // one character as large as the key allows
    property bool large: false
    // the likeliest, or the one that is up
    property bool filled: false
    // a word or two below the character, such as its sound
    property string caption: ""
    property string family: Theme.fontFamily

    focusPolicy: Qt.NoFocus
    implicitWidth: Math.max(Theme.touchTarget, face.implicitWidth + 2 * Theme.gapSmall)
    implicitHeight: Theme.touchTarget
    opacity: enabled ? 1 : 0.45
    background: Rectangle {
        radius: Theme.radiusSmall
        color: key.down ? Theme.accentQuiet : key.filled ? Theme.accentQuiet : Theme.surfaceRaised
        border.width: key.filled || key.down ? Theme.lineThick : Theme.lineThin
        border.color: key.filled || key.down ? Theme.accentInk : Theme.outline
    }
    contentItem: Item {
        Row {
            id: face

            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - height - (below.visible ? below.height : 0)) / 2
            spacing: Theme.gapTight

            Icon {
                visible: key.iconName !== ""
                anchors.verticalCenter: parent.verticalCenter
                name: key.iconName
                size: Theme.iconSmall
                colour: Theme.text
            }

            Words {
                visible: text !== ""
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, key.width - 2 * Theme.gapTight - (key.iconName !== "" ? Theme.iconSmall + face.spacing : 0))
                horizontalAlignment: Text.AlignHCenter
                text: key.text
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Math.round(4 * Theme.mm)
                font.family: key.family
                font.pixelSize: key.large ? Math.min(1.3 * Theme.titleSize, (key.caption === "" ? 0.7 : 0.5) * key.height, 0.86 * key.width) : Math.min(Theme.bodySize, 7.5 * Theme.mm)
                Accessible.ignored: true
            }
        }

        Words {
            id: below

            visible: text !== ""
            anchors.horizontalCenter: parent.horizontalCenter
            y: face.y + face.height
            width: Math.min(implicitWidth, key.width)
            horizontalAlignment: Text.AlignHCenter
            text: key.caption
            quiet: true
            font.pixelSize: Math.round(4.2 * Theme.mm)
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Math.round(3 * Theme.mm)
            Accessible.ignored: true
        }
    }
}
