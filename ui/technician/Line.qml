import QtQuick
import ui.theme
import ui.controls

// Text as technicians read it: smaller than what citizens read, figures of equal width.
Words {
    id: line

    property bool fine: false

    font.pixelSize: fine ? Theme.fineSize : Theme.denseSize
    font.features: Theme.language === "en" ? ({
            tnum: 1,
            pwid: 1
        }) : ({
            tnum: 1
        })
}
