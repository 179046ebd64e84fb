pragma Singleton

import QtQml

// Carries what a control has to say of itself (a card is being read, an answer is wrong) to whoever speaks: what changes
// without a touch is to be heard where the eye is not.
QtObject {
    id: announcer

    signal told(string text)

    function tell(parts: list<string>): void {
        for (const part of parts) {
            if (part !== "")
                announcer.told(part);
        }
    }
}
