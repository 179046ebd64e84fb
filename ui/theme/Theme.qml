pragma Singleton

import QtQuick

// Every colour, size and duration of the screen, by purpose. ui/theme/look.py sets what can be chosen (first block)
// and the colours; the rest follows. Sizes are millimetres on the panel times `mm`.
QtObject {
    id: theme

    // chosen: by settings, by the panel, by the citizen
    property string language: "zh-Hans"
    property real pixelsPerMm: 4.03
    property bool elder: false
    property bool highContrast: false
    property bool lowReach: false
    property bool guided: false
    property bool dark: false
    property bool reducedMotion: false

    // what the keyboard of the window covers at its lower edge; the keyboard says it, pages make room
    property real keyboardHeight: 0

    // colours; the values here are those of palette_for(), which replaces them (tests compare the two)
    property color surface: "#f3f5f7"
    property color surfaceRaised: "#ffffff"
    property color surfaceSunken: "#e7ebef"
    property color text: "#13202c"
    property color textQuiet: "#4a5966"
    property color textDisabled: "#586673"
    property color accent: "#0b57a4"
    property color accentPressed: "#094480"
    property color accentText: "#ffffff"
    property color accentQuiet: "#ebf2f8"
    property color accentInk: "#0b57a4"
    property color positive: "#17693a"
    property color positiveQuiet: "#e6f3ea"
    property color caution: "#8a4b00"
    property color cautionQuiet: "#fdf1dc"
    property color critical: "#b0231b"
    property color criticalQuiet: "#fcebe9"
    property color line: "#dbe1e6"
    property color outline: "#788693"
    property color focus: "#b35900"
    property color shade: "#0b141c"
    property color shadeText: "#ffffff"
    property color shadeGood: "#17693a"
    // zones of a gauge: fills beside a hand and words, never behind text
    property color gaugeGood: "#a9d8b8"
    property color gaugeNear: "#f2cf8f"

    // while nobody is there at night: nearly black, whatever the city's colour
    readonly property color nightSurface: "#04070a"
    readonly property color nightText: "#b9c4cd"
    readonly property color nightQuiet: "#77858f"

    // the last characters stay together: no line holds one alone (孤字); only what is shown, never what is said
    function kept(text: string): string {
        return text.length > 8 && /[\u3001-\u9fff\uff01-\uff1f]{4}$/.test(text) ? text.slice(0, -4) + text.slice(-4).split("").join("\u2060") : text;
    }

    // one millimetre of the panel, in pixels
    readonly property real mm: pixelsPerMm
    readonly property real textScale: elder ? 1.5 : 1

    // type: heights of a Chinese character; capital letters are 0.73 of it
    readonly property string fontFamily: language === "zh-Hant" ? "Noto Sans CJK TC" : "Noto Sans CJK SC"
    // bytes, column below column
    readonly property string monoFamily: language === "zh-Hant" ? "Noto Sans Mono CJK TC" : "Noto Sans Mono CJK SC"
    // quotation marks as wide as Latin letters in English: the font has them as wide as a character
    readonly property var fontFeatures: language === "en" ? ({
            pwid: 1
        }) : ({})
    readonly property int displaySize: Math.round(15 * mm * textScale)
    readonly property int titleSize: Math.round(11.4 * mm * textScale)
    readonly property int headingSize: Math.round(8.4 * mm * textScale)
    readonly property int bodySize: Math.round(7 * mm * textScale)
    readonly property int captionSize: Math.round(5.8 * mm * textScale)
    // what technicians read: lists, figures, axes
    readonly property int denseSize: Math.round(5 * mm * textScale)
    readonly property int fineSize: Math.round(4.2 * mm * textScale)

    // touch: at least 12.7 mm and 2.54 mm apart (see ui/README.md)
    readonly property int touchTarget: Math.ceil(13 * mm)
    readonly property int touchComfort: Math.round(18 * mm * (elder ? 1.2 : 1))
    readonly property int touchGap: Math.ceil(2.6 * mm)

    // space
    readonly property int gapTight: Math.round(1.5 * mm)
    readonly property int gapSmall: Math.round(3 * mm)
    readonly property int gap: Math.round(5 * mm)
    readonly property int gapLarge: Math.round(8 * mm)
    readonly property int gapHuge: Math.round(14 * mm)
    readonly property int pageMargin: Math.round(13 * mm)
    readonly property int cardPadding: Math.round(6 * mm)

    // shapes
    readonly property int radiusSmall: Math.round(1.6 * mm)
    readonly property int radius: Math.round(3 * mm)
    readonly property int radiusLarge: Math.round(4.5 * mm)
    readonly property int lineThin: Math.max(highContrast ? 2 : 1, Math.round((highContrast ? 0.6 : 0.3) * mm))
    readonly property int lineThick: Math.max(2, Math.round(0.75 * mm))

    // how much of a page is left to be seen under what lies over it
    readonly property real shadeShare: highContrast ? 0.85 : 0.66

    // icons
    readonly property int iconSmall: Math.round(6.5 * mm * Math.min(textScale, 1.3))
    readonly property int icon: Math.round(9 * mm * Math.min(textScale, 1.3))
    readonly property int iconLarge: Math.round(14 * mm)
    readonly property int iconHuge: Math.round(32 * mm)

    // motion: nothing over 250 ms, nothing that keeps a tap waiting
    readonly property int motionQuick: reducedMotion ? 0 : 90
    readonly property int motion: reducedMotion ? 0 : 180
    readonly property int motionTravel: reducedMotion ? 0 : Math.round(10 * mm)
    readonly property int spinTurn: 1200
    // how far a page that stands for hours goes in a minute: an edge is a pixel or two wide
    readonly property int drift: Math.max(2, Math.round(0.5 * mm))
    // what a picture shows: how long a hand is on its way, and how long it stays there to be seen
    readonly property int motionCarry: reducedMotion ? 0 : 240
    readonly property int motionHold: 1400
}
