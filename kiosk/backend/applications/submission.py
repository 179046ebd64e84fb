"""Taking an application: once and only once, decided where rules can decide, all in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import Connection, bindparam, insert, select

from kiosk.backend import drafts
from kiosk.backend.applications import sentences
from kiosk.backend.applications.checks import still_open
from kiosk.backend.applications.dossier import Dossier, read
from kiosk.backend.applications.examining import Examined, Examiner, check_attachments
from kiosk.backend.applications.fees import Cashier, paid, return_fee, wait_for_payment
from kiosk.backend.applications.life import load
from kiosk.backend.applications.numbers import application_number, case_number
from kiosk.backend.applications.outcomes import Outcomes
from kiosk.backend.applications.reading import stored
from kiosk.backend.applications.states import FINAL
from kiosk.backend.mandates import Acting, Right, acting
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.regions import Routing
from kiosk.backend.registers import Holder
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import schema
from kiosk.backend.together import Together
from kiosk.catalogue import Catalogue, DecisionKind, Item
from kiosk.contract import ApplicationRequest, Case, CaseState, CorrectionRequest, SupplementRequest
from kiosk.forms import to_wire

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
    request: ApplicationRequest
    examined: Examined
    id: int
    number: str


# made once: to make a statement costs several times what it costs to execute it
_APPLICATION, _CASE, _JOB, _ANSWER = map(insert, (schema.application, schema.case, schema.job, schema.idempotency))
_ANSWERED = select(schema.idempotency).where(
    schema.idempotency.c.resident == bindparam("actor"), schema.idempotency.c.key == bindparam("of_key")
)
_ADDED = ("decidedIn", "payment", "confirmed")
"""Fields of a request that the first releases had not, empty by default."""


def fingerprint_of(request: ApplicationRequest | CorrectionRequest | SupplementRequest, about: str = "") -> bytes:
    """Return what tells whether a key is used for the same request again, ``about`` the same.

    A request may be sent to one release and again to the next: fields that came later count only where they say
    something. The terminal is not asked to send the same bytes, only the same.
    """
    said = msgspec.to_builtins(request, order="deterministic")
    for name in _ADDED:
        if not said.get(name):
            said.pop(name, None)
    return hashlib.sha256(about.encode() + msgspec.json.encode(said)).digest()


class Submissions:
    """Takes applications."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        examiner: Examiner,
        settled_by: Outcomes,
        together: Together,
        cashier: Cashier,
        routing: Routing,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._examiner = examiner
        self._outcomes = settled_by
        self._together = together
        self._cashier = cashier
        self._routing = routing

    def take(
        self,
        connection: Connection,
        holder: Holder,
        key: UUID,
        request: ApplicationRequest,
        verified_at: datetime,
        *,
        confirmed: bool = False,
    ) -> Taken:
        """Take ``request``, or return what was answered when it was taken before; inside one transaction.

        Args:
            connection: A transaction that writes.
            holder: Who was verified.
            key: Names the request, however often it is sent.
            request: What they apply for.
            verified_at: When they were verified; nothing was signed before.
            confirmed: It was made of facts and confirmed (免申即享): nothing was filled in, so nothing is signed.

        Raises:
            RefusedRequestError: nothing was written; the key may be used again.
        """
        fingerprint = fingerprint_of(request)
        earlier = earlier_answer(connection, holder, key, fingerprint)
        if earlier is not None:
            return earlier
        now = self._settings.clock()
        signed_on = day_of(request, verified_at, now)
        dossier = read(self._catalogue, request, signed_on, confirmed=confirmed)
        check_attachments(connection, holder, dossier.materials)
        self._routing.check(request, dossier.matter.items)
        items = [item.id for item in dossier.matter.items]
        # a mandate is good if it was when it was signed, as the token is
        found = acting(connection, self._catalogue, holder, request.authority, items, signed_on)
        filing = self._file(connection, found, request, dossier, now)
        unpaid = self._cashier.take(connection, found, filing.id, items, request.payment, request.notice)
        cases = [self._case(filing, index, item, unpaid) for index, item in enumerate(dossier.matter.items)]
        # who only brings a letter could make up as many people as they like
        if found.right is not Right.LETTER:
            self._together.count(connection, filing.id, now)
        drafts.filed(connection, holder, request)
        body = msgspec.json.encode(stored(connection, filing.id))
        waiting = (case.department for case in cases if case.state is CaseState.SUBMITTED)
        taken = Taken(status=CREATED, body=body, departments=tuple(dict.fromkeys(waiting)))
        remember(connection, holder, key, fingerprint, taken, now)
        return taken

    def _file(
        self, connection: Connection, found: Acting, request: ApplicationRequest, dossier: Dossier, now: datetime
    ) -> _Filing:
        """Ask the registers ourselves, and write the application."""
        examined = self._examiner.examine(connection, found, request.notice, dossier, now, "submission")
        number = application_number(connection, now.date())
        kept = msgspec.structs.replace(request, answers=to_wire(examined.dossier.answers))
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
        inserted = connection.execute(_APPLICATION, values).inserted_primary_key
        assert inserted is not None  # noqa: S101 - an insert of one row has its key; this tells the type checker
        return _Filing(
            connection=connection,
            now=now,
            request=kept,
            examined=examined,
            id=inserted[0],
            number=number,
        )

    def paid(self, connection: Connection, application: int, item: str, now: datetime) -> None:
        """Let a case go on that waited for its fee, in the transaction in which it was paid."""
        one = load(connection, self._catalogue, application, item, now)
        after = paid(one)
        if after is not None:
            self._outcomes.settle(after)
        elif one.case.state in FINAL and one.case.state is not CaseState.APPROVED:
            # it came to nothing while somebody was still paying for it
            return_fee(one, one.case.reason.zh_hans)

    def _case(self, filing: _Filing, index: int, item: Item, unpaid: Collection[str]) -> Case:
        """Write the case of one item; settle it when rules or a promise can, else give it to its department.

        One whose fee is not paid waits for it.
        """
        department = self._catalogue.departments[item.department]
        kept = self._examiner.kept(filing.examined, item)
        case = Case(
            number=case_number(filing.number, index),
            item=item.id,
            item_name=item.name,
            department=item.department,
            department_name=department.name,
            state=CaseState.SUBMITTED,
            reason=sentences.SUBMITTED,
            contact=department.phone,
            checks=still_open(kept.review.checks),
        )
        values = {
            "application": filing.id,
            "number": case.number,
            "item": item.id,
            "state": case.state.value,
            "kept": msgspec.json.encode(kept).decode(),
            "content": msgspec.json.encode(case).decode(),
            "department": item.department,
            "changed_at": filing.now.timestamp(),
        }
        filing.connection.execute(_CASE, values)
        self._examiner.keep(filing.connection, filing.examined, item, case.number)
        city = self._routing.city(filing.request, item)
        if city is not None:
            one = load(filing.connection, self._catalogue, filing.id, item.id, filing.now)
            return self._routing.hand_over(one, filing.request, item, city)
        if item.id in unpaid:
            return wait_for_payment(load(filing.connection, self._catalogue, filing.id, item.id, filing.now))
        if item.decision in _AT_ONCE:
            one = load(filing.connection, self._catalogue, filing.id, item.id, filing.now)
            return self._outcomes.settle(one)
        self._enqueue(filing, item)
        return case

    def _enqueue(self, filing: _Filing, item: Item) -> None:
        departments = list(dict.fromkeys(each.department for each in filing.examined.dossier.matter.items))
        wait_s = self._settings.department_pace_s * (departments.index(item.department) + 1)
        values = {
            "application": filing.id,
            "item": item.id,
            "department": item.department,
            "state": "queued",
            "not_before": filing.now.timestamp() + wait_s,
            "attempts": 0,
        }
        filing.connection.execute(_JOB, values)


def day_of(request: ApplicationRequest, verified_at: datetime, now: datetime) -> date:
    """Return the day whose rules an application is held to: the one it was signed on.

    "Two days from today" was true when it was signed; an application that a lost network kept past midnight is not
    lost for it. What the tables decide by is as it is now. The terminal says when it was signed: it is believed within
    the session, or a mandate that has run out would be good again for who writes an earlier day.
    """
    signed_at = max(request.signed_at, verified_at)
    return signed_at.astimezone(now.tzinfo).date() if signed_at <= now else now.date()


def earlier_answer(connection: Connection, holder: Holder, key: UUID, fingerprint: bytes) -> Taken | None:
    """Return what was answered under ``key`` before, if it was.

    Raises:
        RefusedRequestError: ``IDEMPOTENCY_MISMATCH``: it was another request.
    """
    row = connection.execute(_ANSWERED, {"actor": holder.actor, "of_key": str(key)}).one_or_none()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise RefusedRequestError(Code.IDEMPOTENCY_MISMATCH)
    return Taken(status=row.status, body=row.response.encode())


def remember(
    connection: Connection, holder: Holder, key: UUID, fingerprint: bytes, taken: Taken, now: datetime
) -> None:
    """Write down what is answered under ``key``, in the transaction of its effect."""
    values = {
        "resident": holder.actor,
        "key": str(key),
        "fingerprint": fingerprint,
        "status": taken.status,
        "response": taken.body.decode(),
        "at": now.timestamp(),
    }
    connection.execute(_ANSWER, values)
