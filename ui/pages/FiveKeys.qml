import QtQuick
import ui.theme
import ui.controls
import ui.models

// Everything by five keys (previous, next, select, back, again): of a keypad under the headphones, of switches, of a
// keyboard. Words and controls of the page are gone through in the order they are read; where it is, is shown and said.
// Pages know nothing of it.
FocusScope {
    id: keys

    required property KeysModel map
    required property NarratorModel narrator
    // what is gone through: the page, or what lies over it
    required property Item subject
    // where the page is and what it is about, said again when somebody has lost the thread
    property list<string> place: []
    // nobody has asked to be spoken to
    property bool silent: false

    // where the keys are; none until one is used on this page
    property Item current: null
    property bool placeNext: false
    // how often somebody had to begin again
    property int begun: 0
    // where they were before something lay over the page
    property Item stood: null
    property Item stoodIn: null
    property Item within: null

    default property alias content: inside.data

    signal used
    signal backWanted
    signal speechWanted

    readonly property var readRoles: [Accessible.StaticText, Accessible.Heading, Accessible.AlertMessage, Accessible.Note, Accessible.ListItem, Accessible.Graphic, Accessible.ProgressBar, Accessible.Indicator, Accessible.SpinBox]

    // a finger is on the screen: the eye leads again
    function letGo(): void {
        current = null;
        begun += 1;
    }

    function turn(): void {
        const back = subject === stoodIn && stood !== null && stands(stood) ? stood : null;
        stood = current;
        stoodIn = within;
        within = subject;
        letGo();
        current = back;
    }

    function stands(item: Item): bool {
        return item.visible && item.opacity > 0;
    }

    function isStop(item: Item): bool {
        if (item.width <= 0 || item.height <= 0)
            return false;
        const target = item as TouchTarget;
        if (target !== null)
            // a place without a key says nothing
            return !target.byHandOnly && (target.enabled || target.spoken !== "");
        if ((item as TextInputField) !== null)
            return true;
        return !item.Accessible.ignored && item.Accessible.name !== "" && readRoles.includes(item.Accessible.role);
    }

    // in the order they are read; what stands around the page comes last
    function stops(): list<Item> {
        const found = [];
        const later = [];
        const look = (item, into) => {
            // rows of a long list stand in the order they were made
            const many = (item.parent as ListView) === null ? item.children : Array.from(item.children).sort((one, other) => one.y - other.y);
            for (const child of many) {
                if (!keys.stands(child))
                    continue;
                const there = child.objectName === "page-head" || child.objectName === "page-brand" ? later : into;
                if (keys.isStop(child))
                    there.push(child);
                if ((child as TouchTarget) === null)
                    look(child, there);
            }
        };
        look(subject, found);
        return found.concat(later);
    }

    function step(by: int): void {
        const all = stops();
        if (all.length === 0)
            return;
        const at = current === null ? -1 : all.indexOf(current);
        if (at < 0) {
            stand(by > 0 ? all[0] : all[all.length - 1]);
            return;
        }
        const list = listAround(all[at]);
        const next = at + by;
        const leaves = list !== null && (next < 0 || next >= all.length || listAround(all[next]) !== list);
        if (leaves) {
            // rows of a long list exist once they are seen, and one that has stood is used for another
            const edge = all[at].mapToItem(list.contentItem, 0, 0).y;
            if (scroll(list, by)) {
                const beyond = stops().filter(item => listAround(item) === list && by * (item.mapToItem(list.contentItem, 0, 0).y - edge) > 1);
                if (beyond.length > 0) {
                    stand(beyond[by > 0 ? 0 : beyond.length - 1]);
                    return;
                }
            }
        }
        stand(all[(next + all.length) % all.length]);
    }

    function listAround(item: Item): ListView {
        for (let above = item.parent; above !== null; above = above.parent) {
            const list = above as ListView;
            if (list !== null)
                return list;
        }
        return null;
    }

    function scroll(list: ListView, by: int): bool {
        const least = list.originY;
        const most = Math.max(least, list.originY + list.contentHeight - list.height);
        const to = Math.max(least, Math.min(most, list.contentY + by * 0.6 * list.height));
        if (Math.abs(to - list.contentY) < 1)
            return false;
        move(list, to);
        list.forceLayout();
        return true;
    }

    // as a finger would: a list that nobody has moved keeps its head in sight
    function move(view: Flickable, to: real): void {
        view.movementStarted();
        view.contentY = to;
    }

    function reveal(item: Item): void {
        for (let above = item.parent; above !== null; above = above.parent) {
            const view = above as Flickable;
            if (view === null)
                continue;
            const top = item.mapToItem(view.contentItem, 0, 0).y - Theme.gap;
            const bottom = top + item.height + 2 * Theme.gap;
            // a list guesses how long it is, but what is in it is there
            const most = (view as ListView) !== null ? bottom - view.height : Math.max(view.originY, view.originY + view.contentHeight - view.height);
            if (top < view.contentY)
                move(view, Math.max(view.originY, top));
            else if (bottom > view.contentY + view.height)
                move(view, Math.min(most, Math.min(top, bottom - view.height)));
        }
    }

    function stand(item: Item): void {
        placeNext = false;
        current = item;
        reveal(item);
        tell();
    }

    // what can be done with it, as words alone do not say; a key with one letter on it is known for one
    function kindOf(target: TouchTarget): list<string> {
        const choice = target.Accessible.checkable;
        if (!choice)
            return [target.enabled && (target as KeyButton) === null && target.spoken.length > 1 ? qsTr("按钮") : ""];
        const others = Array.from(target.parent.children).filter(item => (item as TouchTarget) !== null && keys.stands(item) && item.Accessible.checkable);
        return [target.Accessible.checked ? qsTr("已选") : qsTr("未选"), others.length > 1 ? qsTr("第 %1 项，共 %2 项").arg(others.indexOf(target) + 1).arg(others.length) : ""];
    }

    // its name, what it is, and how it is
    function partsOf(item: Item): list<string> {
        const target = item as TouchTarget;
        const field = item as TextInputField;
        if (field !== null)
            return [field.label === "" && place.length > 3 ? place[3] : field.label, field.example, field.text === "" ? qsTr("还没有填") : field.text, field.problem, qsTr("按确认键填写")];
        if (target === null)
            return [item.Accessible.name, item.Accessible.description];
        return [target.spoken, target.Accessible.description, ...kindOf(target), target.enabled || target.Accessible.role === Accessible.StaticText ? "" : qsTr("现在不能选")];
    }

    function tell(): void {
        narrator.tellParts(partsOf(current).filter(part => part !== ""));
    }

    function choose(): void {
        const target = current as TouchTarget;
        const field = current as TextInputField;
        if (current === null)
            step(1);
        else if (field !== null)
            field.begin();
        else if (target !== null && target.enabled) {
            const said = partsOf(target);
            const at = begun;
            target.click();
            Qt.callLater(tellChosen, target, said, at);
        } else
            tell();
    }

    // what came of it, while nothing else has come: a digit was entered, a card is chosen now, a character is gone
    function tellChosen(target: TouchTarget, said: list<string>, at: int): void {
        if (begun !== at)
            return;
        if (current !== null && current === target && stands(target))
            tell();
        else if (current === null)
            narrator.tellParts([qsTr("选好了"), said[0]]);
    }

    function again(): void {
        if (silent)
            speechWanted();
        else if (current === null || placeNext)
            narrator.tellParts(place.filter(part => part !== ""));
        else
            tell();
        placeNext = current !== null && !placeNext;
    }

    function press(key: int, modifiers: int): bool {
        const purpose = map.purpose(key, modifiers);
        if (purpose !== "")
            take(purpose);
        return purpose !== "";
    }

    function take(purpose: string): void {
        used();
        switch (purpose) {
        case "previous":
            step(-1);
            break;
        case "next":
            step(1);
            break;
        case "select":
            choose();
            break;
        case "back":
            backWanted();
            break;
        default:
            again();
        }
    }

    focus: true
    onSubjectChanged: turn()
    // a key that is held counts once (EN 301 549, 5.7)
    Keys.onPressed: event => event.accepted = event.isAutoRepeat ? map.purpose(event.key, event.modifiers) !== "" : press(event.key, event.modifiers)

    Connections {
        target: keys.map
        function onTold(purpose: string): void {
            keys.take(purpose);
        }
    }

    Item {
        id: inside

        anchors.fill: parent
    }

    // lies on what it marks, and moves with it
    FocusRing {
        parent: keys.current
        shown: keys.current !== null
        z: 1
    }
}
