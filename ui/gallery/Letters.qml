import QtQuick

// Finds letters that are drawn as shapes, not from Qt's store of characters: those higher than 64 pixels.
QtObject {
    id: letters

    required property Item root
    readonly property int most: 64

    function walk(item: Item, visit: var): void {
        if (!item.visible || item.opacity === 0)
            return;
        visit(item);
        for (let i = 0; i < item.children.length; ++i)
            walk(item.children[i], visit);
    }

    // where they stand and what they say, as JSON
    function large(): string {
        const found = [];
        walk(root, item => {
            const text = item as Text;
            if (text === null || text.text === "" || text.font.pixelSize * text.scale <= letters.most)
                return;
            const place = text.mapToItem(letters.root, 0, 0, text.width, text.height);
            found.push({
                x: place.x,
                y: place.y,
                width: place.width,
                height: place.height,
                words: [text.text, text.font.pixelSize, text.font.weight, text.color, text.lineCount, text.paintedWidth].join(" ")
            });
        });
        return JSON.stringify(found);
    }
}
