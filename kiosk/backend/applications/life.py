"""One case and the one way to change it: guarded by its state and its version, with an event and a line each time.

Whoever comes second with a version that is no longer there changes nothing and is told so.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, exists, insert, select, update

from kiosk.backend.applications import sentences
from kiosk.backend.applications.clock import CaseClock, working_days_between
from kiosk.backend.applications.documents import Fields
from kiosk.backend.applications.obligations import awaited, release, steps
from kiosk.backend.applications.review import Review
from kiosk.backend.applications.states import FINAL, OPEN, Move, leads
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue, Item
from kiosk.contract import Actor, Authority, Case, CaseEvent, CaseState, DecidedBy, DueChange
from kiosk.words import Text


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept with a case for whoever decides it: the review, what its licence would say, and the clock."""

    review: Review
    licence: Fields = ()
    clock: CaseClock | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """One case as it is, inside a transaction."""

    connection: Connection
    id: int
    application: int
    application_number: str
    resident: int
    agent: int | None
    applicant: str
    """As it stands on documents; with an agent, who acts for them."""
    by_letter: bool
    """An agent acts with a letter that nobody has confirmed."""
    received_at: datetime
    case: Case
    item: Item | None
    """None: it has left the catalogue."""
    kept: Kept
    now: datetime

    @property
    def today(self) -> date:
        """The day."""
        return self.now.date()

    @property
    def clock(self) -> CaseClock:
        """The clock; of a case of an earlier release, as its day says."""
        if self.kept.clock is not None:
            return self.kept.clock
        start = self.received_at.date()
        days = 0 if self.case.due_on is None else working_days_between(start, self.case.due_on)
        return CaseClock(start=start, days=days)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is written into the timeline of a case."""

    what: str
    who: Actor
    says: Text
    staff: str = ""


class Authorised(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a kept request that says by what right an agent acts."""

    authority: Authority | None = None


def load(connection: Connection, catalogue: Catalogue, application: int, item: str, now: datetime) -> Life:
    """Return the case of ``item`` of an application."""
    row = connection.execute(_BY_ITEM, {"of_application": application, "of_item": item}).one()
    return _life(connection, catalogue, row, now)


def load_case(connection: Connection, catalogue: Catalogue, number: str, now: datetime) -> Life:
    """Return the case of a number.

    Raises:
        RefusedRequestError: ``NOT_FOUND``.
    """
    row = connection.execute(_BY_NUMBER, {"of_number": number}).one_or_none()
    if row is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    return _life(connection, catalogue, row, now)


def _life(connection: Connection, catalogue: Catalogue, row: Row[Any], now: datetime) -> Life:
    authority = msgspec.json.decode(row.request, type=Authorised).authority
    case = msgspec.json.decode(row.content, type=Case)
    return Life(
        connection=connection,
        id=row.id,
        application=row.application,
        application_number=row.application_number,
        resident=row.resident,
        agent=row.agent,
        applicant=_applicant(row.applicant or row.name, row.agent_name),
        by_letter=authority is not None and not authority.mandate,
        received_at=datetime.fromtimestamp(row.received_at, now.tzinfo),
        case=msgspec.structs.replace(case, version=row.version),
        item=catalogue.items.get(row.item),
        kept=msgspec.json.decode(row.kept, type=Kept),
        now=now,
    )


def with_clock(life: Life, clock: CaseClock) -> Life:
    """Return ``life`` with another clock; written by the next change."""
    return dataclasses.replace(life, kept=msgspec.structs.replace(life.kept, clock=clock))


def redue(life: Life, case: Case, why: Text) -> Case:
    """Return ``case`` with the day its clock says now, and with why it was moved."""
    due = life.clock.due(life.today).on
    if case.state is CaseState.INSPECTION_BOOKED and case.appointment is not None:
        due = max(due, case.appointment.date())
    if due == case.due_on:
        return case
    moved = DueChange(at=life.now, was=case.due_on, on=due, why=why)
    late = case.overdue and due < life.today
    return msgspec.structs.replace(case, due_on=due, due_history=(*case.due_history, moved), overdue=late)


def change(life: Life, case: Case, move: Move, line: Line) -> Life:
    """Write ``case`` in the place of what it was, and return its life from now on.

    Raises:
        RefusedRequestError: ``CASE_STATE``: that cannot be done with a case in this state; ``CASE_CHANGED``: somebody
            else changed it meanwhile. Nothing was written.
    """
    was = life.case
    if not leads(move, was.state, case.state):
        raise RefusedRequestError(Code.CASE_STATE, f"{move.value}: {was.state.value}")
    if case.state in FINAL and case.state is not CaseState.APPROVED and was.state in OPEN:
        release(life.connection, life.id, life.now)
    case = _completed(life, case, move)
    values = {
        "of_id": life.id,
        "of_version": was.version,
        "of_state": was.state.value,
        "state": case.state.value,
        "content": msgspec.json.encode(case).decode(),
        "kept": msgspec.json.encode(life.kept).decode(),
        "version": case.version,
        "due_on": case.due_on,
        "overdue": case.overdue,
        "decided_at": None if case.decided_at is None else case.decided_at.timestamp(),
        "decided_by": "" if case.decided_by is None else case.decided_by.value,
        "changed_at": life.now.timestamp(),
    }
    if not life.connection.execute(_CHANGE, values).rowcount:
        raise RefusedRequestError(Code.CASE_CHANGED)
    event = CaseEvent(application=life.application_number, case=case)
    content = msgspec.json.encode(event).decode()
    life.connection.execute(_EVENT, {"application": life.application, "content": content, "at": life.now.timestamp()})
    write_line(life, line)
    if case.state in FINAL and was.state in OPEN:
        _finish(life, move)
    return dataclasses.replace(life, case=case)


def write_line(life: Life, line: Line) -> None:
    """Write a line of the timeline, without a change of the case."""
    life.connection.execute(
        _LINE,
        {
            "case_id": life.id,
            "at": life.now.timestamp(),
            "what": line.what,
            "who": line.who.value,
            "department": life.case.department,
            "staff": line.staff,
            "says": msgspec.json.encode(line.says).decode(),
        },
    )


def _completed(life: Life, case: Case, move: Move) -> Case:
    """Return ``case`` with what stands in tables of its own, and its next version."""
    # what the rules settle at once can only wait for what was handed in later: nothing to look up without
    fresh = move is Move.SETTLE and not life.kept.review.deferred_materials
    return msgspec.structs.replace(
        case,
        version=life.case.version + 1,
        waits_for=() if fresh else awaited(life.connection, life.id),
        steps=() if fresh else steps(life.connection, life.id),
        overdue=case.overdue and case.state in OPEN,
    )


def _finish(life: Life, move: Move) -> None:
    """Note when the last case of an application was decided, and take its job from the department."""
    if life.case.state is CaseState.SUBMITTED and move is not Move.SETTLE:
        # withdrawn before its department looked at it; a job that settles its case ends itself
        life.connection.execute(_END_JOB, {"of_application": life.application, "of_item": life.case.item})
    life.connection.execute(_FINISH, {"of_application": life.application, "finished_at": life.now.timestamp()})


def _query() -> Select[Any]:
    case, application = schema.case.c, schema.application.c
    return (
        select(
            case.id,
            case.application,
            case.item,
            case.content,
            case.kept,
            case.version,
            application.number.label("application_number"),
            application.received_at,
            application.resident,
            application.agent,
            application.applicant,
            application.agent_name,
            application.request,
            schema.resident.c.name,
        )
        .join(schema.application, application.id == case.application)
        .join(schema.resident, schema.resident.c.id == application.resident)
    )


# statements of every submission, made once: making one takes longer than SQLite needs to do it
_BY_ITEM = _query().where(
    schema.case.c.application == bindparam("of_application"), schema.case.c.item == bindparam("of_item")
)
_BY_NUMBER = _query().where(schema.case.c.number == bindparam("of_number"))
_CHANGE = (
    update(schema.case)
    .where(
        schema.case.c.id == bindparam("of_id"),
        schema.case.c.version == bindparam("of_version"),
        schema.case.c.state == bindparam("of_state"),
    )
    .values(
        {
            name: bindparam(name)
            for name in (
                "state",
                "content",
                "kept",
                "version",
                "due_on",
                "overdue",
                "decided_at",
                "decided_by",
                "changed_at",
            )
        }
    )
)
_EVENT = insert(schema.case_event)
_LINE = insert(schema.case_line)
_END_JOB = (
    update(schema.job)
    .where(
        schema.job.c.application == bindparam("of_application"),
        schema.job.c.item == bindparam("of_item"),
        schema.job.c.state != "done",
    )
    .values(state="done", lease_until=None)
)
_FINISH = (
    update(schema.application)
    .where(
        schema.application.c.id == bindparam("of_application"),
        ~exists().where(
            schema.case.c.application == schema.application.c.id,
            schema.case.c.state.in_([state.value for state in OPEN]),
        ),
    )
    .values(finished_at=bindparam("finished_at"))
)


def decided(case: Case, state: CaseState, by: DecidedBy | None, now: datetime | None, **changes: Any) -> Case:
    """Return ``case`` as it ends; by nobody where its applicant took it back."""
    return msgspec.structs.replace(case, state=state, decided_by=by, decided_at=now, **changes)


def _applicant(name: str, agent: str) -> str:
    """Return the applicant as on a document of the mainland: in Simplified Chinese, with the agent beside."""
    return sentences.put(sentences.BY_AGENT, applicant=name, agent=agent).zh_hans if agent else name
