"""有诉即办: a complaint gets a number, an owner, a day, an answer, and the citizen has the last word on the answer.

::

    open ──answer──▶ answered ──solved, partly──▶ closed
      ▲                 │ unsolved                   ▲
      │                 ▼ (once: a supervisor)       │ unsolved again: closed, with the way to the hotline
      └─────────── reopened ──answer──▶ answered ────┘

Who complains need not say who they are: then the number and its code open the complaint, and a phone is asked for to
call back. Nobody learns from the code whether a number exists.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, RowMapping, case, func, insert, select, update
from stdnum.iso7064 import mod_11_10

from kiosk.backend.applications.numbers import next_value
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.service import sentences
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.catalogue import Catalogue
from kiosk.contract import (
    Complaint,
    ComplaintKind,
    ComplaintRequest,
    ComplaintState,
    ComplaintStep,
    ProblemError,
    Verdict,
    VerdictRequest,
)
from kiosk.words import Text

ANSWER_DAYS = {
    ComplaintKind.CANNOT_GET_DONE: 3,
    ComplaintKind.TOO_SLOW: 3,
    ComplaintKind.ATTITUDE: 5,
    ComplaintKind.WRONG_DATA: 5,
    ComplaintKind.TERMINAL: 3,
    ComplaintKind.SUGGESTION: 10,
}
"""Working days until the answer; the sample city's own."""
REOPENED_DAYS = 2
"""Working days of the supervisor, after an answer that solved nothing."""
ROUNDS = 2
"""Answers there can be to one complaint."""
OFFICE = "development-reform"
"""Department in charge of government services, which answers for the terminals and for what is nobody else's."""
_LISTED = 200
"""Complaints a list shows; what waits comes first."""
_CODE_DIGITS = 6
_TRIES, _TRIES_S = 5, 3600
"""Wrong codes an hour for one number."""
_PHONE_DIGITS = range(7, 16)


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint as its department sees it."""

    complaint: Complaint
    department: str
    phone: str
    """Where to call back."""
    by_supervisor: bool
    """An answer did not solve it: a supervisor answers now."""


Tell = Callable[[Connection, int, Text, str], object]
"""Tell a resident something about a complaint, by its number; in the caller's transaction."""


class Complaints:
    """Takes complaints and leads each to its end."""

    def __init__(self, catalogue: Catalogue, key: bytes, tell: Tell) -> None:
        """Keep complaints; ``key`` is that of the code hashes."""
        self._catalogue = catalogue
        self._key = key
        self._tell = tell

    def take(
        self, connection: Connection, key: UUID, request: ComplaintRequest, resident: int | None, now: datetime
    ) -> Complaint:
        """Take a complaint, or return the one that was taken under this key.

        The code is derived from the key: sent again, the same request gets the same answer, and the database keeps
        only a hash.

        Raises:
            RefusedRequestError: ``COMPLAINT_INVALID``: nothing is said, or there is nobody to call back;
                ``IDEMPOTENCY_MISMATCH``: the key was used for another. Nothing was written.
        """
        _check(request, resident)
        said = msgspec.json.encode((request, resident), order="deterministic")
        fingerprint = hashlib.sha256(said).digest()
        table = schema.complaint
        earlier = select(table.c.number, table.c.fingerprint).where(table.c.key == str(key))
        row = connection.execute(earlier).one_or_none()
        if row is not None and row.fingerprint != fingerprint:
            raise RefusedRequestError(Code.IDEMPOTENCY_MISMATCH)
        number = row.number if row is not None else _number(connection, now.date())
        code = self._code_for(key, number)
        if row is None:
            self._insert(connection, key, fingerprint, number, code, request, resident, now)
        return msgspec.structs.replace(self._read(connection, number, now), code=code)

    def mine(self, connection: Connection, resident: int, now: datetime) -> tuple[Complaint, ...]:
        """Return the complaints of a verified person, newest first."""
        table = schema.complaint
        rows = connection.execute(select(table).where(table.c.resident == resident).order_by(table.c.id.desc()))
        return tuple(self._told(connection, row, now) for row in rows.mappings())

    def open_with(
        self, connection: Connection, number: str, *, resident: int | None, code: str, now: datetime
    ) -> Complaint:
        """Return a complaint to whom it belongs: the person, or who has its code.

        Raises:
            RefusedRequestError: ``COMPLAINT_CODE``: no such complaint, or another code, which are not told apart;
                ``COMPLAINT_TRIES``: too many wrong codes for this number. A wrong code is counted by
                ``count_wrong``, in a transaction of its own.
        """
        table = schema.complaint
        row = connection.execute(select(table).where(table.c.number == number)).mappings().one_or_none()
        if row is not None and resident is not None and row["resident"] == resident:
            return self._told(connection, row, now)
        since = now.timestamp() - _TRIES_S
        tried = schema.complaint_attempt
        wrong = select(func.count()).where(tried.c.number == number, tried.c.at > since)
        if connection.execute(wrong).scalar_one() >= _TRIES:
            raise RefusedRequestError(Code.COMPLAINT_TRIES, retry_s=_TRIES_S)
        if row is None or not hmac.compare_digest(row["code"], self._hash(number, code)):
            raise RefusedRequestError(Code.COMPLAINT_CODE)
        return self._told(connection, row, now)

    @staticmethod
    def count_wrong(connection: Connection, number: str, now: datetime) -> None:
        """Count a wrong code."""
        connection.execute(insert(schema.complaint_attempt).values(number=number[:30], at=now.timestamp()))

    def brought(self, connection: Connection, departments: Sequence[str], now: datetime) -> tuple[Brought, ...]:
        """Return what waits for an answer of ``departments`` (none: of all), first due first; then what is over."""
        table = schema.complaint
        waiting = table.c.state.in_([ComplaintState.OPEN.value, ComplaintState.REOPENED.value])
        query = select(table).order_by(case((waiting, 0), else_=1), table.c.due_on, table.c.id.desc()).limit(_LISTED)
        if departments:
            query = query.where(table.c.department.in_(departments))
        return tuple(self._brought(connection, row, now) for row in connection.execute(query).mappings().all())

    def one(self, connection: Connection, number: str, departments: Sequence[str], now: datetime) -> Brought:
        """Return one complaint as its department sees it.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: there is none of this number for ``departments``.
        """
        table = schema.complaint
        row = connection.execute(select(table).where(table.c.number == number)).mappings().one_or_none()
        if row is None or (departments and row["department"] not in departments):
            raise RefusedRequestError(Code.NOT_FOUND)
        return self._brought(connection, row, now)

    def answer(self, connection: Connection, number: str, staff: str, words: str, now: datetime) -> None:
        """Answer a complaint; the person is told, and says whether that solves it.

        Raises:
            RefusedRequestError: ``COMPLAINT_INVALID``: nothing is said; ``NOT_FOUND``: there is none that waits for an
                answer. Nothing was written.
        """
        if not words.strip():
            raise RefusedRequestError(Code.COMPLAINT_INVALID, errors=(_missing("answer"),))
        waiting = (ComplaintState.OPEN, ComplaintState.REOPENED)
        values = {"answer": words.strip(), "answered_at": now.timestamp(), "staff": staff, "overdue": False}
        row = self._move(connection, number, waiting, ComplaintState.ANSWERED, values)
        says = sentences.by_department(sentences.ANSWERED, self._catalogue.departments[row["department"]].name)
        self._note(connection, row, says, now, staff)

    def hand_on(self, connection: Connection, number: str, staff: str, department: str, now: datetime) -> None:
        """Give a complaint to the department that can answer it; its day stays.

        Raises:
            RefusedRequestError: ``COMPLAINT_INVALID``: no such department; ``NOT_FOUND``: it does not wait for an
                answer. Nothing was written.
        """
        if department not in self._catalogue.departments:
            raise RefusedRequestError(Code.COMPLAINT_INVALID, errors=(_missing("department"),))
        waiting = (ComplaintState.OPEN, ComplaintState.REOPENED)
        row = self._move(connection, number, waiting, None, {"department": department})
        says = sentences.by_department(sentences.HANDED_ON, self._catalogue.departments[department].name)
        self._note(connection, row, says, now, staff)

    def judge(self, connection: Connection, number: str, request: VerdictRequest, now: datetime) -> Complaint:
        """Take the citizen's verdict on the answer.

        Raises:
            RefusedRequestError: ``COMPLAINT_NOT_ANSWERED``: there is no answer to judge, or it was judged. Nothing was
                written.
        """
        table = schema.complaint
        row = connection.execute(select(table).where(table.c.number == number)).mappings().one()
        values: dict[str, Any] = {"verdict": request.verdict.value}
        if request.verdict is not Verdict.UNSOLVED:
            to, says = ComplaintState.CLOSED, sentences.CLOSED
        elif row["round"] < ROUNDS:
            to, says = ComplaintState.REOPENED, sentences.REOPENED
            values |= {"round": row["round"] + 1, "due_on": workdays().after(now.date(), REOPENED_DAYS).on}
        else:
            to, says = ComplaintState.CLOSED, sentences.CLOSED_UNSOLVED
        try:
            row = self._move(connection, number, (ComplaintState.ANSWERED,), to, values)
        except RefusedRequestError as error:
            raise RefusedRequestError(Code.COMPLAINT_NOT_ANSWERED) from error
        if request.words:
            says = sentences.with_words(says, request.words)
        self._step(connection, row["id"], says, now)
        return self._read(connection, number, now)

    def due(self, connection: Connection, now: datetime) -> tuple[int, ...]:
        """Mark what was not answered in time, for the supervisors' list, and tell who waits. Rings nobody."""
        table = schema.complaint
        waiting = [ComplaintState.OPEN.value, ComplaintState.REOPENED.value]
        late = select(table).where(table.c.state.in_(waiting), table.c.overdue.is_(False), table.c.due_on < now.date())
        rows = connection.execute(late).mappings().all()
        for row in rows:
            connection.execute(update(table).where(table.c.id == row["id"]).values(overdue=True))
            self._note(connection, row, sentences.OVERDUE, now)
        return ()

    def _insert(
        self,
        connection: Connection,
        key: UUID,
        fingerprint: bytes,
        number: str,
        code: str,
        request: ComplaintRequest,
        resident: int | None,
        now: datetime,
    ) -> None:
        department = self._owner(connection, request)
        values = {
            "number": number,
            "key": str(key),
            "fingerprint": fingerprint,
            "resident": resident,
            "phone": request.phone.strip(),
            "code": self._hash(number, code),
            "kind": request.kind.value,
            "words": request.words.strip(),
            "about": request.about,
            "terminal": request.terminal,
            "department": department,
            "state": ComplaintState.OPEN.value,
            "round": 1,
            "received_at": now.timestamp(),
            "due_on": workdays().after(now.date(), ANSWER_DAYS[request.kind]).on,
            "overdue": False,
            "answer": "",
            "answered_at": None,
            "staff": "",
            "verdict": "",
        }
        connection.execute(insert(schema.complaint).values(values))
        table = schema.complaint.c
        identity = connection.execute(select(table.id).where(table.number == number)).scalar_one()
        says = sentences.by_department(sentences.RECEIVED, self._catalogue.departments[department].name)
        self._step(connection, identity, says, now)

    def _owner(self, connection: Connection, request: ComplaintRequest) -> str:
        """Return whose complaint it is: what it is about says so, else who is in charge of government services."""
        table = schema.case.c
        item = connection.execute(select(table.item).where(table.number == request.about)).scalar_one_or_none()
        named = item or request.about
        if request.kind is not ComplaintKind.TERMINAL and named in self._catalogue.items:
            return self._catalogue.items[named].department
        return OFFICE if OFFICE in self._catalogue.departments else next(iter(self._catalogue.departments))

    def _move(
        self,
        connection: Connection,
        number: str,
        of: tuple[ComplaintState, ...],
        to: ComplaintState | None,
        values: dict[str, Any],
    ) -> RowMapping:
        table = schema.complaint
        new = values if to is None else values | {"state": to.value}
        changed = connection.execute(
            update(table).where(table.c.number == number, table.c.state.in_([each.value for each in of])).values(new)
        )
        if not changed.rowcount:
            raise RefusedRequestError(Code.NOT_FOUND)
        return connection.execute(select(table).where(table.c.number == number)).mappings().one()

    def _note(self, connection: Connection, row: RowMapping, says: Text, now: datetime, staff: str = "") -> None:
        """Add a step, and tell the person if it is known who they are."""
        self._step(connection, row["id"], says, now, staff)
        if row["resident"] is not None:
            self._tell(connection, row["resident"], sentences.about(says, row["number"]), row["number"])

    @staticmethod
    def _step(connection: Connection, complaint: int, says: Text, now: datetime, staff: str = "") -> None:
        values = {
            "complaint": complaint,
            "at": now.timestamp(),
            "says": msgspec.json.encode(says).decode(),
            "staff": staff,
        }
        connection.execute(insert(schema.complaint_step).values(values))

    def _brought(self, connection: Connection, row: RowMapping, now: datetime) -> Brought:
        phone = row["phone"]
        if not phone and row["resident"] is not None:
            table = schema.resident.c
            phone = connection.execute(select(table.phone).where(table.id == row["resident"])).scalar_one() or ""
        return Brought(
            complaint=self._told(connection, row, now),
            department=row["department"],
            phone=phone,
            by_supervisor=row["state"] == ComplaintState.REOPENED.value,
        )

    def _read(self, connection: Connection, number: str, now: datetime) -> Complaint:
        table = schema.complaint
        row = connection.execute(select(table).where(table.c.number == number)).mappings().one()
        return self._told(connection, row, now)

    def _told(self, connection: Connection, row: RowMapping, now: datetime) -> Complaint:
        department = self._catalogue.departments.get(row["department"])
        steps = schema.complaint_step
        happened = connection.execute(
            select(steps.c.at, steps.c.says).where(steps.c.complaint == row["id"]).order_by(steps.c.id)
        )
        answered = row["answered_at"]
        return Complaint(
            number=row["number"],
            kind=ComplaintKind(row["kind"]),
            state=ComplaintState(row["state"]),
            words=row["words"],
            about=row["about"],
            owner_name=sentences.OFFICE if department is None else department.name,
            contact="" if department is None else department.phone,
            received_at=datetime.fromtimestamp(row["received_at"], now.tzinfo),
            due_on=row["due_on"],
            overdue=row["overdue"],
            answer=row["answer"],
            answered_at=None if answered is None else datetime.fromtimestamp(answered, now.tzinfo),
            verdict=Verdict(row["verdict"]) if row["verdict"] else None,
            may_judge=row["state"] == ComplaintState.ANSWERED.value,
            steps=tuple(
                ComplaintStep(
                    at=datetime.fromtimestamp(step.at, now.tzinfo), says=msgspec.json.decode(step.says, type=Text)
                )
                for step in happened
            ),
        )

    def _code_for(self, key: UUID, number: str) -> str:
        digest = hmac.digest(self._key, b"complaint-code" + key.bytes + number.encode(), "sha256")
        return f"{int.from_bytes(digest[:8]) % 10**_CODE_DIGITS:0{_CODE_DIGITS}d}"

    def _hash(self, number: str, code: str) -> bytes:
        return hmac.digest(self._key, f"complaint:{number}:{code.strip()}".encode(), "sha256")


def _number(connection: Connection, day: date) -> str:
    """Return the next number of the day, with a check digit: ``TS20261122-00012-4``."""
    serial = next_value(connection, f"complaint-{day:%Y%m%d}")
    body = f"{day:%Y%m%d}{serial:05d}"
    return f"TS{body[:8]}-{body[8:]}-{mod_11_10.calc_check_digit(body)}"


def _check(request: ComplaintRequest, resident: int | None) -> None:
    errors: list[ProblemError] = []
    if not request.words.strip() and not request.about:
        errors.append(_missing("words"))
    digits = "".join(filter(str.isdecimal, request.phone))
    if (resident is None or request.phone) and len(digits) not in _PHONE_DIGITS:
        errors.append(ProblemError(detail="A phone number to call back", pointer=pointer("phone")))
    if errors:
        raise RefusedRequestError(Code.COMPLAINT_INVALID, errors=tuple(errors))


def _missing(name: str) -> ProblemError:
    return ProblemError(detail="This is needed", pointer=pointer(name))
