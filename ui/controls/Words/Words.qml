import QtQuick
import ui.theme

// Text in one of the five sizes of the type scale. It wraps and never ends in dots.
Text {
    id: words

    enum Size {
        Display,
        Title,
        Heading,
        Body,
        Caption
    }

    // sizes are compared as numbers: a page asks some hundred times, and a name costs as much as a line of text
    property int size: 3
    property bool quiet: false
    property bool strong: size <= 2

    color: quiet ? Theme.textQuiet : Theme.text
    font.family: Theme.fontFamily
    font.features: Theme.fontFeatures
    font.pixelSize: size === 3 ? Theme.bodySize : size === 4 ? Theme.captionSize : size === 2 ? Theme.headingSize : size === 1 ? Theme.titleSize : Theme.displaySize
    font.weight: strong ? Font.Bold : Font.Normal
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: size <= 1 ? 0.92 : 1
    Accessible.role: size <= 2 ? Accessible.Heading : Accessible.StaticText
    // what keeps letters together on a line (Theme.kept) is not said
    Accessible.name: text.split("\u2060").join("")
}
