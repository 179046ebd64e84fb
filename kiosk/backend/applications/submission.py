"""Taking an application: once and only once, decided where rules can decide, all in one transaction."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, insert, or_, select

from kiosk.backend import drafts
from kiosk.backend.applications import outcomes, review
from kiosk.backend.applications.documents import licence_fields
from kiosk.backend.applications.dossier import Dossier, read, wanted_names
from kiosk.backend.applications.numbers import application_number, case_number
from kiosk.backend.applications.outcomes import Kept, Outcomes
from kiosk.backend.attachments import belong
from kiosk.backend.facts import Knowledge
from kiosk.backend.mandates import Acting, Right, acting, mandates
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Answered, Holder, Known, Pull, record
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema
from kiosk.backend.together import Together
from kiosk.catalogue import BASKET, Catalogue, DecisionKind, Item, Obtained
from kiosk.contract import Application, ApplicationRequest, Authority, Case, CaseState, ProblemError, WireAnswers
from kiosk.forms import to_wire
from kiosk.words import Text

CREATED = 201
_AT_ONCE = (DecisionKind.INSTANT, DecisionKind.COMMITMENT)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to a submission."""

    status: int
    body: bytes
    departments: tuple[str, ...] = ()
    """Those that have work to do now."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Filing:
    """An application as it is being written."""

    connection: Connection
    now: datetime
    acting: Acting
    dossier: Dossier
    facts: Answered
    unconfirmed: dict[str, Text]
    id: int
    number: str


class Submissions:
    """Takes applications."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        knowledge: Knowledge,
        settled_by: Outcomes,
        together: Together,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._knowledge = knowledge
        self._outcomes = settled_by
        self._together = together

    def take(
        self, connection: Connection, holder: Holder, key: UUID, request: ApplicationRequest, verified_at: datetime
    ) -> Taken:
        """Take ``request``, or return what was answered when it was taken before; inside one transaction.

        Args:
            connection: A transaction that writes.
            holder: Who was verified.
            key: Names the request, however often it is sent.
            request: What they apply for.
            verified_at: When they were verified; nothing was signed before.

        Raises:
            RefusedRequestError: nothing was written; the key may be used again.
        """
        fingerprint = hashlib.sha256(msgspec.json.encode(request, order="deterministic")).digest()
        earlier = _earlier(connection, holder, key, fingerprint)
        if earlier is not None:
            return earlier
        now = self._settings.clock()
        signed_on = _day_of(request, verified_at, now)
        dossier = read(self._catalogue, request, signed_on)
        self._attachments(connection, holder, dossier)
        items = [item.id for item in dossier.matter.items]
        # a mandate is good if it was when it was signed, as the token is
        found = acting(connection, self._catalogue, holder, request.authority, items, signed_on)
        if found.right is Right.LETTER:
            dossier = msgspec.structs.replace(dossier, unproven=True)
        filing = self._file(connection, found, request, dossier, now)
        cases = [self._case(filing, index, item) for index, item in enumerate(dossier.matter.items)]
        # who only brings a letter could make up as many people as they like
        if found.right is not Right.LETTER:
            self._together.count(connection, filing.id, now)
        drafts.filed(connection, holder, request)
        body = msgspec.json.encode(_read(connection, filing.id))
        _remember(connection, holder, key, fingerprint, body, now)
        waiting = (case.department for case in cases if case.state is CaseState.SUBMITTED)
        return Taken(status=CREATED, body=body, departments=tuple(dict.fromkeys(waiting)))

    def _file(
        self, connection: Connection, found: Acting, request: ApplicationRequest, dossier: Dossier, now: datetime
    ) -> _Filing:
        """Ask the registers ourselves, and write the application."""
        pull = Pull(
            holder=found.holder,
            purpose=dossier.matter.id,
            notice=request.notice,
            names=(),
            channel="submission",
            items=tuple(item.id for item in dossier.matter.items) if dossier.matter.id == BASKET else (),
        )
        # with a letter that nobody has confirmed no register is asked: what differs would tell the agent what it says
        pulls = () if dossier.unproven else self._knowledge.pulls(found, wanted_names(dossier), pull)
        for each in pulls:
            record(connection, each, now)
        identity = found.own if found.right is Right.ENTERPRISE else found.holder
        facts = _with_identity(connection, identity, self._knowledge.ask(pulls, now), now.date())
        number = application_number(connection, now.date())
        kept = msgspec.structs.replace(request, answers=to_wire(dossier.answers))
        values = {
            "number": number,
            "resident": found.holder.resident,
            "matter": dossier.matter.id,
            "session": request.session,
            "terminal": request.terminal,
            "received_at": now.timestamp(),
            "request": msgspec.json.encode(kept).decode(),
            "matter_name": msgspec.json.encode(dossier.matter.name).decode(),
            "applicant": found.applicant,
            "agent": found.holder.agent,
            "agent_name": found.agent_name,
            "helper": found.own.helper,
        }
        inserted = connection.execute(insert(schema.application).values(values)).inserted_primary_key
        assert inserted is not None  # noqa: S101 - an insert of one row has its key; this tells the type checker
        return _Filing(
            connection=connection,
            now=now,
            acting=found,
            dossier=dossier,
            facts=facts,
            unconfirmed={} if dossier.unproven else self._unconfirmed(found, pull, dossier, now),
            id=inserted[0],
            number=number,
        )

    def _case(self, filing: _Filing, index: int, item: Item) -> Case:
        """Write the case of one item; settle it when rules or a promise can, else give it to its department."""
        department = self._catalogue.departments[item.department]
        looked = review.review(
            self._catalogue, filing.dossier, item, filing.facts, filing.unconfirmed, filing.now.date()
        )
        kind = self._catalogue.licences.get(item.result.licence or "")
        licence = () if kind is None else licence_fields(self._catalogue, kind, filing.dossier.own, dict(looked.output))
        case = Case(
            number=case_number(filing.number, index),
            item=item.id,
            item_name=item.name,
            department=item.department,
            department_name=department.name,
            state=CaseState.SUBMITTED,
            reason=_SUBMITTED,
            contact=department.phone,
        )
        values = {
            "application": filing.id,
            "number": case.number,
            "item": item.id,
            "state": case.state.value,
            "kept": msgspec.json.encode(Kept(review=looked, licence=licence)).decode(),
            "content": msgspec.json.encode(case).decode(),
        }
        filing.connection.execute(insert(schema.case).values(values))
        if item.decision in _AT_ONCE:
            one = outcomes.load(filing.connection, self._catalogue, filing.id, item.id, filing.now)
            return self._outcomes.settle(one)
        self._enqueue(filing, item)
        return case

    def _enqueue(self, filing: _Filing, item: Item) -> None:
        departments = list(dict.fromkeys(each.department for each in filing.dossier.matter.items))
        wait_s = self._settings.department_pace_s * (departments.index(item.department) + 1)
        values = {
            "application": filing.id,
            "item": item.id,
            "department": item.department,
            "state": "queued",
            "not_before": filing.now.timestamp() + wait_s,
            "attempts": 0,
        }
        filing.connection.execute(insert(schema.job).values(values))

    def _unconfirmed(self, acting: Acting, pull: Pull, dossier: Dossier, now: datetime) -> dict[str, Text]:
        """Return the materials that are said to be in a licence or a register, and that the backend finds in none."""
        found: dict[str, Text] = {}
        for name, supplied in dossier.materials.items():
            if supplied.deferred or supplied.obtained not in {Obtained.LICENCE, Obtained.REGISTER}:
                continue
            material = self._catalogue.materials[name]
            if self._knowledge.replacement(acting, pull, material, now, way=Obtained(supplied.obtained)) is None:
                found[name] = material.name
        return found

    @staticmethod
    def _attachments(connection: Connection, holder: Holder, dossier: Dossier) -> None:
        scanned = {
            name: supplied.reference
            for name, supplied in dossier.materials.items()
            if supplied.obtained == Obtained.SCAN and not supplied.deferred
        }
        errors = tuple(
            ProblemError(detail=name, pointer=pointer("materials"))
            for name, reference in scanned.items()
            if not belong(connection, holder.actor, [reference])
        )
        if errors:
            raise RefusedRequestError(Code.ATTACHMENT_UNKNOWN, errors=errors)


_SUBMITTED = Text(
    zh_hans="已交给办理部门。",
    zh_hant="已交給辦理部門。",
    en="Handed to the department.",
)


class _Authorised(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a kept request that says by what right an agent acted."""

    authority: Authority | None = None


def find_application(connection: Connection, number: str, resident: int, today: date) -> int:
    """Return the id of an application of this resident, or of one that they filed for another and may still see.

    An agent sees what they filed as long as their mandate is in force; what they filed with a letter was never told to
    them by anybody but themselves.

    Raises:
        RefusedRequestError: ``NOT_FOUND``: there is none of this number, or it is not theirs to see.
    """
    table = schema.application.c
    row = connection.execute(
        select(table.id, table.resident, table.request).where(
            table.number == number, or_(table.resident == resident, table.agent == resident)
        )
    ).one_or_none()
    if row is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    if row.resident != resident:
        authority = msgspec.json.decode(row.request, type=_Authorised).authority
        reference = "" if authority is None else authority.mandate
        if reference and reference not in {each.reference for each in mandates(connection, resident, today)}:
            raise RefusedRequestError(Code.NOT_FOUND)
    return int(row.id)


def read_application(connection: Connection, number: str, resident: int, today: date) -> Application:
    """Return an application with its cases as they are now.

    Raises:
        RefusedRequestError: as ``find_application``.
    """
    return _read(connection, find_application(connection, number, resident, today))


def _read(connection: Connection, application: int) -> Application:
    table = schema.application.c
    row = connection.execute(
        select(schema.application, schema.resident.c.name)
        .join(schema.resident, schema.resident.c.id == table.resident)
        .where(table.id == application)
    ).one()
    cases = connection.execute(
        select(schema.case.c.content).where(schema.case.c.application == row.id).order_by(schema.case.c.id)
    ).scalars()
    request = msgspec.json.decode(row.request, type=ApplicationRequest)
    zone = request.signed_at.tzinfo
    return Application(
        number=row.number,
        matter=row.matter,
        matter_name=msgspec.json.decode(row.matter_name, type=Text),
        session=row.session,
        entry=request.entry,
        received_at=datetime.fromtimestamp(row.received_at, zone),
        catalogue_version=request.catalogue_version,
        cases=tuple(msgspec.json.decode(case, type=Case) for case in cases),
        answers=WireAnswers(single=request.answers.single, repeats=request.answers.repeats),
        materials=request.materials,
        applicant=row.applicant or row.name,
        agent=row.agent_name,
        authority=request.authority,
        helper=row.helper,
    )


def _day_of(request: ApplicationRequest, verified_at: datetime, now: datetime) -> date:
    """Return the day whose rules an application is held to: the one it was signed on.

    "Two days from today" was true when it was signed; an application that a lost network kept past midnight is not
    lost for it. What the tables decide by is as it is now. The terminal says when it was signed: it is believed within
    the session, or a mandate that has run out would be good again for who writes an earlier day.
    """
    signed_at = max(request.signed_at, verified_at)
    return signed_at.astimezone(now.tzinfo).date() if signed_at <= now else now.date()


def _earlier(connection: Connection, holder: Holder, key: UUID, fingerprint: bytes) -> Taken | None:
    table = schema.idempotency
    row = connection.execute(
        select(table).where(table.c.resident == holder.actor, table.c.key == str(key))
    ).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise RefusedRequestError(Code.IDEMPOTENCY_MISMATCH)
    return Taken(status=row.status, body=row.response.encode())


def _remember(
    connection: Connection, holder: Holder, key: UUID, fingerprint: bytes, body: bytes, now: datetime
) -> None:
    connection.execute(
        insert(schema.idempotency).values(
            resident=holder.actor,
            key=str(key),
            fingerprint=fingerprint,
            status=CREATED,
            response=body.decode(),
            at=now.timestamp(),
        )
    )


def _with_identity(connection: Connection, holder: Holder, facts: Answered, today: date) -> Answered:
    """Add what the backend knows of the verified person without asking: whose document it was."""
    table = schema.resident.c
    row = connection.execute(select(table.name, table.number).where(table.id == holder.resident)).one()
    identity = {
        review.IDENTITY + "name": Known(value=row.name, as_of=today),
        review.IDENTITY + "number": Known(value=row.number, as_of=today),
    }
    return msgspec.structs.replace(facts, known=identity | dict(facts.known))
