import QtQuick
import QtQuick.Templates as T

// Watches the window for the monkey: what can be touched, what is cut off, and every word that any item still holds.
// Walks the items here, where nobody keeps a reference to one that Qt deletes.
QtObject {
    id: watch

    required property Item root

    // visits what can be seen; where `visit` returns true, not what lies below
    function walk(item: Item, visit: var): void {
        if (!item.visible || item.opacity === 0 || visit(item))
            return;
        for (let i = 0; i < item.children.length; ++i)
            walk(item.children[i], visit);
    }

    function walkAll(item: Item, visit: var): void {
        visit(item);
        for (let i = 0; i < item.children.length; ++i)
            walkAll(item.children[i], visit);
    }

    function kindOf(item: Item): string {
        return String(item).split("_QML")[0].split("(")[0];
    }

    // whether the middle of an item is on the window, and not scrolled out of what clips it
    function onScreen(item: Item): bool {
        const middle = item.mapToItem(root, item.width / 2, item.height / 2);
        if (middle.x < 0 || middle.y < 0 || middle.x >= root.width || middle.y >= root.height)
            return false;
        for (let above = item.parent; above !== null; above = above.parent) {
            const corner = above.mapToItem(root, 0, 0);
            if (above.clip && (middle.x < corner.x || middle.y < corner.y || middle.x >= corner.x + above.width || middle.y >= corner.y + above.height))
                return false;
        }
        return true;
    }

    // what a finger may want to touch, as JSON
    function targets(): string {
        const found = [];
        walk(root, item => {
            const button = item as T.AbstractButton;
            const words = item as TextEdit;
            const key = kindOf(item).endsWith("Key");
            if ((button === null && words === null && !key && item.objectName !== "pad") || !item.enabled || !onScreen(item))
                return false;
            const corner = item.mapToItem(root, 0, 0);
            found.push({
                name: item.objectName,
                kind: key ? "key" : words !== null ? "field" : button !== null ? "button" : "pad",
                text: typeof item.text === "string" ? item.text.split("\u2060").join("") : "",
                x: corner.x,
                y: corner.y,
                width: item.width,
                height: item.height
            });
            return false;
        });
        return JSON.stringify(found);
    }

    // words that are grossly cut off, as JSON
    function cutOff(): string {
        const found = [];
        walk(root, item => {
            if (item.objectName === "keyboard")
                return true; // Qt's own
            const words = item as Text;
            if (words === null || words.text === "" || words.width <= 0 || !onScreen(words))
                return false;
            const corner = words.mapToItem(root, 0, 0);
            if (words.truncated || words.contentWidth > words.width + 2 || words.contentHeight > words.height + 2 || corner.x < -2 || corner.x + words.contentWidth > root.width + 2)
                found.push(words.text.split("\u2060").join(""));
            return false;
        });
        return JSON.stringify(found);
    }

    // every word that any item holds, seen or not, as JSON
    function remembered(): string {
        const found = new Set();
        walkAll(root, item => {
            for (const name of ["text", "displayText", "preeditText", "placeholderText", "title", "value", "typed", "digits", "summary", "spoken"]) {
                if (typeof item[name] === "string" && item[name] !== "")
                    found.add(item[name].split("\u2060").join(""));
            }
        });
        return JSON.stringify(Array.from(found));
    }

    // puts words into the topmost field that is seen, as a keyboard or another input device would
    function write(words: string): string {
        let field = null;
        walk(root, item => {
            if ((item as TextEdit) !== null && item.enabled && onScreen(item))
                field = item as TextEdit;
            return false;
        });
        if (field !== null) {
            Qt.inputMethod.reset(); // or what is being composed would be put behind words that are gone
            field.remove(0, field.length);
            field.insert(0, words);
        }
        return field === null ? "" : "written";
    }

    function gone(): string {
        gc();
        return "";
    }
}
