import QtQuick
import QtQuick.Templates as T

// Looks at the window for the hand: walks the items here, where nobody keeps a reference to one that Qt deletes.
QtObject {
    id: eyes

    required property Item root

    // what can be seen: visible itself and all above it
    function walk(item: Item, visit: var): bool {
        if (!item.visible || item.opacity === 0)
            return false;
        if (visit(item))
            return true;
        for (let i = 0; i < item.children.length; ++i) {
            if (walk(item.children[i], visit))
                return true;
        }
        return false;
    }

    function about(item: Item): var {
        const middle = item.mapToItem(root, item.width / 2, item.height / 2);
        let seen = middle.x >= 0 && middle.y >= 0 && middle.x < root.width && middle.y < root.height;
        let lower = false;
        let clipped = false;
        for (let above = item.parent; above !== null; above = above.parent) {
            if (!above.clip || clipped)
                continue;
            const corner = above.mapToItem(root, 0, 0);
            if (middle.x < corner.x || middle.y < corner.y || middle.x >= corner.x + above.width || middle.y >= corner.y + above.height) {
                seen = false;
                clipped = true;
                lower = middle.y > corner.y + above.height / 2;
            }
        }
        const corner = item.mapToItem(root, 0, 0);
        return {
            x: corner.x,
            y: corner.y,
            width: item.width,
            height: item.height,
            enabled: item.enabled,
            seen: seen,
            lower: lower,
            kind: String(item).split("_QML")[0].split("(")[0],
            // what keeps letters together on a line (Theme.kept) is not read
            text: typeof item.text === "string" ? item.text.split("\u2060").join("") : "",
            button: (item as T.AbstractButton) !== null,
            pressed: (item as T.AbstractButton)?.pressed ?? false
        };
    }

    // the topmost item of this name, as JSON; empty for none
    function find(name: string): string {
        let found = null;
        walk(root, item => {
            if (item.objectName === name)
                found = item;
            return false;
        });
        return found === null ? "" : JSON.stringify(about(found));
    }

    function names(): string {
        const all = new Set();
        walk(root, item => {
            if (item.objectName !== "")
                all.add(item.objectName);
            return false;
        });
        return JSON.stringify(Array.from(all).sort());
    }

    // everything with words or of a keyboard below the topmost item of this name
    function below(name: string): string {
        let top = null;
        walk(root, item => {
            if (item.objectName === name)
                top = item;
            return false;
        });
        const all = [];
        if (top !== null) {
            walk(top, item => {
                const kind = String(item).split("_QML")[0];
                if (kind.endsWith("Key") || (typeof item.text === "string" && item.text !== ""))
                    all.push(about(item));
                return false;
            });
        }
        return JSON.stringify(all);
    }
}
