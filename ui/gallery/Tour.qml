import QtQuick
import ui.controls
import ui.pages

// Goes through a page by its five keys, as somebody does who cannot see it: is everything reached, does everything say
// what it is, is it seen where the keys are, does the way lead round?
FiveKeys {
    id: tour

    readonly property int most: 400

    // rows of a long list are one item after the other's
    function known(item: Item): var {
        return listAround(item) === null ? item : name(item);
    }

    function name(item: Item): string {
        return item.objectName + " 「" + partsOf(item).filter(part => part !== "").join(" ") + "」";
    }

    // what is said on the way round, a stop a line, its parts apart
    function said(): string {
        return stops().map(item => partsOf(item).filter(part => part !== "").join(" | ").replace(/\n/g, " ")).join("\n");
    }

    function targets(): list<TouchTarget> {
        const found = [];
        const look = item => {
            for (const child of item.children) {
                if (!tour.stands(child))
                    continue;
                const target = child as TouchTarget;
                if (target === null)
                    look(child);
                else if (target.enabled && !target.byHandOnly && target.width > 0)
                    found.push(target);
            }
        };
        look(subject);
        return found;
    }

    function seen(item: Item): bool {
        const corner = item.mapToItem(subject, 0, 0);
        let top = corner.y;
        let bottom = corner.y + Math.min(item.height, subject.height / 4);
        if (bottom < 1 || top > subject.height - 1)
            return false;
        for (let above = item.parent; above !== null && above !== subject; above = above.parent) {
            if (!above.clip)
                continue;
            const edge = above.mapToItem(subject, 0, 0);
            if (bottom < edge.y + 1 || top > edge.y + above.height - 1)
                return false;
        }
        return true;
    }

    // once round by `key`; a line for everything that is wrong
    function round(key: int): string {
        const faults = [];
        const passed = [];
        tour.letGo();
        while (passed.length < most) {
            press(key, Qt.NoModifier);
            if (current === null || passed.includes(known(current)))
                break;
            passed.push(known(current));
            const target = current as TouchTarget;
            if (target !== null && target.spoken === "")
                faults.push(target.objectName + " " + target + " has no name");
            // who says what they see is understood (WCAG 2.2, 2.5.3)
            if (target !== null && !target.spoken.includes(target.text))
                faults.push(name(target) + " does not say what is written on it: " + target.text);
            if (partsOf(current).filter(part => part !== "").length === 0)
                faults.push(current.objectName + " " + current + " says nothing");
            if (!seen(current))
                faults.push(name(current) + " is not seen where the keys are");
        }
        if (passed.length === 0)
            faults.push("there is nothing to go to");
        else if (current === null || known(current) !== passed[0])
            faults.push("the way does not lead round: after " + passed.length + " stops comes " + (current === null ? "nothing" : name(current)));
        for (const target of targets()) {
            if (!passed.includes(known(target)))
                faults.push(name(target) + " is not reached");
        }
        tour.letGo();
        return faults.join("\n");
    }
}
