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

    property int size: Words.Body
    property bool quiet: false
    property bool strong: size <= Words.Heading

    color: quiet ? Theme.textQuiet : Theme.text
    font.family: Theme.fontFamily
    font.features: Theme.fontFeatures
    font.pixelSize: size === Words.Display ? Theme.displaySize : size === Words.Title ? Theme.titleSize : size === Words.Heading ? Theme.headingSize : size === Words.Body ? Theme.bodySize : Theme.captionSize
    font.weight: strong ? Font.Bold : Font.Normal
    wrapMode: Text.Wrap
    textFormat: Text.PlainText
    lineHeight: size <= Words.Title ? 0.92 : 1
    Accessible.role: size <= Words.Heading ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
}
