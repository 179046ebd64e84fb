import QtQuick
import QtQuick.Templates as T
import ui.theme

// What can be touched. A touch counts only when it begins and ends here; dragging away lets go of it.
// Sets objectName (given by the page) apart from what is said: `spoken` is its name for a screen reader.
T.AbstractButton {
    id: target

    property string spoken: text
    // not gone to by the five keys: what they do, the keys do by themselves (scrolling)
    property bool byHandOnly: false

    implicitWidth: Math.max(Theme.touchTarget, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(Theme.touchTarget, implicitContentHeight + topPadding + bottomPadding)
    focusPolicy: Qt.TabFocus
    hoverEnabled: false
    Accessible.name: spoken
    Accessible.description: ""
    // the space bar touches by itself; people press Enter
    Keys.onReturnPressed: click()
    Keys.onEnterPressed: click()
}
