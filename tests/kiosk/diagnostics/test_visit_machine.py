"""Stories and laws of a technician's visit."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from benches import BEGIN
from hypothesis import given, settings
from hypothesis import strategies as st
from visits import (
    AT_THE_DOOR,
    CHOICE,
    DEVICES,
    QUESTION,
    REPORT,
    SIGNED,
    TESTS,
    after,
    answers,
    inside,
    knocked,
    result,
)

from kiosk.diagnostics.repairs import FOR, Kind
from kiosk.diagnostics.visit import DoorField, Place, Visit, Waiting, Where, effects, events, step
from kiosk.diagnostics.visit.lines import UNWRITTEN, line
from kiosk.words import Language


def typed(digits: str) -> list[events.Event]:
    return [events.DigitTyped(digit=digit) for digit in digits]


# --- the door ---------------------------------------------------------------------------------------------------------


def test_a_technician_comes_in_by_number_and_code() -> None:
    visit, wanted = step(AT_THE_DOOR, events.Knocked())
    assert wanted == (effects.Hold(),)
    visit = after(visit, events.Held())
    assert visit.place is Place.DOOR
    visit = after(visit, *typed("0001"), events.Entered())
    assert visit.door.field is DoorField.CODE
    visit, wanted = step(after(visit, *typed("12345678")), events.Entered())
    assert wanted == (effects.CheckCode(number="YJ-0001", code="12345678"),)
    visit, wanted = step(visit, events.Admitted(operator="YJ-0001"))
    assert wanted == (effects.Enter(operator="YJ-0001", by_card=False),)
    visit, wanted = step(visit, events.Begun(tests=TESTS, devices=DEVICES))
    assert (visit.place, visit.operator, visit.door.code) == (Place.OVERVIEW, "YJ-0001", "")
    assert isinstance(wanted[0], effects.Look)


def test_a_card_opens_the_door_from_the_page_that_invites() -> None:
    visit, wanted = step(AT_THE_DOOR, events.CardProven(operator="YJ-0002"))
    assert wanted == (effects.Hold(),)
    visit, wanted = step(visit, events.Held(card=True))
    assert wanted == (effects.Enter(operator="YJ-0002", by_card=True),)
    assert after(visit, events.Begun(tests=(), devices=())).operator == "YJ-0002"


def test_nobody_gets_in_while_a_citizen_is_there() -> None:
    visit, wanted = step(after(AT_THE_DOOR, events.Knocked()), events.Occupied())
    assert (visit.place, visit.waiting, wanted) == (Place.CLOSED, Waiting.NOTHING, ())


def test_a_wrong_code_is_told_and_a_shut_door_takes_none_but_a_card() -> None:
    visit = after(knocked(), *typed("1"), events.Entered(), *typed("00000000"), events.Entered())
    until = BEGIN + timedelta(minutes=5)
    visit = after(visit, events.Refused(code="door.shut", shut_until=until))
    assert (visit.said, visit.door.code, visit.door.shut_until) == ("door.shut", "", until)
    again, wanted = step(after(visit, *typed("00000000")), events.Entered())
    assert (again.said, wanted) == ("door.shut", ())
    _, wanted = step(visit, events.CardProven(operator="YJ-0001"))
    assert wanted == (effects.Enter(operator="YJ-0001", by_card=True),)
    opened = after(visit, events.DoorOpened())
    assert (opened.said, opened.door.shut_until) == ("", None)


def test_what_is_missing_at_the_door_is_said() -> None:
    visit = after(knocked(), events.Entered())
    assert visit.said == "door.number-missing"
    visit = after(visit, *typed("1"), events.Entered(), *typed("123"), events.Entered())
    assert visit.said == "door.code-short"
    visit = after(visit, *([events.Erased()] * 4))
    assert (visit.door.code, visit.door.field) == ("", DoorField.NUMBER)


# --- inside -----------------------------------------------------------------------------------------------------------


def test_a_test_is_run_asks_and_shows_its_result_with_its_past() -> None:
    visit, wanted = step(after(inside(), events.TestsWanted(device="sound")), events.TestChosen(test="sound.tone"))
    run = wanted[-1]
    assert isinstance(run, effects.RunTests)
    assert run.tests == ("sound.tone",)
    visit = after(visit, events.Asked(ticket=run.ticket, question=QUESTION), *typed("34"), events.Erased())
    visit, wanted = step(visit, events.Entered())
    assert wanted == (effects.Reply(answer="3"),)
    visit = after(visit, events.Found(ticket=run.ticket, result=result("sound.tone")))
    visit, wanted = step(visit, events.TestsOver(ticket=run.ticket))
    assert visit.here == Where(place=Place.RESULT, about="sound.tone")
    assert [type(each) for each in wanted] == [effects.ReadHistory]
    assert after(visit, events.Back()).here == Where(place=Place.TESTS, about="sound")


def test_all_that_need_no_hand_are_run_and_stopped_with_what_was_found_until_then() -> None:
    visit, wanted = step(after(inside(), events.TestsWanted()), events.AllChosen(hands=False))
    run = wanted[-1]
    assert isinstance(run, effects.RunTests)
    assert set(run.tests) == {test.id for test in TESTS if not test.interactive}
    visit = after(visit, events.Found(ticket=run.ticket, result=result(run.tests[0])))
    visit, wanted = step(visit, events.Stopped())
    assert wanted == (effects.Drop(),)
    assert (visit.here, len(visit.results)) == (Where(place=Place.RESULT), 1)
    late = after(visit, events.Found(ticket=run.ticket, result=result(run.tests[1])))
    assert late == visit


def test_a_test_stopped_before_it_found_anything_goes_back_to_where_it_was_chosen() -> None:
    visit = after(inside(), events.TestsWanted(), events.TestChosen(test="disk.state"), events.Stopped())
    assert visit.here == Where(place=Place.TESTS)


def test_a_change_of_a_device_is_looked_at_again_once() -> None:
    fewer = DEVICES[:1]
    visit, wanted = step(inside(), events.DevicesChanged(devices=fewer))
    assert [type(each) for each in wanted] == [effects.Look]
    visit, wanted = step(visit, events.DevicesChanged(devices=DEVICES))
    assert (visit.stale, wanted) == (True, ())
    visit, wanted = step(visit, events.Looked(ticket=visit.ticket, report=REPORT))
    assert [type(each) for each in wanted] == [effects.Look]
    visit, wanted = step(visit, events.Looked(ticket=visit.ticket, report=REPORT))
    assert (visit.waiting, wanted) == (Waiting.NOTHING, ())


def test_a_device_that_does_not_work_may_be_tried_at_once() -> None:
    assert step(after(inside(), events.DeviceChosen(device="card")), events.ReleaseWanted())[1] == (
        effects.ReleaseDevice(device="card"),
    )
    assert step(after(inside(), events.DeviceChosen(device="scanner")), events.ReleaseWanted())[1] == ()


def test_a_repair_asks_for_consent_and_is_left_by_going_back() -> None:
    visit, wanted = step(inside(), events.RepairChosen(kind=Kind.REPLACE, device="card"))
    ticket = visit.ticket
    assert wanted == (effects.Mend(ticket=ticket, kind=Kind.REPLACE, device="card"),)
    asked = after(visit, events.Asked(ticket=ticket, question=CHOICE))
    assert step(asked, events.ChoiceMade(choice="repair.yes"))[1] == (effects.Reply(answer="repair.yes"),)
    assert step(asked, events.ChoiceMade(choice="anything"))[1] == ()
    visit, wanted = step(asked, events.Back())
    assert (visit.place, wanted[0]) == (Place.OVERVIEW, effects.Drop())


def test_the_report_is_made_printed_and_kept() -> None:
    visit, wanted = step(inside(), events.ReportWanted())
    visit = after(
        visit, events.ReportMade(ticket=visit.ticket, signed=SIGNED), events.LanguageChosen(language=Language.EN)
    )
    printing, wanted = step(visit, events.PrintWanted())
    assert wanted == (effects.PrintReport(ticket=printing.ticket, signed=SIGNED, language=Language.EN),)
    failed = after(printing, events.NotDone(ticket=printing.ticket, code="visit.not-printed"))
    assert (failed.said, failed.waiting, failed.signed) == ("visit.not-printed", Waiting.NOTHING, SIGNED)
    saving, wanted = step(failed, events.SaveWanted())
    assert wanted == (effects.SaveReport(ticket=saving.ticket, signed=SIGNED),)
    assert after(saving, events.ReportSaved(ticket=saving.ticket, files=("a", "b"))).saved == ("a", "b")


def test_listening_ends_with_its_page() -> None:
    visit, wanted = step(after(inside(), events.DeviceChosen(device="card")), events.TrafficWanted())
    assert wanted == (effects.Listen(ticket=visit.ticket, device="card"),)
    visit, wanted = step(visit, events.Back())
    assert (visit.place, visit.listening, wanted) == (Place.DEVICE, False, (effects.Drop(),))


def test_nobody_touching_ends_the_visit_but_not_during_a_test_and_two_hours_end_it_all_the_same() -> None:
    warned = after(inside(), events.IdleWarned(remaining_s=9))
    assert warned.idle_s == 9
    assert after(warned, events.Stayed()).idle_s == 0
    closed, wanted = step(warned, events.IdleOver())
    assert (closed.place, closed.operator) == (Place.CLOSED, "")
    assert wanted == (effects.Drop(), effects.Leave(why="idle"), effects.Release())
    testing = after(inside(), events.TestChosen(test="touch.grid"))
    assert step(testing, events.IdleOver()) == (testing, ())
    assert step(testing, events.LimitOver())[1][1:] == (effects.Leave(why="limit"), effects.Release())


def test_technicians_have_two_languages() -> None:
    assert after(inside(), events.LanguageChosen(language=Language.ZH_HANT)).language is Language.ZH_HANS


# --- laws -------------------------------------------------------------------------------------------------------------

KINDS = st.sampled_from([*(device.kind for device in DEVICES), "", "nothing"])
NAMES = st.sampled_from([*(test.id for test in TESTS), "", "nothing"])
WAY_IN = (events.Knocked(), events.CardProven(operator="YJ-0001"))
INTENTS = st.one_of(
    st.sampled_from(
        [
            *WAY_IN,
            events.Back(),
            events.Home(),
            events.LeaveWanted(),
            events.Left(),
            events.Stayed(),
            events.Again(),
            events.Erased(),
            events.Entered(),
            events.ReleaseWanted(),
            events.TrafficWanted(),
            events.Stopped(),
            events.ReportWanted(),
            events.PrintWanted(),
            events.SaveWanted(),
            events.AuditWanted(),
            events.ChoiceMade(choice="repair.no"),
            events.IdleOver(),
            events.LimitOver(),
            events.Broken(),
            events.CardRefused(code="technician.expired"),
            events.DoorOpened(),
        ]
    ),
    st.builds(events.DigitTyped, digit=st.text("0123456789x", max_size=2)),
    st.builds(events.FieldChosen, field=st.sampled_from(DoorField)),
    st.builds(events.LanguageChosen, language=st.sampled_from(Language)),
    st.builds(events.DeviceChosen, device=KINDS),
    st.builds(events.TestsWanted, device=KINDS),
    st.builds(events.TestChosen, test=NAMES),
    st.builds(events.AllChosen, hands=st.booleans()),
    st.builds(events.ResultChosen, test=NAMES),
    st.builds(events.HistoryWanted, test=NAMES),
    st.builds(events.RepairsWanted, device=KINDS),
    st.builds(events.RepairChosen, kind=st.sampled_from(Kind), device=KINDS),
    st.builds(events.DevicesChanged, devices=st.sampled_from([DEVICES, DEVICES[:2]])),
)
WALKS = st.lists(st.tuples(INTENTS, st.integers(0, 4)), max_size=25)


def checked(before: Visit, visit: Visit, wanted: tuple[effects.Effect, ...]) -> None:
    """Whatever happens, these hold."""
    for effect in wanted:
        if not isinstance(effect, effects.BEFORE):
            assert before.operator or before.admitted, effect  # nothing is done for somebody who is not in
        written = line(effect)
        assert (written is None) == isinstance(effect, UNWRITTEN), effect
    inside_now = visit.place not in (Place.CLOSED, Place.DOOR)
    assert inside_now == bool(visit.operator)
    assert len(visit.path) == len(set(visit.path))
    assert visit.path[0].place in (Place.CLOSED, Place.DOOR, Place.OVERVIEW)
    if visit.place is Place.CLOSED and not visit.waiting:
        assert visit == Visit(prefix=visit.prefix, ticket=visit.ticket)  # nothing of the visit is left
    if before.place is not Place.CLOSED and visit.place is Place.CLOSED:
        assert wanted[-1] == effects.Release()
    if visit.place is Place.CLOSED or visit.place is Place.DOOR:
        assert visit.overview is None
        assert not visit.actions
        assert not visit.entries


def walk(visit: Visit, steps: list[tuple[events.Event, int]]) -> Visit:
    """Walk, the world answering so many of the first things that it was asked for."""
    waiting: list[events.Event] = []
    for event, answered in steps:
        for happened in (event, *waiting[:answered]):
            before = visit
            visit, wanted = step(visit, happened)
            checked(before, visit, wanted)
            for effect in wanted:
                waiting.extend(answers(effect))
        waiting = waiting[answered:]
    return visit


@settings(max_examples=150, deadline=None)
@given(WALKS, st.booleans())
def test_laws(steps: list[tuple[events.Event, int]], begin_inside: bool) -> None:
    visit = walk(inside() if begin_inside else AT_THE_DOOR, steps)
    # there is always a way out: at the page that waits for the session to step aside it answers by itself
    if visit.place is Place.CLOSED:
        return
    for event in (events.LeaveWanted(), events.Left()):
        before = visit
        visit, wanted = step(visit, event)
        checked(before, visit, wanted)
    assert visit.place is Place.CLOSED


@settings(max_examples=100, deadline=None)
@given(WALKS)
def test_nothing_happens_without_a_technician_whatever_is_tapped(steps: list[tuple[events.Event, int]]) -> None:
    visit = knocked()
    for event, _ in steps:
        if event not in WAY_IN:
            visit, wanted = step(visit, event)
            assert all(isinstance(effect, effects.BEFORE) for effect in wanted)
            assert not visit.operator


@pytest.mark.parametrize("kind", list(Kind))
def test_every_repair_can_be_begun_for_its_devices_and_for_no_other(kind: Kind) -> None:
    for device in DEVICES:
        begun = step(inside(), events.RepairChosen(kind=kind, device=device.kind))[1]
        assert bool(begun) == (device.kind in FOR[kind])
        assert ((kind, device.kind) in inside().mends()) == bool(begun)


def test_the_audit_knows_every_effect() -> None:
    def every(of: type[effects.Effect]) -> list[type[effects.Effect]]:
        return [of, *(each for below in of.__subclasses__() for each in every(below))]

    concrete = [each for each in every(effects.Effect) if each not in (effects.Effect, effects.Work)]
    assert len(concrete) > 15
    given_ = {"number": "YJ-1", "code": "1", "operator": "YJ-1", "by_card": True, "why": "left", "device": "card"}
    given_ |= {"answer": "4711", "ticket": 1, "tests": ("disk.state",), "kind": Kind.ROLL, "signed": SIGNED}
    given_ |= {"language": Language.EN, "test": "disk.state"}
    for each in concrete:
        names = [field.name for field in msgspec.structs.fields(each)]
        written = line(each(**{name: given_[name] for name in names}))
        assert (written is None) == (each in UNWRITTEN)
        assert written is None or "4711" not in str(written)  # no text that somebody typed
