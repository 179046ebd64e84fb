import QtQuick
import ui.theme
import ui.controls
import ui.models

// Handwriting in the keyboard's place.
HandwritingPad {
    id: panel

    WritingModel {
        id: writing
    }

    candidates: writing.candidates
    message: writing.unusable ? qsTr("手写暂时不能用，请用拼音，或找工作人员") : ""
    onStrokeBegun: writing.beginStroke()
    onPointAdded: (x, y) => writing.addPoint(x, y)
    onStrokeEnded: writing.endStroke()
    onUndone: writing.undoStroke()
    onCleared: writing.clear()
    onChosen: character => writing.choose(character)
    onDeleted: writing.takeBack()
    Component.onCompleted: writing.write(Theme.language)
}
