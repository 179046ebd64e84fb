"""好差评: five levels with reasons, every one kept, and a bad one followed up until somebody has said what was done.

Source: GB/T 39734-2020, GB/T 39735-2020; 国办发〔2019〕51号 四（三）: a bad rating under a name is called back first of
all. The days below are the sample city's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection, RowMapping, case, insert, select, update

from kiosk.backend.applications.reading import find_application
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.storage import schema
from kiosk.backend.workdays import workdays
from kiosk.catalogue import Catalogue
from kiosk.contract import ProblemError, RatingRequest
from kiosk.contract.service import FollowUp, FollowUpState, Rating, RatingAxis
from kiosk.words import Text

BAD = 2
"""不满意; 1 is 非常不满意."""
CONTACT_DAYS = 1
"""Working days until somebody calls."""
CLOSE_DAYS = 5
"""Working days until what was done about it is said."""
_LISTED = 200
"""Bad ratings a list shows."""
_LEVELS = range(1, 6)
_REASONS = 10
_REASON_CHARS = 200


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A rating as it was given."""

    reasons: tuple[str, ...] = ()
    axes: tuple[RatingAxis, ...] = ()
    words: str = ""


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """A bad rating as its department sees it."""

    application: int
    number: str
    matter_name: Text
    level: int
    given: Given
    follow_up: FollowUp
    department: str
    phone: str
    """Where to call."""
    overdue: bool
    note: str


class Ratings:
    """Takes ratings and follows up the bad ones."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def give(self, connection: Connection, number: str, resident: int, request: RatingRequest, now: datetime) -> None:
        """Keep a rating; a second one replaces the first, which stays on record.

        Raises:
            RefusedRequestError: ``RATING_INVALID``, or ``NOT_FOUND``: no such application of this person; nothing was
                written.
        """
        _check(request)
        application = find_application(connection, number, resident, now.date())
        given = Given(reasons=request.reasons, axes=request.axes, words=request.words)
        content = msgspec.json.encode(given).decode()
        at = now.timestamp()
        connection.execute(
            insert(schema.rating_given).values(application=application, level=request.level, content=content, at=at)
        )
        values = {"level": request.level, "reasons": msgspec.json.encode(request.reasons).decode(), "at": at}
        table = schema.rating
        if not connection.execute(update(table).where(table.c.application == application).values(values)).rowcount:
            connection.execute(insert(table).values(application=application, **values))
        self._follow(connection, application, request.level, now)

    def read(self, connection: Connection, number: str, resident: int, now: datetime) -> Rating:
        """Return the rating that counts, with its follow-up.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: no such application of this person, or it was not rated.
        """
        application = find_application(connection, number, resident, now.date())
        table = schema.rating_given
        row = connection.execute(
            select(table).where(table.c.application == application).order_by(table.c.id.desc()).limit(1)
        ).one_or_none()
        if row is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        given = msgspec.json.decode(row.content, type=Given)
        return Rating(
            level=row.level,
            reasons=given.reasons,
            axes=given.axes,
            words=given.words,
            rated_at=datetime.fromtimestamp(row.at, now.tzinfo),
            follow_up=self._follow_up(connection, application),
        )

    def followed(self, connection: Connection, departments: Sequence[str]) -> tuple[Followed, ...]:
        """Return the bad ratings of ``departments`` (none: of all): what is open first, by its day."""
        table, filed, people = schema.rating_follow_up, schema.application, schema.resident
        open_first = case((table.c.state == FollowUpState.CLOSED.value, 1), else_=0)
        query = (
            select(table, filed.c.number, filed.c.matter_name, people.c.phone, schema.rating.c.level)
            .join(filed, filed.c.id == table.c.application)
            .join(people, people.c.id == filed.c.resident)
            .join(schema.rating, schema.rating.c.application == table.c.application)
            .where(table.c.note != _TAKEN_BACK)
            .order_by(open_first, table.c.close_by, table.c.application)
            .limit(_LISTED)
        )
        if departments:
            query = query.where(table.c.department.in_(departments))
        return tuple(self._followed(connection, row) for row in connection.execute(query).mappings().all())

    def contacted(self, connection: Connection, application: int, staff: str, note: str, now: datetime) -> None:
        """Note that somebody has called the person.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: there is no open follow-up; nothing was written.
        """
        self._move(connection, application, (FollowUpState.OPEN,), FollowUpState.CONTACTED, staff, now, note=note)

    def close(self, connection: Connection, application: int, staff: str, answer: str, now: datetime) -> None:
        """Say what was done about it, which the person reads.

        Raises:
            RefusedRequestError: ``REQUEST_MALFORMED``: nothing is said; ``NOT_FOUND``: it is closed already, or there
                is none; nothing was written.
        """
        if not answer.strip():
            error = ProblemError(detail="Say what was done about it", pointer=pointer("answer"))
            raise RefusedRequestError(Code.REQUEST_MALFORMED, errors=(error,))
        waiting = (FollowUpState.OPEN, FollowUpState.CONTACTED)
        self._move(connection, application, waiting, FollowUpState.CLOSED, staff, now, answer=answer.strip())

    def due(self, connection: Connection, now: datetime) -> tuple[int, ...]:
        """Mark what is overdue, for the supervisors' list. Rings nobody."""
        table = schema.rating_follow_up
        today = now.date()
        late = connection.execute(
            select(table.c.application).where(
                table.c.overdue.is_(False),
                ((table.c.state == FollowUpState.OPEN.value) & (table.c.contact_by < today))
                | ((table.c.state == FollowUpState.CONTACTED.value) & (table.c.close_by < today)),
            )
        )
        found = tuple(late.scalars())
        if found:
            connection.execute(update(table).where(table.c.application.in_(found)).values(overdue=True))
        return ()

    def _follow(self, connection: Connection, application: int, level: int, now: datetime) -> None:
        """Open a follow-up for a bad rating; one that was taken back before anybody called is closed."""
        table = schema.rating_follow_up
        mine = table.c.application == application
        row = connection.execute(select(table.c.state).where(mine)).one_or_none()
        if level > BAD:
            if row is not None and row.state == FollowUpState.OPEN.value:
                values = {"state": FollowUpState.CLOSED.value, "note": _TAKEN_BACK, "at": now.timestamp()}
                connection.execute(update(table).where(mine).values(values))
            return
        if row is not None and row.state != FollowUpState.CLOSED.value:
            return
        values = {
            "department": self._department(connection, application),
            "state": FollowUpState.OPEN.value,
            "contact_by": workdays().after(now.date(), CONTACT_DAYS).on,
            "close_by": workdays().after(now.date(), CLOSE_DAYS).on,
            "overdue": False,
            "note": "",
            "answer": "",
            "staff": "",
            "at": now.timestamp(),
        }
        if row is None:
            connection.execute(insert(table).values(application=application, **values))
        else:
            connection.execute(update(table).where(mine).values(values))

    def _department(self, connection: Connection, application: int) -> str:
        """Return who answers for an application: the lead of its one-thing, else the department of its first item."""
        row = connection.execute(
            select(schema.application.c.matter, schema.case.c.item)
            .join(schema.case, schema.case.c.application == schema.application.c.id)
            .where(schema.application.c.id == application)
            .order_by(schema.case.c.id)
            .limit(1)
        ).one_or_none()
        if row is not None:
            theme = self._catalogue.one_things.get(row.matter)
            if theme is not None:
                return theme.lead
            if row.item in self._catalogue.items:
                return self._catalogue.items[row.item].department
        return next(iter(self._catalogue.departments))

    def _follow_up(self, connection: Connection, application: int) -> FollowUp | None:
        table = schema.rating_follow_up
        row = connection.execute(select(table).where(table.c.application == application)).one_or_none()
        if row is None or row.note == _TAKEN_BACK:
            return None
        return FollowUp(
            state=FollowUpState(row.state),
            department_name=self._catalogue.departments[row.department].name,
            contact_by=row.contact_by,
            close_by=row.close_by,
            answer=row.answer,
        )

    def _followed(self, connection: Connection, row: RowMapping) -> Followed:
        follow_up = self._follow_up(connection, row["application"])
        if follow_up is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        given = schema.rating_given
        content = connection.execute(
            select(given.c.content)
            .where(given.c.application == row["application"])
            .order_by(given.c.id.desc())
            .limit(1)
        ).scalar_one()
        return Followed(
            application=row["application"],
            number=row["number"],
            matter_name=msgspec.json.decode(row["matter_name"], type=Text),
            level=row["level"],
            given=msgspec.json.decode(content, type=Given),
            follow_up=follow_up,
            department=row["department"],
            phone=row["phone"] or "",
            overdue=row["overdue"],
            note=row["note"],
        )

    def _move(
        self,
        connection: Connection,
        application: int,
        of: tuple[FollowUpState, ...],
        to: FollowUpState,
        staff: str,
        now: datetime,
        **values: str,
    ) -> None:
        table = schema.rating_follow_up
        changed = connection.execute(
            update(table)
            .where(table.c.application == application, table.c.state.in_([each.value for each in of]))
            .values(state=to.value, staff=staff, overdue=False, at=now.timestamp(), **values)
        )
        if not changed.rowcount:
            raise RefusedRequestError(Code.NOT_FOUND)


_TAKEN_BACK = "taken back"


def _check(rating: RatingRequest) -> None:
    errors: list[ProblemError] = []
    if rating.level not in _LEVELS:
        errors.append(ProblemError(detail="1 to 5", pointer=pointer("level")))
    if len(rating.reasons) > _REASONS or any(len(reason) > _REASON_CHARS for reason in rating.reasons):
        errors.append(ProblemError(detail="At most 10 reasons of 200 characters", pointer=pointer("reasons")))
    if errors:
        raise RefusedRequestError(Code.RATING_INVALID, errors=tuple(errors))
