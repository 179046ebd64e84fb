"""What there is to do at the window: kinds of work, the list of cases, the figures of the day.

One query gives a page of the list whatever is asked for; due first. People are found by the number of their case or
application, never by their name: a clerk works on cases, and nobody leafs through residents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select
from sqlalchemy import case as sql_case

from kiosk.backend.applications.states import AT_DEPARTMENT, OPEN
from kiosk.backend.storage import schema
from kiosk.backend.web.staff import Staff
from kiosk.backend.web.window.claims import Claim, claims_of
from kiosk.catalogue import Catalogue
from kiosk.contract import Case, CaseState, ObligationKind, ObligationState

PAGE = 25
HANDED_OVER = "handed-over"
"""What the timeline says of a result that was handed over."""
COLLECTED = "collection-point"
"""The way of delivery for which somebody comes to the window."""
KEPT_DAYS = 30
"""A result that nobody came for in this time is looked for by its number."""
_BOOKED = schema.visit.alias("booked")
"""The visit of a case in the list, apart from the visits that are looked for."""
_NUMBER = re.compile(r"OT(\d{8})(\d{6})(\d)(\d{2})?")


class Work(StrEnum):
    """Kinds of work."""

    DECIDE = "decide"
    ANSWERED = "answered"
    VISITS = "visits"
    COUNTER = "counter"
    STEPS = "steps"
    HANDED_IN = "handed-in"
    PROMISES = "promises"
    MISSED = "missed"
    RESULTS = "results"
    WAITING = "waiting"

    @property
    def says(self) -> str:
        """What the window calls it."""
        return _TITLES[self]


_TITLES = {
    Work.DECIDE: "待审批",
    Work.ANSWERED: "补正已交",
    Work.VISITS: "今日上门",
    Work.COUNTER: "今日预约到场",
    Work.STEPS: "特殊环节进行中",
    Work.HANDED_IN: "补交待核对",
    Work.PROMISES: "承诺待核查",
    Work.MISSED: "逾期未交",
    Work.RESULTS: "待出件",
    Work.WAITING: "等申请人补正",
}

STATES: Mapping[CaseState, tuple[str, str]] = {
    CaseState.SUBMITTED: ("已提交", ""),
    CaseState.APPROVED: ("已办结", "positive"),
    CaseState.ACCEPTED: ("已受理", "accent"),
    CaseState.INSPECTION_BOOKED: ("已约上门", "accent"),
    CaseState.BOOKED: ("已约到场", "accent"),
    CaseState.REFERRED: ("待人工审核", "caution"),
    CaseState.REFUSED: ("不予许可", "critical"),
    CaseState.WAITING: ("等补正", "caution"),
    CaseState.NOT_ACCEPTED: ("不予受理", "critical"),
    CaseState.WITHDRAWN: ("已撤回", ""),
}
"""Word and colour."""


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a clerk wants to see."""

    work: Work | None = None
    department: str = ""
    state: CaseState | None = None
    mine: bool = False
    late: bool = False
    number: str = ""
    page: int = 1

    def query(self, **changes: Any) -> dict[str, str]:
        """Return the fields of the address that say this, with ``changes``."""
        said = msgspec.structs.replace(self, **changes)
        told = {
            "work": said.work.value if said.work else "",
            "department": said.department,
            "state": said.state.value if said.state else "",
            "mine": "1" if said.mine else "",
            "late": "1" if said.late else "",
            "q": said.number,
            "page": str(said.page) if said.page > 1 else "",
        }
        return {name: value for name, value in told.items() if value}


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One case in the list."""

    case: Case
    application: str
    applicant: str
    late: bool
    left_days: int | None
    """Days until it is due; negative: it is late."""
    claim: Claim | None
    at: datetime | None
    """Of a visit or an appointment."""


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the list."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def tidy_number(typed: str) -> str:
    """Return the number that was typed, as it is written: without blanks, in capitals, with its dashes."""
    bare = re.sub(r"[^0-9A-Z]", "", typed.upper())
    found = _NUMBER.fullmatch(bare)
    if found is None:
        return typed.strip().upper()[:44]
    day, serial, check, index = found.groups()
    return f"OT{day}-{serial}-{check}" + (f"-{index}" if index else "")


def figures(connection: Connection, catalogue: Catalogue, staff: Staff, now: datetime) -> dict[str, int]:
    """Return how much there is of each kind of work, and what was done today."""
    counted = {each.value: _count(connection, [*_seen_by(staff), _kind(catalogue, each, now)]) for each in Work}
    counted["late"] = _count(connection, [*_seen_by(staff), _late(now.date())])
    table = schema.case.c
    midnight = datetime.combine(now.date(), time(), now.tzinfo).timestamp()
    counted["decided"] = _count(connection, [*_seen_by(staff), table.decided_at >= midnight])
    counted["by_rules"] = _count(
        connection, [*_seen_by(staff), table.decided_at >= midnight, table.decided_by == "rules"]
    )
    return counted


def listed(connection: Connection, catalogue: Catalogue, staff: Staff, wish: Wish, now: datetime) -> Listed:
    """Return a page of the cases that ``wish`` asks for: late ones first, then by the day they are due."""
    table, application = schema.case.c, schema.application.c
    conditions = [*_seen_by(staff), *_wished(catalogue, wish, staff, now)]
    total = _count(connection, conditions)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, wish.page), pages)
    query = (
        select(
            table.content,
            table.version,
            table.due_on,
            table.overdue,
            application.number.label("application_number"),
            application.applicant,
            schema.resident.c.name,
            _BOOKED.c.starts_at,
        )
        .join(schema.application, application.id == table.application)
        .join(schema.resident, schema.resident.c.id == application.resident)
        .outerjoin(_BOOKED, _BOOKED.c.case_number == table.number)
        .where(*conditions)
        .order_by(*_order(wish), table.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    rows = connection.execute(query).all()
    held = claims_of(connection, [msgspec.json.decode(row.content, type=Case).number for row in rows], now)
    return Listed(lines=tuple(_line(row, held, now) for row in rows), total=total, page=page, pages=pages)


def _line(row: Any, held: Mapping[str, Claim], now: datetime) -> Line:
    case = msgspec.structs.replace(msgspec.json.decode(row.content, type=Case), version=row.version)
    is_open = case.state in OPEN
    left = (row.due_on - now.date()).days if row.due_on is not None and is_open else None
    starts = None if row.starts_at is None else datetime.fromtimestamp(row.starts_at, now.tzinfo)
    return Line(
        case=case,
        application=row.application_number,
        applicant=row.applicant or row.name,
        late=is_open and (row.overdue or (left is not None and left < 0)),
        left_days=left,
        claim=held.get(case.number),
        at=starts if case.state is CaseState.INSPECTION_BOOKED else case.appointment,
    )


def _order(wish: Wish) -> Sequence[ColumnElement[Any]]:
    table = schema.case.c
    if wish.work is Work.VISITS:
        return (_BOOKED.c.starts_at,)
    if wish.work is Work.RESULTS:
        return (table.decided_at.desc(),)
    nothing_due = sql_case((table.due_on.is_(None), 1), else_=0)
    decided = sql_case((table.state.in_(_values(OPEN)), 0), else_=1)
    return (decided, table.overdue.desc(), nothing_due, table.due_on, table.changed_at.desc())


def _wished(catalogue: Catalogue, wish: Wish, staff: Staff, now: datetime) -> list[ColumnElement[bool]]:
    table = schema.case.c
    found: list[ColumnElement[bool]] = []
    if wish.number:
        application = select(schema.application.c.id).where(schema.application.c.number == wish.number)
        return [or_(table.number == wish.number, table.application.in_(application))]
    if wish.work is not None:
        found.append(_kind(catalogue, wish.work, now))
    if wish.department:
        found.append(table.department == wish.department)
    if wish.state is not None:
        found.append(table.state == wish.state.value)
    if wish.late:
        found.append(_late(now.date()))
    if wish.mine:
        claim = schema.case_claim.c
        ours = and_(claim.case_number == table.number, claim.staff == staff.number, claim.until > now.timestamp())
        found.append(exists().where(ours))
    if not found:
        # without a wish: everything that is a person's to do, or waits for somebody
        found.append(table.state.in_(_values(OPEN - {CaseState.SUBMITTED})))
    return found


def _kind(catalogue: Catalogue, work: Work, now: datetime) -> ColumnElement[bool]:  # noqa: C901 - a row a kind of work
    # each kind begins with the few rows that make it one, not with all cases
    table, asked, step, owed = schema.case.c, schema.case_asked.c, schema.case_step.c, schema.obligation.c
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo).timestamp()
    match work:
        case Work.DECIDE:
            return table.state.in_((CaseState.REFERRED.value, CaseState.ACCEPTED.value))
        case Work.ANSWERED:
            back = select(asked.case_id).where(asked.answered_at.is_not(None))
            return and_(table.state.in_(_values(AT_DEPARTMENT)), table.id.in_(back))
        case Work.VISITS:
            today = select(schema.visit.c.case_number).where(schema.visit.c.starts_at < tomorrow)
            return and_(table.state == CaseState.INSPECTION_BOOKED.value, table.number.in_(today))
        case Work.COUNTER:
            at = schema.appointment.c
            here = and_(at.application == table.application, at.department == table.department, at.starts_at < tomorrow)
            return and_(table.state == CaseState.BOOKED.value, exists().where(here))
        case Work.STEPS:
            running = select(step.case_id).where(step.ended_on.is_(None))
            return and_(table.state.in_(_values(OPEN)), table.id.in_(running))
        case Work.HANDED_IN:
            return table.id.in_(select(owed.case_id).where(owed.state == ObligationState.HANDED_IN.value))
        case Work.PROMISES:
            alive = (ObligationState.OPEN.value, ObligationState.MISSED.value)
            promised = select(owed.case_id).where(owed.state.in_(alive), owed.kind == ObligationKind.PROMISE.value)
            return table.id.in_(promised)
        case Work.MISSED:
            owing = select(owed.case_id).where(
                owed.state == ObligationState.MISSED.value, owed.kind != ObligationKind.PROMISE.value
            )
            silent = select(asked.case_id).where(asked.answered_at.is_(None), asked.missed.is_(True))
            return or_(table.id.in_(owing), table.id.in_(silent))
        case Work.RESULTS:
            line = schema.case_line.c
            over = exists().where(line.case_id == table.id, line.what == HANDED_OVER)
            collected = [item.id for item in catalogue.items.values() if COLLECTED in item.result.delivery]
            recent = table.decided_at > (now - timedelta(days=KEPT_DAYS)).timestamp()
            return and_(recent, table.state == CaseState.APPROVED.value, table.item.in_(collected), ~over)
        case Work.WAITING:
            return table.state == CaseState.WAITING.value


def _late(today: date) -> ColumnElement[bool]:
    table = schema.case.c
    return and_(table.state.in_(_values(OPEN)), or_(table.overdue.is_(True), table.due_on < today))


def _seen_by(staff: Staff) -> list[ColumnElement[bool]]:
    return [schema.case.c.department.in_(staff.departments)] if staff.departments else []


def _values(states: frozenset[CaseState]) -> list[str]:
    return sorted(state.value for state in states)


def _count(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> int:
    return int(connection.execute(select(func.count()).select_from(schema.case).where(*conditions)).scalar_one())
