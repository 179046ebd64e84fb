import QtQuick
import ui.theme
import ui.controls

// Measures what stands on `subject`: words that are cut off or stand out, targets that are too small or too close.
QtObject {
    id: measure

    required property Item subject
    readonly property string faults: look(subject, []).join("\n")
    readonly property int seen: count(subject)

    function count(item: Item): int {
        let sum = 1;
        for (const child of item.children)
            sum += count(child);
        return sum;
    }

    function look(item: Item, found: list<string>): list<string> {
        let all = found;
        for (const child of item.children) {
            if (!child.visible || child.opacity === 0 || child.width === 0)
                continue;
            const words = child as Text;
            if (words !== null && words.text !== "") {
                const right = words.mapToItem(subject, words.width, 0).x;
                if (words.truncated || words.contentWidth > words.width + 2)
                    all.push("「" + words.text + "」 is cut off");
                if (right > subject.width + 1)
                    all.push("「" + words.text + "」 stands out at the right");
            }
            const target = child as TouchTarget;
            if (target !== null && Math.min(target.width, target.height) < 12.7 * Theme.mm)
                all.push(target.objectName + " 「" + target.text + "」 has " + (Math.min(target.width, target.height) / Theme.mm).toFixed(1) + " mm");
            if (target !== null && (target.contentItem.height < target.contentItem.implicitHeight - 2))
                all.push(target.objectName + " 「" + target.text + "」 is too low for its words");
            all = look(child, all);
        }
        return all;
    }
}
