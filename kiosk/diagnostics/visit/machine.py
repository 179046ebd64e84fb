"""The machine of a visit: one event, one step. No clocks, no input or output, no randomness.

An event that does not fit the page changes nothing: a double tap or news that came too late are never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec.structs import replace

from kiosk.diagnostics.repairs import FOR
from kiosk.diagnostics.running import Need
from kiosk.diagnostics.visit import effects, events
from kiosk.diagnostics.visit.state import (
    ANSWER_DIGITS,
    CODE_DIGITS,
    LANGUAGES,
    NUMBER_DIGITS,
    Door,
    DoorField,
    Place,
    Visit,
    Waiting,
    Where,
    releasable,
)

Step = tuple[Visit, tuple[effects.Effect, ...]]

_OVERVIEW: Final = Where(place=Place.OVERVIEW)


def step(visit: Visit, event: events.Event) -> Step:
    """Return the visit after ``event`` and what the world must now do.

    Args:
        visit: Before.
        event: What happened.
    """
    if isinstance(event, events.Intent) and visit.idle_s:
        visit = replace(visit, idle_s=0)
    if isinstance(event, events.News) and event.ticket != visit.ticket:
        return visit, ()
    handler = _HANDLERS.get(type(event))
    return (visit, ()) if handler is None else handler(visit, event)


def fresh(before: Visit) -> Visit:
    """Return a visit of nobody at the same terminal."""
    return Visit(prefix=before.prefix, ticket=before.ticket + 1)


# --- to the door, in, and out -----------------------------------------------------------------------------------------


def _knocked(visit: Visit, _: events.Knocked) -> Step:
    if visit.place is not Place.CLOSED or visit.waiting:
        return visit, ()
    return replace(visit, waiting=Waiting.ENTRY), (effects.Hold(),)


def _card_proven(visit: Visit, event: events.CardProven) -> Step:
    if not event.operator or visit.operator:
        return visit, ()
    if visit.place is Place.DOOR and visit.waiting is not Waiting.CODE:
        return _enter(visit, event.operator, by_card=True)
    if visit.place is Place.CLOSED and not visit.waiting:
        return replace(visit, waiting=Waiting.ENTRY, admitted=event.operator), (effects.Hold(),)
    return visit, ()


def _held(visit: Visit, event: events.Held) -> Step:
    if visit.waiting is not Waiting.ENTRY:
        return visit, ()
    door = Door(shut_until=event.shut_until, card=event.card)
    said = "door.shut" if event.shut_until is not None else ""
    at = replace(visit, path=(Where(place=Place.DOOR),), waiting=Waiting.NOTHING, door=door, said=said)
    return _enter(at, visit.admitted, by_card=True) if visit.admitted else (at, ())


def _occupied(visit: Visit, _: events.Occupied) -> Step:
    return (fresh(visit), ()) if visit.waiting is Waiting.ENTRY else (visit, ())


def _enter(visit: Visit, operator: str, *, by_card: bool) -> Step:
    after = replace(visit, waiting=Waiting.CODE, admitted=operator, said="")
    return after, (effects.Enter(operator=operator, by_card=by_card),)


def _admitted(visit: Visit, event: events.Admitted) -> Step:
    if visit.place is not Place.DOOR or visit.waiting is not Waiting.CODE or visit.admitted:
        return visit, ()
    return _enter(visit, event.operator, by_card=False)


def _refused(visit: Visit, event: events.Refused) -> Step:
    if visit.place is not Place.DOOR or visit.admitted:
        return visit, ()
    door = replace(visit.door, code="", shut_until=event.shut_until)
    return replace(visit, waiting=Waiting.NOTHING, door=door, said=event.code), ()


def _card_refused(visit: Visit, event: events.CardRefused) -> Step:
    return (visit, ()) if visit.place is not Place.DOOR or visit.waiting else (replace(visit, said=event.code), ())


def _door_opened(visit: Visit, _: events.DoorOpened) -> Step:
    if visit.place is not Place.DOOR:
        return visit, ()
    said = "" if visit.said == "door.shut" else visit.said
    return replace(visit, door=replace(visit.door, shut_until=None), said=said), ()


def _begun(visit: Visit, event: events.Begun) -> Step:
    if visit.place is not Place.DOOR or not visit.admitted:
        return visit, ()
    inside = replace(
        visit,
        path=(_OVERVIEW,),
        operator=visit.admitted,
        admitted="",
        door=Door(),
        said="",
        tests=event.tests,
        devices=event.devices,
    )
    return _look(inside)


def _closed(visit: Visit, why: str) -> Step:
    """End the visit, wherever it is."""
    if visit.place is Place.CLOSED:
        return visit, ()
    leaving = (effects.Drop(), effects.Leave(why=why)) if visit.operator or visit.admitted else ()
    return fresh(visit), (*leaving, effects.Release())


def _left(visit: Visit, _: events.Left) -> Step:
    return _closed(visit, "left") if visit.place is Place.LEAVE else (visit, ())


def _idle_warned(visit: Visit, event: events.IdleWarned) -> Step:
    if visit.place is Place.CLOSED or visit.busy_with_hands:
        return visit, ()
    return replace(visit, idle_s=max(0, event.remaining_s)), ()


def _idle_over(visit: Visit, _: events.IdleOver) -> Step:
    return (visit, ()) if visit.busy_with_hands else _closed(visit, "idle")


def _limit_over(visit: Visit, _: events.LimitOver) -> Step:
    return _closed(visit, "limit")


def _broken(visit: Visit, _: events.Broken) -> Step:
    if visit.place is not Place.CLOSED:
        return _closed(visit, "broken")
    return (fresh(visit), (effects.Release(),)) if visit.waiting else (visit, ())


# --- from page to page ------------------------------------------------------------------------------------------------


def _still(visit: Visit) -> Step:
    """End what is under way on the page that is left."""
    after = replace(
        visit,
        waiting=Waiting.NOTHING,
        ticket=visit.ticket + 1,
        said="",
        question=None,
        typed="",
        progress=None,
        listening=False,
        stale=False,
    )
    return after, (effects.Drop(),) if visit.waiting or visit.listening else ()


def _to(visit: Visit, where: Where) -> Step:
    """Open a page: one that is on the path already is gone back to, so that no path is longer than there are pages."""
    after, dropped = _still(visit)
    path = visit.path[: visit.path.index(where) + 1] if where in visit.path else (*visit.path, where)
    return replace(after, path=path), dropped


def _instead(visit: Visit, where: Where) -> Visit:
    """Show another page in place of this one."""
    before = visit.path[:-1]
    return replace(visit, path=before[: before.index(where) + 1] if where in before else (*before, where))


def _doing(visit: Visit, waiting: Waiting, make: Callable[[int], effects.Work], *before: effects.Effect) -> Step:
    """Begin something that takes a while; whatever was under way ends."""
    ticket = visit.ticket + 1
    return replace(visit, waiting=waiting, ticket=ticket, said=""), (*before, make(ticket))


def _language(visit: Visit, event: events.LanguageChosen) -> Step:
    if visit.place is Place.CLOSED or event.language not in LANGUAGES:
        return visit, ()
    return replace(visit, language=event.language), ()


def _back(visit: Visit, _: events.Back) -> Step:
    if visit.place is Place.DOOR:
        return _closed(visit, "left")
    if not visit.operator:
        return visit, ()
    if visit.place is Place.OVERVIEW:
        return _leave_wanted(visit, events.LeaveWanted())
    return _shown(*_to(visit, visit.path[-2]))


def _home(visit: Visit, _: events.Home) -> Step:
    if visit.place is Place.DOOR:
        return _closed(visit, "left")
    if not visit.operator or visit.place is Place.OVERVIEW:
        return visit, ()
    return _shown(*_to(visit, _OVERVIEW))


def _shown(visit: Visit, before: tuple[effects.Effect, ...]) -> Step:
    """Fetch what a page needs that is gone back to: it may have changed meanwhile."""
    match visit.place:
        case Place.OVERVIEW:
            after, wanted = _look(visit)
        case Place.RESULT | Place.HISTORY if visit.about or visit.place is Place.HISTORY:
            after, wanted = _read(visit, visit.about)
        case _:
            after, wanted = visit, ()
    return after, (*before, *wanted)


def _leave_wanted(visit: Visit, _: events.LeaveWanted) -> Step:
    if visit.place is Place.DOOR:
        return _closed(visit, "left")
    return _to(visit, Where(place=Place.LEAVE)) if visit.operator else (visit, ())


def _again(visit: Visit, _: events.Again) -> Step:
    if visit.waiting or not visit.operator:
        return visit, ()
    match visit.place:
        case Place.OVERVIEW:
            return _look(visit)
        case Place.RESULT if visit.about or visit.batch:
            return _run(visit, (visit.about,) if visit.about else visit.batch)
        case Place.HISTORY:
            return _read(visit, visit.about)
        case Place.AUDIT:
            return _audit(visit)
        case Place.REPORT:
            return _report(visit)
        case Place.REPAIR if visit.repair is not None:
            return _mend(visit, events.RepairChosen(kind=visit.repair.kind, device=visit.repair.device))
        case Place.TRAFFIC if not visit.listening:
            return _listen(visit)
        case _:
            return visit, ()


# --- digits -----------------------------------------------------------------------------------------------------------


def _digit(visit: Visit, event: events.DigitTyped) -> Step:
    if len(event.digit) != 1 or event.digit not in "0123456789":
        return visit, ()
    if visit.question is not None and visit.question.digits:
        return replace(visit, typed=(visit.typed + event.digit)[:ANSWER_DIGITS]), ()
    if visit.place is not Place.DOOR or visit.waiting:
        return visit, ()
    door = visit.door
    if door.field is DoorField.NUMBER:
        return replace(visit, door=replace(door, number=(door.number + event.digit)[:NUMBER_DIGITS])), ()
    return replace(visit, door=replace(door, code=(door.code + event.digit)[:CODE_DIGITS])), ()


def _erased(visit: Visit, _: events.Erased) -> Step:
    if visit.question is not None:
        return replace(visit, typed=visit.typed[:-1]), ()
    if visit.place is not Place.DOOR or visit.waiting:
        return visit, ()
    door = visit.door
    if door.field is DoorField.NUMBER:
        return replace(visit, door=replace(door, number=door.number[:-1])), ()
    if not door.code:
        return replace(visit, door=replace(door, field=DoorField.NUMBER)), ()
    return replace(visit, door=replace(door, code=door.code[:-1])), ()


def _field(visit: Visit, event: events.FieldChosen) -> Step:
    if visit.place is not Place.DOOR or visit.waiting:
        return visit, ()
    return replace(visit, door=replace(visit.door, field=event.field)), ()


def _entered(visit: Visit, _: events.Entered) -> Step:
    if visit.question is not None and visit.question.digits and visit.typed:
        return replace(visit, question=None, typed=""), (effects.Reply(answer=visit.typed),)
    if visit.place is not Place.DOOR or visit.waiting:
        return visit, ()
    door = visit.door
    if not door.number:
        return replace(visit, door=replace(door, field=DoorField.NUMBER), said="door.number-missing"), ()
    if len(door.code) < CODE_DIGITS:
        said = "door.code-short" if door.field is DoorField.CODE else ""
        return replace(visit, door=replace(door, field=DoorField.CODE), said=said), ()
    if door.shut_until is not None:
        return replace(visit, said="door.shut"), ()
    checking = effects.CheckCode(number=visit.prefix + door.number, code=door.code)
    return replace(visit, waiting=Waiting.CODE, said=""), (checking,)


def _choice(visit: Visit, event: events.ChoiceMade) -> Step:
    if visit.question is None or visit.question.digits or event.choice not in visit.question.choices:
        return visit, ()
    return replace(visit, question=None), (effects.Reply(answer=event.choice),)


# --- the terminal and its devices -------------------------------------------------------------------------------------


def _look(visit: Visit) -> Step:
    return _doing(replace(visit, stale=False), Waiting.LOOK, lambda ticket: effects.Look(ticket=ticket))


def _looked(visit: Visit, event: events.Looked) -> Step:
    after = replace(visit, overview=event.report, waiting=Waiting.NOTHING)
    return _look(after) if visit.stale and visit.place is Place.OVERVIEW else (after, ())


def _devices_changed(visit: Visit, event: events.DevicesChanged) -> Step:
    if not visit.operator:
        return visit, ()
    after = replace(visit, devices=event.devices)
    if visit.place is not Place.OVERVIEW or event.devices == visit.devices:
        return after, ()
    if visit.waiting:
        return replace(after, stale=True), ()
    return _look(after)


def _device_chosen(visit: Visit, event: events.DeviceChosen) -> Step:
    if not visit.operator or visit.device(event.device) is None:
        return visit, ()
    return _to(visit, Where(place=Place.DEVICE, about=event.device))


def _release_wanted(visit: Visit, _: events.ReleaseWanted) -> Step:
    status = visit.device(visit.about) if visit.place is Place.DEVICE else None
    if status is None or not releasable(status):
        return visit, ()
    return visit, (effects.ReleaseDevice(device=status.kind),)


def _traffic_wanted(visit: Visit, _: events.TrafficWanted) -> Step:
    if visit.place is not Place.DEVICE:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.TRAFFIC, about=visit.about))
    after, wanted = _listen(opened)
    return after, (*dropped, *wanted)


def _listen(visit: Visit) -> Step:
    after, wanted = _doing(visit, Waiting.NOTHING, lambda ticket: effects.Listen(ticket=ticket, device=visit.about))
    return replace(after, heard=(), listening=True), wanted


def _heard(visit: Visit, event: events.TrafficHeard) -> Step:
    if visit.place is not Place.TRAFFIC:
        return visit, ()
    return replace(visit, heard=event.heard, listening=event.listening), ()


# --- tests ------------------------------------------------------------------------------------------------------------


def _tests_wanted(visit: Visit, event: events.TestsWanted) -> Step:
    if not visit.operator or (event.device and not visit.of(event.device)):
        return visit, ()
    return _to(visit, Where(place=Place.TESTS, about=event.device))


def _test_chosen(visit: Visit, event: events.TestChosen) -> Step:
    if not visit.operator or visit.busy_with_hands or event.test not in {test.id for test in visit.tests}:
        return visit, ()
    return _run(visit, (event.test,))


def _all_chosen(visit: Visit, event: events.AllChosen) -> Step:
    if visit.place is not Place.TESTS:
        return visit, ()
    chosen = tuple(test.id for test in visit.of(visit.about) if event.hands or Need.HAND not in test.needs)
    return _run(visit, chosen) if chosen else (replace(visit, said="tests.none-without-hand"), ())


def _run(visit: Visit, tests: tuple[str, ...]) -> Step:
    opened, dropped = _to(visit, Where(place=Place.RUNNING))
    opened = replace(opened, batch=tests, results=(), trends=(), entries=())
    after, wanted = _doing(opened, Waiting.TESTS, lambda ticket: effects.RunTests(ticket=ticket, tests=tests))
    return after, (*dropped, *wanted)


def _advanced(visit: Visit, event: events.Advanced) -> Step:
    return (replace(visit, progress=event.progress), ()) if visit.waiting is Waiting.TESTS else (visit, ())


def _asked(visit: Visit, event: events.Asked) -> Step:
    return (replace(visit, question=event.question, typed=""), ()) if visit.busy_with_hands else (visit, ())


def _found(visit: Visit, event: events.Found) -> Step:
    if visit.waiting is not Waiting.TESTS:
        return visit, ()
    return replace(visit, results=(*visit.results, event.result), question=None, typed="", progress=None), ()


def _tests_over(visit: Visit, _: events.TestsOver) -> Step:
    return _tests_ended(visit) if visit.waiting is Waiting.TESTS else (visit, ())


def _tests_ended(visit: Visit) -> Step:
    """Show what was found; where nothing was, the page before."""
    still, dropped = _still(visit)
    dropped = dropped if len(visit.results) < len(visit.batch) else ()
    if not visit.results:
        return replace(still, path=still.path[:-1]), dropped
    if len(visit.batch) > 1:
        return _instead(still, Where(place=Place.RESULT)), dropped
    after, wanted = _read(_instead(still, Where(place=Place.RESULT, about=visit.batch[0])), visit.batch[0])
    return after, (*dropped, *wanted)


def _stopped(visit: Visit, _: events.Stopped) -> Step:
    if visit.waiting is Waiting.TESTS:
        return _tests_ended(visit)
    if visit.place is Place.REPAIR:
        return _back(visit, events.Back())
    return visit, ()


def _result_chosen(visit: Visit, event: events.ResultChosen) -> Step:
    if not visit.operator or visit.busy_with_hands or visit.result(event.test) is None:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.RESULT, about=event.test))
    after, wanted = _read(opened, event.test)
    return after, (*dropped, *wanted)


def _history_wanted(visit: Visit, event: events.HistoryWanted) -> Step:
    known = {"", *(test.id for test in visit.tests)}
    if not visit.operator or visit.busy_with_hands or event.test not in known:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.HISTORY, about=event.test))
    after, wanted = _read(opened, event.test)
    return after, (*dropped, *wanted)


def _read(visit: Visit, test: str) -> Step:
    emptied = replace(visit, entries=(), trends=())
    return _doing(emptied, Waiting.READ, lambda ticket: effects.ReadHistory(ticket=ticket, test=test))


def _history_read(visit: Visit, event: events.HistoryRead) -> Step:
    if visit.waiting is not Waiting.READ or visit.place is Place.AUDIT:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, entries=event.entries, trends=event.trends), ()


# --- repairs ----------------------------------------------------------------------------------------------------------


def _repairs_wanted(visit: Visit, event: events.RepairsWanted) -> Step:
    if not visit.operator or visit.busy_with_hands or (event.device and visit.device(event.device) is None):
        return visit, ()
    return _to(visit, Where(place=Place.REPAIRS, about=event.device))


def _mend(visit: Visit, event: events.RepairChosen) -> Step:
    if not visit.operator or visit.busy_with_hands:
        return visit, ()
    if visit.device(event.device) is None or event.device not in FOR[event.kind]:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.REPAIR, about=event.device))
    after, wanted = _doing(
        replace(opened, repair=None),
        Waiting.REPAIR,
        lambda ticket: effects.Mend(ticket=ticket, kind=event.kind, device=event.device),
    )
    return after, (*dropped, *wanted)


def _mended(visit: Visit, event: events.Mended) -> Step:
    return (replace(visit, repair=event.repair), ()) if visit.waiting is Waiting.REPAIR else (visit, ())


def _mend_over(visit: Visit, _: events.MendOver) -> Step:
    if visit.waiting is not Waiting.REPAIR:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, question=None, typed=""), ()


# --- report and audit -------------------------------------------------------------------------------------------------


def _report_wanted(visit: Visit, _: events.ReportWanted) -> Step:
    if not visit.operator or visit.busy_with_hands:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.REPORT))
    after, wanted = _report(opened)
    return after, (*dropped, *wanted)


def _report(visit: Visit) -> Step:
    emptied = replace(visit, signed=None, printed="", saved=())
    return _doing(emptied, Waiting.REPORT, lambda ticket: effects.MakeReport(ticket=ticket))


def _report_made(visit: Visit, event: events.ReportMade) -> Step:
    if visit.waiting is not Waiting.REPORT:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, signed=event.signed), ()


def _print_wanted(visit: Visit, _: events.PrintWanted) -> Step:
    signed = visit.signed
    if visit.place is not Place.REPORT or visit.waiting or signed is None:
        return visit, ()
    return _doing(
        replace(visit, printed=""),
        Waiting.PRINT,
        lambda ticket: effects.PrintReport(ticket=ticket, signed=signed, language=visit.language),
    )


def _printed(visit: Visit, event: events.ReportPrinted) -> Step:
    if visit.waiting is not Waiting.PRINT:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, printed=event.proof), ()


def _save_wanted(visit: Visit, _: events.SaveWanted) -> Step:
    signed = visit.signed
    if visit.place is not Place.REPORT or visit.waiting or signed is None:
        return visit, ()
    return _doing(visit, Waiting.SAVE, lambda ticket: effects.SaveReport(ticket=ticket, signed=signed))


def _saved(visit: Visit, event: events.ReportSaved) -> Step:
    if visit.waiting is not Waiting.SAVE:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, saved=event.files), ()


def _audit_wanted(visit: Visit, _: events.AuditWanted) -> Step:
    if not visit.operator or visit.busy_with_hands:
        return visit, ()
    opened, dropped = _to(visit, Where(place=Place.AUDIT))
    after, wanted = _audit(opened)
    return after, (*dropped, *wanted)


def _audit(visit: Visit) -> Step:
    return _doing(visit, Waiting.READ, lambda ticket: effects.ReadAudit(ticket=ticket))


def _audit_read(visit: Visit, event: events.AuditRead) -> Step:
    if visit.waiting is not Waiting.READ or visit.place is not Place.AUDIT:
        return visit, ()
    return replace(visit, waiting=Waiting.NOTHING, actions=event.actions, broken_row=event.broken_row), ()


def _not_done(visit: Visit, event: events.NotDone) -> Step:
    """Say so on the page that waited; tests show what they found until then."""
    if visit.waiting is Waiting.TESTS:
        after, wanted = _tests_ended(visit)
        return replace(after, said=event.code), wanted
    return replace(visit, waiting=Waiting.NOTHING, listening=False, question=None, typed="", said=event.code), ()


_HANDLERS: Final[Mapping[type[events.Event], Callable[[Visit, Any], Step]]] = {
    events.Knocked: _knocked,
    events.LanguageChosen: _language,
    events.Back: _back,
    events.Home: _home,
    events.LeaveWanted: _leave_wanted,
    events.Left: _left,
    events.Again: _again,
    events.DigitTyped: _digit,
    events.Erased: _erased,
    events.FieldChosen: _field,
    events.Entered: _entered,
    events.ChoiceMade: _choice,
    events.DeviceChosen: _device_chosen,
    events.ReleaseWanted: _release_wanted,
    events.TrafficWanted: _traffic_wanted,
    events.TestsWanted: _tests_wanted,
    events.TestChosen: _test_chosen,
    events.AllChosen: _all_chosen,
    events.Stopped: _stopped,
    events.ResultChosen: _result_chosen,
    events.HistoryWanted: _history_wanted,
    events.RepairsWanted: _repairs_wanted,
    events.RepairChosen: _mend,
    events.ReportWanted: _report_wanted,
    events.PrintWanted: _print_wanted,
    events.SaveWanted: _save_wanted,
    events.AuditWanted: _audit_wanted,
    events.Held: _held,
    events.Occupied: _occupied,
    events.DoorOpened: _door_opened,
    events.Refused: _refused,
    events.CardRefused: _card_refused,
    events.Admitted: _admitted,
    events.CardProven: _card_proven,
    events.Begun: _begun,
    events.DevicesChanged: _devices_changed,
    events.IdleWarned: _idle_warned,
    events.IdleOver: _idle_over,
    events.LimitOver: _limit_over,
    events.Broken: _broken,
    events.Looked: _looked,
    events.Advanced: _advanced,
    events.Asked: _asked,
    events.Found: _found,
    events.TestsOver: _tests_over,
    events.Mended: _mended,
    events.MendOver: _mend_over,
    events.ReportMade: _report_made,
    events.ReportPrinted: _printed,
    events.ReportSaved: _saved,
    events.HistoryRead: _history_read,
    events.AuditRead: _audit_read,
    events.TrafficHeard: _heard,
    events.NotDone: _not_done,
}
