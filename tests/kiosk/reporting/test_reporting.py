"""A terminal tells how it fares: counts without persons, once each; and closes when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from drivers.status import State
from kiosk.contract import (
    Announcement,
    Application,
    Board,
    DeviceState,
    HallToday,
    HealthAnswer,
    HealthReport,
    PageCount,
    Paper,
    Problem,
    SavingCount,
    Service,
    TerminalState,
    Waiting,
)
from kiosk.contract.technicians import DoorSecret
from kiosk.diagnostics.model import DeviceStatus
from kiosk.forms import PageRef
from kiosk.reporting import Reporter, Tally, saw
from kiosk.reporting import reporter as reporter_module
from kiosk.reporting.tally import Spared, wants_saving
from kiosk.session import events, machine
from kiosk.session.house import House
from kiosk.session.state import Delivery, Session, Stage, Submission, fresh
from kiosk.submission import BackendRefused, BackendUnreachable
from kiosk.words import Language, Text

ZONE = ZoneInfo("Asia/Shanghai")
CLOSED = Text(zh_hans="正在检修", zh_hant="正在檢修", en="Under repair")
MOMENT = 1_795_400_000.0


class StubCatalogue:
    version = "abc"


@dataclass
class Desk:
    """Answers as it is told; keeps what it heard."""

    heard: list[HealthReport] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)
    service: Service = Service(open=True)  # noqa: RUF009  # frozen
    door: DoorSecret | None = None
    board: Board = Board()  # noqa: RUF009  # frozen

    async def report_health(self, report: HealthReport) -> HealthAnswer:
        self.heard.append(report)
        if self.failing:
            raise self.failing.pop(0)
        return HealthAnswer(service=self.service, next_s=60, door=self.door, board=self.board)


@dataclass
class Terminal:
    desk: Desk
    reporter: Reporter
    posted: list[events.Event]
    now: list[float]
    statuses: list[DeviceStatus]


@pytest.fixture
def terminal() -> Terminal:
    desk, posted, now = Desk(), list[events.Event](), [MOMENT]
    statuses = list[DeviceStatus]()
    reporter = Reporter(
        desk=desk,
        post=posted.append,
        devices=lambda: statuses,
        catalogue=StubCatalogue(),  # type: ignore[arg-type]  # its version is all that is asked
        version="0.4.0",
        timezone=ZONE,
        clock=lambda: now[0],
    )
    return Terminal(desk=desk, reporter=reporter, posted=posted, now=now, statuses=statuses)


def walk(*stages: Stage, service: str = "newborn", identity: str = "") -> list[Session]:
    """Return the states of one session that comes to these pages, and ends."""
    made = identity or str(uuid4())
    passed = [Session(id=made, stage=stage, service=service if index else "") for index, stage in enumerate(stages)]
    return [*passed, Session()]


def filed(session: Session, key: str = "k1", cases: int = 0) -> Session:
    made = Submission(
        key=key, entry=None, delivery=Delivery.ANSWERED, matter="newborn", application=_application(cases)
    )
    return replace(session, submissions=(*session.submissions, made))


def _application(cases: int) -> Application:
    needed = dict.fromkeys(Application.__struct_fields__)
    return Application(**{**needed, "cases": (None,) * cases})  # type: ignore[arg-type]  # counted, not read


def after(states: list[Session], tally: Tally | None = None) -> Tally:
    tally = tally or Tally()
    for state in states:
        tally = saw(tally, state)
    return tally


def test_a_session_is_counted_where_it_came_and_where_it_ended() -> None:
    tally = after(walk(Stage.FIND, Stage.NOTICE, Stage.MATERIALS))
    assert tally.pages() == (
        PageCount(theme="", page="find", reached=1),
        PageCount(theme="newborn", page="materials", reached=1, left=1),
        PageCount(theme="newborn", page="notice", reached=1),
    )
    assert (tally.sessions, tally.session, tally.seen) == (1, "", frozenset())


def test_going_back_and_forth_counts_once_and_the_goodbye_is_no_page() -> None:
    tally = after(walk(Stage.FIND, Stage.NOTICE, Stage.FIND, Stage.NOTICE, Stage.GOODBYE))
    assert {(each.page, each.reached, each.left) for each in tally.pages()} >= {("notice", 1, 1)}
    assert "goodbye" not in {each.page for each in tally.pages()}


@pytest.mark.parametrize("stage", [Stage.KEPT, Stage.OUTCOMES, Stage.RECEIPT])
def test_who_got_what_they_came_for_left_nothing(stage: Stage) -> None:
    assert sum(each.left for each in after(walk(Stage.FIND, Stage.NOTICE, stage)).pages()) == 0


def test_one_who_filed_and_goes_on_looking_left_nothing() -> None:
    find, outcomes, end = walk(Stage.FIND, Stage.OUTCOMES)
    tally = after([find, filed(outcomes, cases=3), replace(filed(outcomes, cases=3), stage=Stage.FIND), end])
    assert sum(each.left for each in tally.pages()) == 0
    assert tally.cases == 3
    assert tally.savings() == (SavingCount(theme="newborn", filed=1),)


def test_what_was_spared_counts_once_for_twins() -> None:
    find, outcomes, end = walk(Stage.FIND, Stage.OUTCOMES)
    tally = saw(Tally(), find)
    one = filed(outcomes, "k1", 2)
    assert wants_saving(tally, one)
    tally = saw(tally, one, Spared(30, 7))
    assert not wants_saving(tally, one)
    tally = saw(tally, filed(one, "k2", 2), Spared(30, 7))
    tally = saw(tally, end)
    assert tally.savings() == (SavingCount(theme="newborn", filed=2, questions=30, materials=7),)
    assert tally.cases == 4
    assert tally.counted == frozenset()


def test_a_question_is_named_by_its_element() -> None:
    state = Session(id="s", stage=Stage.QUESTION, service="newborn", page=PageRef(id="child.name"))
    assert after([state]).pages()[0].page == "question:child.name"


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", ""]), st.sampled_from(list(Stage)), st.sampled_from(["newborn", ""])),
        max_size=40,
    )
)
def test_nobody_leaves_a_page_they_never_reached(steps: list[tuple[str, Stage, str]]) -> None:
    states = [
        Session(id=identity, stage=stage if identity else Stage.ATTRACT, service=service)
        for identity, stage, service in steps
    ]
    tally = after([*states, Session()])
    for each in tally.pages():
        assert 0 <= each.left <= each.reached
    assert sum(each.left for each in tally.pages()) <= tally.sessions
    assert not tally.session
    assert not {"a", "b"} & set(msgspec.json.encode(msgspec.to_builtins(tally.pages())).decode().split('"'))


def device(kind: str, state: State, cause: str = "") -> DeviceStatus:
    return DeviceStatus(kind=kind, state=state, cause=cause, since=datetime(2026, 11, 23, tzinfo=ZONE))


class Door:
    """Keeps the number of the secret it was handed; a full disk keeps none."""

    def __init__(self) -> None:
        self.has = 0
        self.full = False

    def version(self) -> int:
        return self.has

    def take(self, secret: DoorSecret) -> None:
        if self.full:
            raise OSError(28, "no room")
        self.has = secret.version


async def test_the_secret_for_technicians_codes_is_kept_and_named_in_the_next_report(terminal: Terminal) -> None:
    door, secret = Door(), DoorSecret(version=4, secret="ab" * 32)
    terminal.reporter._door = door
    terminal.desk.door = secret
    door.full = True
    await terminal.reporter.report()
    assert door.has == 0
    assert not terminal.reporter._changed.is_set()
    door.full = False
    await terminal.reporter.report()
    assert terminal.reporter._changed.is_set()  # it is reported soon
    await terminal.reporter.report()
    assert [each.door for each in terminal.desk.heard] == [0, 0, 4]


async def test_a_technician_at_the_terminal_is_reported_at_once(terminal: Terminal) -> None:
    terminal.reporter.saw(Session(maintained=True))
    assert terminal.reporter._changed.is_set()
    await terminal.reporter.report()
    assert terminal.desk.heard[-1].state is TerminalState.MAINTENANCE


async def test_a_report_says_how_everything_is(terminal: Terminal) -> None:
    terminal.statuses += [
        device("idreader", State.READY),
        device("scanner", State.ABSENT, "device.gone"),
        device("printer", State.DEGRADED, "printer.paper-near-end"),
    ]
    await terminal.reporter.report()
    (report,) = terminal.desk.heard
    assert (report.state, report.paper, report.version) == (TerminalState.IDLE, Paper.NEAR_END, "0.4.0")
    assert [(each.kind, each.state, each.cause) for each in report.devices] == [
        ("id-reader", DeviceState.READY, ""),
        ("printer", DeviceState.DEGRADED, "printer.paper-near-end"),
        ("scanner", DeviceState.ABSENT, "device.gone"),
    ]
    assert report.today is not None
    assert report.today.day == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("state", "cause", "paper"),
    [
        (State.READY, "", Paper.OK),
        (State.FAILED, "printer.paper-out", Paper.OUT),
        (State.FAILED, "printer.cover-open", Paper.UNKNOWN),
        (State.ABSENT, "device.gone", Paper.UNKNOWN),
        (State.STARTING, "", Paper.UNKNOWN),
    ],
)
async def test_what_the_printer_says_of_its_paper_is_told(
    terminal: Terminal, state: State, cause: str, paper: Paper
) -> None:
    terminal.statuses.append(device("printer", state, cause))
    await terminal.reporter.report()
    assert terminal.desk.heard[0].paper is paper


async def test_a_device_that_changes_is_reported_before_the_minute_is_over(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporter_module, "SOONEST_S", 0.0)
    work = asyncio.create_task(terminal.reporter.work())
    await _heard(terminal, 1)
    terminal.reporter.saw(Session(devices={"scanner": "absent"}, causes={"scanner": "device.gone"}))
    await _heard(terminal, 2)
    terminal.reporter.saw(Session(devices={"scanner": "absent"}, causes={"scanner": "device.flapping"}))
    await _heard(terminal, 3)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


async def test_what_was_not_answered_is_sent_again_as_it_was_and_counts_once(terminal: Terminal) -> None:
    for state in walk(Stage.FIND, Stage.NOTICE):
        terminal.reporter.saw(state)
    terminal.desk.failing = [BackendUnreachable("down"), BackendUnreachable("down")]
    await terminal.reporter.report()
    for state in walk(Stage.FIND, Stage.NOTICE):
        terminal.reporter.saw(state)
    await terminal.reporter.report()
    await terminal.reporter.report()
    first, again, third, newer = terminal.desk.heard
    assert first == again == third
    assert newer.number > first.number
    assert [each.reached for each in newer.pages] == [1, 1]
    assert newer.today is not None
    assert newer.today.sessions == 2


async def test_a_report_that_will_never_be_taken_is_dropped(terminal: Terminal) -> None:
    wrong = Problem(type="urn:onething:problem:request.malformed", title="", status=400, detail="", errors=())
    terminal.desk.failing = [BackendRefused(wrong)]
    await terminal.reporter.report()
    await terminal.reporter.report()
    assert terminal.desk.heard[0].number < terminal.desk.heard[1].number


async def test_a_new_day_begins_at_nought(terminal: Terminal) -> None:
    terminal.reporter.saw(walk(Stage.FIND)[0])
    await terminal.reporter.report()
    terminal.now[0] += 86_400
    await terminal.reporter.report()
    assert [each.today.sessions for each in terminal.desk.heard if each.today] == [1, 0]


async def test_what_the_backend_orders_is_told_the_session_once(terminal: Terminal) -> None:
    terminal.desk.service = Service(open=False, words=CLOSED)
    await terminal.reporter.report()
    await terminal.reporter.report()
    assert terminal.posted == [events.ServiceOrdered(closed=CLOSED)]
    assert terminal.desk.heard[-1].state is TerminalState.OUT_OF_SERVICE
    terminal.desk.service = Service(open=True)
    await terminal.reporter.report()
    assert terminal.posted[-1] == events.ServiceOrdered(closed=None)


def test_a_terminal_out_of_service_begins_nothing_and_ends_what_began() -> None:
    house = House(catalogue=StubCatalogue(), terminal="T-1")  # type: ignore[arg-type]  # not asked
    touched = events.Touched(session="s", at=msgspec.convert("2026-11-23T10:00:00+08:00", type=datetime))
    closed, _ = machine.step(house, Session(), events.ServiceOrdered(closed=CLOSED))
    assert machine.step(house, closed, touched)[0].stage is Stage.ATTRACT
    begun, _ = machine.step(house, Session(), touched)
    told, _ = machine.step(house, begun, events.ServiceOrdered(closed=CLOSED))
    assert told.stage is Stage.FIND
    assert fresh(told, language=Language.EN).closed == CLOSED
    again, _ = machine.step(house, fresh(told, language=Language.EN), events.ServiceOrdered(closed=None))
    assert machine.step(house, again, touched)[0].stage is Stage.FIND


async def _heard(terminal: Terminal, many: int) -> None:
    waiting = asyncio.Event()
    real: Callable[[HealthReport], Any] = terminal.desk.report_health

    async def told(report: HealthReport) -> HealthAnswer:
        answer: HealthAnswer = await real(report)
        if len(terminal.desk.heard) >= many:
            waiting.set()
        return answer

    terminal.desk.report_health = told  # type: ignore[method-assign]  # listened to
    async with asyncio.timeout(20):
        await waiting.wait()


async def test_what_operators_tell_holds_until_its_time_also_when_nobody_answers(terminal: Terminal) -> None:
    until = datetime.fromtimestamp(MOMENT + 90, ZONE)
    notice = Announcement(words=CLOSED, until=until)
    hall = HallToday(name=CLOSED, queues=(Waiting(name=CLOSED, waiting=4, minutes_most=15),))
    terminal.desk.board = Board(announcements=(notice,), halls=(hall,))
    await terminal.reporter.report()
    await terminal.reporter.report()
    assert terminal.posted == [events.TodayTold(board=terminal.desk.board)]

    terminal.desk.failing = [BackendUnreachable("gone") for _ in range(3)]
    terminal.now[0] += 100
    await terminal.reporter.report()
    assert terminal.posted[-1] == events.TodayTold(board=Board(halls=(hall,)))
    terminal.now[0] += 300
    await terminal.reporter.report()
    assert terminal.posted[-1] == events.TodayTold(board=Board())


def test_who_stands_there_is_not_disturbed_by_what_is_told_and_the_next_one_sees_it() -> None:
    board = Board(halls=(HallToday(name=CLOSED, queues=()),))
    house = House(catalogue=StubCatalogue(), terminal="T-1")  # type: ignore[arg-type]  # not asked
    begun = Session(id="1", stage=Stage.FIND)
    told, effects = machine.step(house, begun, events.TodayTold(board=board))
    assert (replace(told, board=Board()), effects) == (begun, ())
    assert fresh(told, language=Language.EN).board == board
