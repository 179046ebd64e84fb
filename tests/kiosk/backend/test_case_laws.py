"""Laws of cases, whatever is done with them in whatever order: nothing leaves the table, nothing is decided twice."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select

from backend.city import (
    CHILD,
    NEWBORN_MATERIALS,
    NEWBORN_UNMARRIED,
    RESTAURANT,
    START,
    Citizen,
    Clock,
    running,
    settings_for,
)
from backend.offices import CLERK, SUPERVISOR, Office, office_of
from kiosk.backend.applications.acts import (
    Accept,
    Act,
    Approve,
    Ask,
    BeginStep,
    BookVisit,
    CheckHandedIn,
    CheckPromise,
    EndStep,
    Extend,
    HandOver,
    NotAccept,
    RecordVisit,
    Refuse,
    Revoke,
)
from kiosk.backend.applications.clock import CaseClock, working_days_between
from kiosk.backend.applications.desk import Work
from kiosk.backend.applications.states import FINAL, MOVES, OPEN, Move, leads, may
from kiosk.backend.applications.withdrawal import withdraw
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.registers import Holder
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.contract import Case, CaseState, ObligationKind, WithdrawalRequest

STOPS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4)
"""Days until the clock stops, and days that it stands still."""
DAYS = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


def test_nothing_leads_out_of_what_is_final() -> None:
    for move, state in itertools.product(Move, FINAL):
        ends = {to for to in CaseState if leads(move, state, to)}
        assert ends <= {state}, (move, state)


def test_only_persons_refuse_and_only_applicants_withdraw() -> None:
    to = {state: {move for move in Move if MOVES[move][1] and state in (MOVES[move][1] or ())} for state in CaseState}
    assert to[CaseState.REFUSED] == {Move.REFUSE, Move.VISIT}
    assert to[CaseState.NOT_ACCEPTED] == {Move.NOT_ACCEPT}
    assert to[CaseState.WITHDRAWN] == {Move.WITHDRAW}
    assert all(may(Move.WITHDRAW, state) for state in OPEN)


def test_every_state_is_reached_and_every_open_one_is_left() -> None:
    reached = {CaseState.SUBMITTED}
    for _ in CaseState:
        reached |= {to for move in Move for begin in reached for to in CaseState if leads(move, begin, to)}
    assert reached == set(CaseState)
    for state in OPEN:
        assert any(leads(move, state, to) for move in Move for to in FINAL)


@given(
    start=DAYS, days=st.integers(0, 40), stops=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4)
)
def test_the_clock_gives_every_day_that_it_stood_still(start: date, days: int, stops: list[tuple[int, int]]) -> None:
    clock, day = CaseClock(start=start, days=days), start
    stood = 0
    for wait, length in stops:
        day += timedelta(days=wait)
        clock = clock.stop("waiting", day)
        assert clock.stopped
        assert clock.stop("hearing", day) == clock
        until = day + timedelta(days=length)
        stood += working_days_between(day, until)
        clock, day = clock.go_on(until), until
        assert not clock.stopped
    assert clock.due(day).on == workdays().after(start, days + stood).on


@given(start=DAYS, days=st.integers(0, 30), announced=st.integers(1, 30), took=st.integers(0, 60))
def test_a_step_counts_as_it_was(start: date, days: int, announced: int, took: int) -> None:
    clock = CaseClock(start=start, days=days, planned={"test": announced})
    assert clock.due(start).on == workdays().after(start, days + announced).on
    ended = start + timedelta(days=took)
    under_way = clock.stop("test", start)
    real = working_days_between(start, ended)
    assert under_way.due(ended).on == workdays().after(start, days + max(announced, real)).on
    assert under_way.go_on(ended).due(ended).on == workdays().after(start, days + real).on


ACTS: tuple[Act, ...] = (
    Approve(),
    Approve(reason="符合条件。", basis="第一条"),
    Refuse(reasons="不符合条件。", basis="第二条"),
    Refuse(reasons="", basis=""),
    NotAccept(reasons="不属于职权范围。", basis="第三条"),
    Accept(),
    Ask(answers={"person.phone": "打不通。"}, days=2),
    Ask(answers={"person.name": "不一致。"}, days=2),
    Ask(),
    Extend(days=3, reason="复杂。"),
    BeginStep(step="hearing"),
    BeginStep(step="tender"),
    EndStep(result="结束。"),
    BookVisit(),
    RecordVisit(found="合格。", passed=True),
    RecordVisit(found="不合格。", passed=False, refusal=Refuse(reasons="不合格。", basis="第四条")),
    RecordVisit(found="要整改。", passed=False, put_right="整改", put_right_by=date(2027, 1, 15)),
    CheckHandedIn(kind=ObligationKind.MATERIAL, subject="maternity-invoice", good=True),
    CheckHandedIn(kind=ObligationKind.PUT_RIGHT, subject="visit", good=False, says="看不清。"),
    CheckPromise(subject="promise-1", kept=True, found="属实。"),
    CheckPromise(
        subject="promise-1", kept=False, found="不属实。", revocation=Revoke(reasons="不属实。", basis="第五条")
    ),
    CheckPromise(subject="promise-1", kept=False, found="不属实。", put_right="改", put_right_by=date(2027, 2, 1)),
    Revoke(reasons="撤销。", basis="第六条"),
    HandOver(to="本人"),
)
WITHDRAW, STALE, DAY, WEEK = "withdraw", "stale", "day", "week"
BEGINNINGS = ("referred", "accepted", "inspection-booked", "approved")
DEEDS = st.sampled_from([*ACTS, WITHDRAW, STALE, DAY, WEEK])


class Copies:
    """Cases as they were filed, copied as often as a test wants one."""

    def __init__(self, office: Office, clock: Clock, templates: dict[str, int]) -> None:
        self.office, self.clock, self.templates = office, clock, templates
        self._made = 0

    def copy(self, state: str) -> str:
        """Return the number of a new case in ``state``."""
        self._made += 1
        made = self._made

        def write(connection: Connection) -> str:
            row = connection.execute(select(schema.case).where(schema.case.c.id == self.templates[state])).one()
            application = connection.execute(
                select(schema.application).where(schema.application.c.id == row.application)
            ).one()
            values = dict(application._mapping) | {"number": f"COPY-{made}"}
            values.pop("id")
            key = connection.execute(insert(schema.application).values(values)).inserted_primary_key
            assert key is not None
            number = f"COPY-{made}-01"
            case = msgspec.structs.replace(msgspec.json.decode(row.content, type=Case), number=number)
            values = dict(row._mapping) | {
                "application": key[0],
                "number": number,
                "content": msgspec.json.encode(case).decode(),
            }
            values.pop("id")
            connection.execute(insert(schema.case).values(values))
            return number

        return self.office.house.database.write_now(write)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    folder, clock = tmp_path_factory.mktemp("laws"), Clock()
    made = settings_for(folder, clock)
    with running(made) as http:
        wu, sun, li = (Citizen(http, who).verify() for who in ("wu", "sun", "li"))
        wu.fetch("old-age-allowance")
        wu.file(wu.request("old-age-allowance", {}))
        sun.fetch("newborn")
        sun.file(sun.request("newborn", NEWBORN_UNMARRIED, [CHILD], entry=0, materials=NEWBORN_MATERIALS))
        li.fetch("restaurant")
        li.file(li.request("restaurant", RESTAURANT))
    with office_of(made, clock) as office:
        found = office.house.database.read_now(
            lambda connection: connection.execute(select(schema.case.c.state, schema.case.c.id)).all()
        )
        yield Copies(office, clock, {row.state: row.id for row in found})


def decisions(states: list[CaseState]) -> int:
    return sum(before in OPEN and after in FINAL for before, after in itertools.pairwise(states))


@settings(max_examples=40, deadline=None)
@given(
    state=st.sampled_from(["referred", "accepted", "inspection-booked", "approved"]), deeds=st.lists(DEEDS, max_size=12)
)
def test_no_sequence_of_acts_leads_astray(copies: Copies, state: str, deeds: list[Act | str]) -> None:
    office, clock = copies.office, copies.clock
    clock.now = START
    number = copies.copy(state)
    before = office.folder(number)
    states, versions = [before.case.state], [before.case.version]
    decided_at = before.case.decided_at
    for deed in deeds:
        refused = None
        try:
            if deed == WITHDRAW:
                office.house.database.write_now(
                    lambda connection: withdraw(
                        office.house.office,
                        connection,
                        Holder(resident=before.resident, terminal="T-TEST"),
                        number,
                        frozenset(),
                        WithdrawalRequest(),
                    )
                )
            elif deed == STALE:
                office.do(number, Approve(), version=versions[-1] - 1)
            elif isinstance(deed, str):
                clock.advance(days=1 if deed == DAY else 7)
                office.house.clockwork.run_due(clock.now)
            else:
                office.do(number, deed, clerk=SUPERVISOR)
        except RefusedRequestError as error:
            refused = error.code
        now = office.folder(number)
        states.append(now.case.state)
        if refused is not None:
            assert refused in {Code.CASE_STATE, Code.CASE_ACT, Code.CASE_CHANGED}
            assert now.case.version == versions[-1]
            assert now.case.state is states[-2]
        assert deed != STALE or refused is Code.CASE_CHANGED
        versions.append(now.case.version)
        assert any(leads(move, states[-2], states[-1]) for move in Move)
        assert decided_at is None or now.case.decided_at == decided_at
        decided_at = now.case.decided_at
        alive = {each.state for each in now.obligations} & {"open", "handed-in", "missed"}
        if now.case.state in {CaseState.REFUSED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN}:
            assert not alive
            assert not now.case.waits_for
            assert all(step.ended_on for step in now.case.steps)
    assert decisions(states) <= 1
    assert versions == sorted(versions)
    licence = office.house.catalogue.items[before.case.item].result.licence
    assert [document.type for document in office.folder(number).documents].count(str(licence)) <= 1
    listed = {work for work in Work if number in {row.number for row in office.rows(work, CLERK)}}
    assert Work.DECIDE not in listed or states[-1] in OPEN
