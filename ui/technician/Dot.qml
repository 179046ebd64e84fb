import QtQuick
import ui.theme
import ui.controls

// A state at a glance: its sign in its colour; what it means stands beside it in words.
Item {
    id: dot

    required property string tone
    property int size: Theme.iconSmall

    implicitWidth: size
    implicitHeight: size
    Accessible.ignored: true

    Spinner {
        running: dot.tone === "busy"
        size: dot.size
    }

    Icon {
        visible: dot.tone !== "busy"
        name: Tone.sign(dot.tone)
        size: dot.size
        colour: Tone.ink(dot.tone)
    }
}
