import QtQuick
import ui.theme
import ui.controls

// Measures a page: words that are cut off or lie outside, targets that are too small, too near or over each other.
QtObject {
    id: ruler

    required property Item root

    function walk(item: Item, visit: var): void {
        if (!item.visible || item.opacity === 0)
            return;
        visit(item);
        for (let i = 0; i < item.children.length; ++i)
            walk(item.children[i], visit);
    }

    function place(item: Item): rect {
        const corner = item.mapToItem(root, 0, 0);
        return Qt.rect(corner.x, corner.y, item.width, item.height);
    }

    // where an item may reach: the window, or as far as what it scrolls in goes
    function room(item: Item): rect {
        for (let above = item.parent; above !== null; above = above.parent) {
            const view = above as Flickable;
            if (view !== null) {
                const corner = view.mapToItem(root, 0, 0);
                return Qt.rect(corner.x, corner.y - view.contentY + view.originY, view.width, Math.max(view.height, view.contentHeight));
            }
        }
        return Qt.rect(0, 0, root.width, root.height);
    }

    // the part of an item that is to be seen where it scrolls
    function shown(item: Item): rect {
        let seen = place(item);
        for (let above = item.parent; above !== null; above = above.parent) {
            const view = above as Flickable;
            if (view !== null && view.clip) {
                const edge = view.mapToItem(root, 0, 0).y;
                const top = Math.max(seen.y, edge);
                seen = Qt.rect(seen.x, top, seen.width, Math.max(0, Math.min(seen.bottom, edge + view.height) - top));
            }
        }
        return seen;
    }

    function contains(outer: rect, inner: rect): bool {
        return inner.x >= outer.x - 1 && inner.y >= outer.y - 1 && inner.right <= outer.right + 1 && inner.bottom <= outer.bottom + 1;
    }

    // how far two places are from each other, edge to edge, in millimetres
    function gap(one: rect, other: rect): real {
        const across = Math.max(one.x, other.x) - Math.min(one.right, other.right);
        const down = Math.max(one.y, other.y) - Math.min(one.bottom, other.bottom);
        return Math.max(across, down) / Theme.mm;
    }

    function faults(): string {
        const found = [];
        const targets = [];
        walk(root, item => {
            const words = item as Text;
            if (words !== null && words.text !== "" && words.width > 0) {
                if (words.truncated || words.contentWidth > words.width + 1)
                    found.push("「" + words.text + "」 is wider than its place");
                if (words.contentHeight > words.height + 1)
                    found.push("「" + words.text + "」 is higher than its place");
                if (!contains(room(words), place(words)))
                    found.push("「" + words.text + "」 lies outside");
            }
            const target = item as TouchTarget;
            if (target !== null && target.enabled) {
                const name = target.objectName + " 「" + target.text + "」";
                const least = Math.min(target.width, target.height) / Theme.mm;
                if (least < 12.7)
                    found.push(name + " has " + least.toFixed(1) + " mm");
                if (Theme.lowReach && shown(target).y < root.height / 2 - 1)
                    found.push(name + " stands above the lower half");
                targets.push([name, place(target), room(target)]);
            }
        });
        for (let one = 0; one < targets.length; ++one) {
            for (let other = one + 1; other < targets.length; ++other) {
                const a = targets[one][1];
                const b = targets[other][1];
                const apart = gap(a, b);
                if (targets[one][2] !== targets[other][2])
                    continue;
                if (apart * Theme.mm < -1)
                    found.push(targets[one][0] + " and " + targets[other][0] + " lie over each other");
                else if (apart < 2.54)
                    found.push(targets[one][0] + " and " + targets[other][0] + " are " + apart.toFixed(1) + " mm apart");
            }
        }
        return found.join("\n");
    }

    // how far an item lets through what is below it, and all it stands in
    function opacityOf(item: Item): real {
        let all = 1;
        for (let above = item; above !== null; above = above.parent)
            all *= above.opacity;
        return all;
    }

    function usable(item: Item): bool {
        for (let above = item; above !== null; above = above.parent) {
            if (!above.enabled)
                return false;
        }
        return true;
    }

    // what is to be read: at night the page is black below a few words
    function readable(): Item {
        let found = root;
        walk(root, item => {
            if (item.objectName === "attract-night")
                found = item;
        });
        return found;
    }

    // words that are to be read, with their place in the picture and their colour, as JSON
    function words(): string {
        const found = [];
        walk(readable(), item => {
            const text = item as Text;
            if (text === null || text.text === "" || text.contentWidth <= 0 || !ruler.usable(text))
                return;
            const seen = ruler.shown(text);
            if (seen.height < text.font.pixelSize || ruler.opacityOf(text) < 1)
                return;
            const wide = Math.min(text.contentWidth, seen.width);
            const left = text.horizontalAlignment === Text.AlignRight ? seen.width - wide : text.horizontalAlignment === Text.AlignHCenter ? (seen.width - wide) / 2 : 0;
            found.push({
                text: text.text,
                x: seen.x + left,
                y: seen.y,
                width: wide,
                height: seen.height,
                color: "#" + text.color.toString().slice(-6)
            });
        });
        return JSON.stringify(found);
    }

    // a property of the topmost item of this name, as JSON
    function value(name: string, property: string): string {
        let found = null;
        walk(root, item => {
            if (item.objectName === name)
                found = item;
        });
        return JSON.stringify(found === null ? null : found[property]);
    }

    // puts words into a field, as a keyboard would
    function write(name: string, words: string): string {
        walk(root, item => {
            if (item.objectName === name)
                item.text = words;
        });
        return words;
    }
}
