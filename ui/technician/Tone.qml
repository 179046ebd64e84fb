pragma Singleton

import QtQuick
import ui.theme

// What a tone of the view models looks like: a colour, a quiet ground of it, a sign. A word always stands beside it.
QtObject {
    function ink(tone: string): color {
        switch (tone) {
        case "good":
            return Theme.positive;
        case "near":
            return Theme.caution;
        case "bad":
            return Theme.critical;
        case "busy":
            return Theme.accentInk;
        default:
            return Theme.textQuiet;
        }
    }

    function ground(tone: string): color {
        switch (tone) {
        case "good":
            return Theme.positiveQuiet;
        case "near":
            return Theme.cautionQuiet;
        case "bad":
            return Theme.criticalQuiet;
        case "busy":
            return Theme.accentQuiet;
        default:
            return Theme.surfaceSunken;
        }
    }

    function sign(tone: string): string {
        switch (tone) {
        case "good":
            return "circle-check";
        case "near":
            return "triangle-alert";
        case "bad":
            return "circle-x";
        case "busy":
            return "loader-circle";
        default:
            return "circle-minus";
        }
    }
}
