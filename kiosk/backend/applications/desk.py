"""What people in departments do with cases: the lists they work from, the folder of one case, and every act on it.

``Desk.do`` is the only way in: it holds an act to the version of the case that the clerk saw, and to the table of
``states``. Two clerks at once are two versions: the second is told ``case.changed`` and nothing of theirs is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from kiosk.backend.applications import acts as _acts
from kiosk.backend.applications import asking, deciding, inspecting, promising, stepping
from kiosk.backend.applications.acts import Act, Acted, Clerk
from kiosk.backend.applications.clock import CaseClock
from kiosk.backend.applications.documents import Fields
from kiosk.backend.applications.life import Life, load_case
from kiosk.backend.applications.obligations import Wanted, obligations
from kiosk.backend.applications.office import Office
from kiosk.backend.applications.reading import documents_of, stored
from kiosk.backend.applications.review import Review
from kiosk.backend.applications.states import Move, may
from kiosk.backend.applications.worklists import Row, Work, listed
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.storage import Database, schema
from kiosk.contract import (
    Application,
    Case,
    CaseState,
    IssuedDocument,
    Obligation,
    ObligationKind,
    ObligationState,
    SuppliedMaterial,
)
from kiosk.words import Text

__all__ = ["Asked", "Desk", "Entry", "Folder", "HandedIn", "Revised", "Row", "Work", "possible"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline as the office sees it."""

    at: datetime
    what: str
    who: str
    staff: str
    says: Text


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A round of 补正."""

    round: int
    asked_at: datetime
    due_on: date
    wanted: tuple[Wanted, ...]
    answered_at: datetime | None
    missed: bool


class HandedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was handed in after the submission."""

    at: datetime
    materials: tuple[SuppliedMaterial, ...]


class Revised(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier revision of the application."""

    revision: int
    at: datetime
    why: str


class Folder(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one case that a clerk decides by."""

    application: Application
    resident: int
    """Row of whom it is about: what is looked at is recorded for them to see."""
    case: Case
    review: Review
    """What the rules said, with the table's reasoning."""
    licence: Fields
    """What its licence would say."""
    clock: CaseClock
    timeline: tuple[Entry, ...]
    obligations: tuple[Obligation, ...]
    documents: tuple[IssuedDocument, ...]
    asked: tuple[Asked, ...]
    handed_in: tuple[HandedIn, ...]
    revisions: tuple[Revised, ...]
    steps: Mapping[str, int]
    """Special steps that may be begun, with their working days."""
    may: tuple[str, ...]
    """Names of the acts that can be done with it now: ``Approve``, ``Ask`` …"""


class Desk:
    """The departments' side of cases."""

    def __init__(self, database: Database, office: Office, ring: Callable[[int], None]) -> None:
        """Make it; ``ring`` is called with the application after each act, on the event loop."""
        self._now = office.now
        self._database = database
        self._office = office
        self._ring = ring

    async def do(self, clerk: Clerk, number: str, version: int, act: Act) -> Acted:
        """Do ``act`` with a case, in a transaction of its own.

        Args:
            clerk: Who does it.
            number: The case.
            version: The version they saw.
            act: What they do.

        Raises:
            RefusedRequestError: nothing was written. ``NOT_FOUND``: no such case, or of another department.
                ``CASE_CHANGED``: it is no longer at ``version``. ``CASE_STATE``: not in this state. ``CASE_ACT``: the
                act lacks something; ``errors`` says what, in Chinese.
        """
        acted = await self._database.write(lambda connection: self.apply(connection, clerk, number, version, act))
        self._ring(acted.application)
        return acted

    def apply(self, connection: Connection, clerk: Clerk, number: str, version: int, act: Act) -> Acted:
        """Do what ``do`` does, in the caller's transaction; the caller rings."""
        life = load_case(connection, self._office.catalogue, number, self._now())
        _is_theirs(clerk, life.case.department)
        if life.case.version != version:
            raise RefusedRequestError(Code.CASE_CHANGED)
        if life.case.decided_by_office is not None:
            raise RefusedRequestError(Code.CASE_STATE, f"由{life.case.decided_by_office.name.zh_hans}办理")
        after = _done(self._office, life, clerk, act)
        return Acted(application=life.application, number=number, version=after.case.version, at=life.now)

    async def queue(self, clerk: Clerk, work: Work, *, limit: int = 50, offset: int = 0) -> tuple[Row, ...]:
        """Return what there is to do, the most pressing first."""
        return await self._database.read(lambda connection: self.rows(connection, clerk, work, limit, offset))

    async def counts(self, clerk: Clerk) -> Mapping[Work, int]:
        """Return how much there is in each list."""
        today = self._now().date()

        def count(connection: Connection) -> dict[Work, int]:
            return {
                work: int(
                    connection.execute(
                        select(func.count()).select_from(listed(work, clerk.departments, today).subquery())
                    ).scalar_one()
                )
                for work in Work
            }

        return await self._database.read(count)

    def rows(self, connection: Connection, clerk: Clerk, work: Work, limit: int, offset: int) -> tuple[Row, ...]:
        """Do what ``queue`` does, with the caller's connection."""
        now = self._now()
        query = listed(work, clerk.departments, now.date()).limit(limit).offset(offset)
        found = []
        for row in connection.execute(query):
            case = msgspec.json.decode(row.content, type=Case)
            found.append(
                Row(
                    number=case.number,
                    version=row.version,
                    item=case.item,
                    item_name=case.item_name,
                    department=case.department,
                    state=case.state,
                    applicant=row.applicant or row.name,
                    received_at=datetime.fromtimestamp(row.received_at, now.tzinfo),
                    on=row.on_day if work is not Work.VISITS else case.appointment and case.appointment.date(),
                    overdue=case.overdue,
                    reason=case.reason,
                )
            )
        return tuple(found)

    async def look(self, clerk: Clerk, number: str) -> Folder:
        """Return the folder of a case.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: no such case, or of another department.
        """
        return await self._database.read(lambda connection: self.folder(connection, clerk, number))

    def folder(self, connection: Connection, clerk: Clerk, number: str) -> Folder:
        """Do what ``look`` does, with the caller's connection."""
        life = load_case(connection, self._office.catalogue, number, self._now())
        _is_theirs(clerk, life.case.department)
        return Folder(
            application=stored(connection, life.application),
            resident=life.resident,
            case=life.case,
            review=life.kept.review,
            licence=life.kept.licence,
            clock=life.clock,
            timeline=_timeline(life),
            obligations=obligations(connection, life.id, life.now),
            documents=documents_of(connection, number),
            asked=_asked(life),
            handed_in=_handed_in(life),
            revisions=_revisions(life),
            steps=stepping.announced(life),
            may=possible(life),
        )


_ACTS: Mapping[type[Any], tuple[Callable[[Office, Life, Clerk, Any], Life], Move]] = {
    _acts.Approve: (deciding.approve, Move.APPROVE),
    _acts.Refuse: (deciding.refuse, Move.REFUSE),
    _acts.NotAccept: (deciding.not_accept, Move.NOT_ACCEPT),
    _acts.Accept: (asking.accept, Move.ACCEPT),
    _acts.Ask: (asking.ask, Move.ASK),
    _acts.Extend: (stepping.extend, Move.STEP),
    _acts.BeginStep: (stepping.begin_step, Move.STEP),
    _acts.EndStep: (stepping.end_step, Move.STEP),
    _acts.BookVisit: (inspecting.book_visit, Move.BOOK),
    _acts.RecordVisit: (inspecting.record_visit, Move.VISIT),
    _acts.CheckHandedIn: (asking.check_handed_in, Move.NOTE),
    _acts.CheckPromise: (promising.check_promise, Move.NOTE),
    _acts.Revoke: (deciding.revoke, Move.NOTE),
    _acts.HandOver: (asking.hand_over, Move.NOTE),
}
"""How each act is done, and the move it makes."""


def _done(office: Office, life: Life, clerk: Clerk, act: Act) -> Life:
    do, move = _ACTS[type(act)]
    if not may(move, life.case.state):
        raise RefusedRequestError(Code.CASE_STATE, f"{type(act).__name__}: {life.case.state.value}")
    return do(office, life, clerk, act)


def possible(life: Life) -> tuple[str, ...]:
    """Return the names of the acts that make sense with a case as it is."""
    case = life.case
    approved = case.state is CaseState.APPROVED and not case.revoked
    missed = any(each.missed for each in case.waits_for)
    stands = any(step.ended_on is None for step in case.steps)
    alive = {ObligationState.OPEN, ObligationState.HANDED_IN, ObligationState.MISSED}
    owed = [each for each in obligations(life.connection, life.id, life.now) if each.state in alive]
    of_promise = any(each.kind is ObligationKind.PROMISE for each in owed)
    may_be: dict[str, bool] = {
        "Approve": not stands,
        "Refuse": not stands and (case.state is not CaseState.WAITING or missed),
        "NotAccept": case.state is not CaseState.WAITING or missed,
        "Ask": not stands,
        "Extend": not life.clock.extended,
        "BeginStep": not stands and bool(set(stepping.announced(life)) - {step.step for step in case.steps}),
        "EndStep": stands,
        "BookVisit": not stands,
        "RecordVisit": case.appointment is not None and life.today >= case.appointment.date(),
        "CheckHandedIn": any(each.state is ObligationState.HANDED_IN for each in owed),
        "CheckPromise": approved and of_promise,
        "Revoke": approved,
        "HandOver": approved,
    }
    return tuple(
        kind.__name__ for kind, (_, move) in _ACTS.items() if may(move, case.state) and may_be.get(kind.__name__, True)
    )


def _is_theirs(clerk: Clerk, department: str) -> None:
    if clerk.departments and department not in clerk.departments:
        raise RefusedRequestError(Code.NOT_FOUND)


def _timeline(life: Life) -> tuple[Entry, ...]:
    table = schema.case_line.c
    rows = life.connection.execute(select(schema.case_line).where(table.case_id == life.id).order_by(table.id))
    return tuple(
        Entry(
            at=datetime.fromtimestamp(row.at, life.now.tzinfo),
            what=row.what,
            who=row.who,
            staff=row.staff,
            says=msgspec.json.decode(row.says, type=Text),
        )
        for row in rows
    )


def _asked(life: Life) -> tuple[Asked, ...]:
    table = schema.case_asked.c
    rows = life.connection.execute(select(schema.case_asked).where(table.case_id == life.id).order_by(table.round))
    zone = life.now.tzinfo
    return tuple(
        Asked(
            round=row.round,
            asked_at=datetime.fromtimestamp(row.asked_at, zone),
            due_on=row.due_on,
            wanted=msgspec.json.decode(row.wanted, type=tuple[Wanted, ...]),
            answered_at=None if row.answered_at is None else datetime.fromtimestamp(row.answered_at, zone),
            missed=row.missed,
        )
        for row in rows
    )


class _Materials(msgspec.Struct, frozen=True):
    """The part of a supplement that names materials."""

    materials: tuple[SuppliedMaterial, ...] = ()


def _handed_in(life: Life) -> tuple[HandedIn, ...]:
    table = schema.supplement.c
    rows = life.connection.execute(select(table.at, table.content).where(table.case_id == life.id).order_by(table.id))
    return tuple(
        HandedIn(
            at=datetime.fromtimestamp(row.at, life.now.tzinfo),
            materials=msgspec.json.decode(row.content, type=_Materials).materials,
        )
        for row in rows
    )


def _revisions(life: Life) -> tuple[Revised, ...]:
    table = schema.revision.c
    rows = life.connection.execute(
        select(table.revision, table.at, table.why)
        .where(table.application == life.application)
        .order_by(table.revision)
    )
    return tuple(
        Revised(revision=row.revision, at=datetime.fromtimestamp(row.at, life.now.tzinfo), why=row.why) for row in rows
    )
