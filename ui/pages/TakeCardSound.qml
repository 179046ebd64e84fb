import QtQuick
import QtMultimedia

// 「请取走身份证」 as a bell, again and again with a pause, for as long as this is loaded.
Item {
    id: call

    required property url source
    // milliseconds from one bell to the next
    required property int every

    SoundEffect {
        id: bell

        source: call.source
    }

    Timer {
        interval: call.every
        repeat: true
        running: true
        triggeredOnStart: true
        onTriggered: bell.play()
    }
}
