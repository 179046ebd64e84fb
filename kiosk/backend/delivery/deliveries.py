"""How the result of a case reaches its owner (送达): chosen by them, carried out by people, told on the way.

::

    chosen ──result──▶ ready ──posted──▶ (mail: with the number of the parcel)
                          └──collected──▶ (collection point: with the code that was sent)

A choice may change as long as nothing was posted or collected. What lies at a collection point too long goes back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from kiosk.backend.applications.life import Authorised
from kiosk.backend.applications.reading import find_application
from kiosk.backend.delivery import sentences
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.storage import schema
from kiosk.catalogue import Catalogue
from kiosk.contract import (
    Case,
    CaseState,
    CollectionPoint,
    Delivery,
    DeliveryRequest,
    DeliveryState,
    ProblemError,
    Recipient,
    Way,
)
from kiosk.words import Text

KEPT = timedelta(days=30)
"""How long something lies at a collection point."""
_BY_PEOPLE = (Way.MAIL, Way.COLLECTION_POINT)
"""Ways that somebody has to carry out."""
_OVER = (DeliveryState.POSTED, DeliveryState.COLLECTED)
_CODE_DIGITS = 6
_LISTED = 200

Tell = Callable[[Connection, int, Text, str], object]
"""Tell a resident something about a case, by its number; in the caller's transaction."""


class ToDeliver(msgspec.Struct, frozen=True, kw_only=True):
    """A result that somebody has to post or to hand over."""

    case: str
    item_name: Text
    applicant: str
    department: str
    way: Way
    state: DeliveryState
    recipient: Recipient | None
    point: CollectionPoint | None
    tracking: str
    keep_until: date | None


class Deliveries:
    """Keeps what was chosen and what was done."""

    def __init__(self, catalogue: Catalogue, points: Sequence[CollectionPoint], tell: Tell) -> None:
        self._catalogue = catalogue
        self._points = {point.id: point for point in points}
        self._tell = tell

    def read(self, connection: Connection, number: str, resident: int, now: datetime) -> Delivery:
        """Return how the result of a case is delivered.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: no such case of this person.
        """
        case = self._theirs(connection, number, resident, now)
        return self._told(case, self._row(connection, number))

    def choose(
        self,
        connection: Connection,
        number: str,
        resident: int,
        request: DeliveryRequest,
        version: int | None,
        now: datetime,
    ) -> Delivery:
        """Choose a way.

        Raises:
            RefusedRequestError: ``NOT_FOUND``; ``DELIVERY_INVALID``: the item is not delivered that way, or where to is
                missing; ``DELIVERY_OVER``: it was posted or collected; ``DELIVERY_CHANGED``: chosen elsewhere. Nothing
                was written.
        """
        case = self._theirs(connection, number, resident, now)
        self._check(case, request)
        row = self._row(connection, number)
        before = 0 if row is None else row["revision"]
        if version is not None and version != before:
            raise RefusedRequestError(Code.DELIVERY_CHANGED)
        if row is not None and DeliveryState(row["state"]) in _OVER:
            raise RefusedRequestError(Code.DELIVERY_OVER)
        values = {
            "way": request.way.value,
            "state": DeliveryState.CHOSEN.value,
            "recipient": msgspec.json.encode(request.recipient if request.way is Way.MAIL else None).decode(),
            "point": request.point if request.way is Way.COLLECTION_POINT else "",
            "code": "",
            "tracking": "",
            "keep_until": None,
            "revision": before + 1,
            "at": now.timestamp(),
        }
        self._write(connection, number, before, values)
        if case.state is CaseState.APPROVED:
            self._make_ready(connection, case, resident, now)
        return self.read(connection, number, resident, now)

    def due(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Make ready what was approved since, and send back what nobody collected; rings nobody."""
        table, cases, filed = schema.delivery, schema.case, schema.application
        decided = connection.execute(
            select(cases.c.content, filed.c.resident)
            .join(table, table.c.case_number == cases.c.number)
            .join(filed, filed.c.id == cases.c.application)
            .where(table.c.state == DeliveryState.CHOSEN.value, cases.c.state == CaseState.APPROVED.value)
            .limit(_LISTED)
        ).all()
        for row in decided:
            case = msgspec.json.decode(row.content, type=Case)
            if not case.revoked:
                self._make_ready(connection, case, row.resident, now)
        left = connection.execute(
            select(table.c.case_number, filed.c.resident)
            .join(cases, cases.c.number == table.c.case_number)
            .join(filed, filed.c.id == cases.c.application)
            .where(table.c.state == DeliveryState.READY.value, table.c.keep_until < now.date())
            .limit(_LISTED)
        ).all()
        for row in left:
            # as if nobody had chosen: they are told, and choose again
            connection.execute(delete(table).where(table.c.case_number == row.case_number))
            self._tell(connection, row.resident, sentences.WENT_BACK, row.case_number)
        return ()

    def listed(self, connection: Connection, departments: Sequence[str]) -> tuple[ToDeliver, ...]:
        """Return what somebody has to post or to hand over, for ``departments`` (none: all), the oldest first."""
        table, cases, filed = schema.delivery, schema.case, schema.application
        query = (
            select(table, cases.c.content, filed.c.applicant, schema.resident.c.name)
            .join(cases, cases.c.number == table.c.case_number)
            .join(filed, filed.c.id == cases.c.application)
            .join(schema.resident, schema.resident.c.id == filed.c.resident)
            .where(table.c.state == DeliveryState.READY.value, table.c.way.in_([way.value for way in _BY_PEOPLE]))
            .order_by(table.c.at)
            .limit(_LISTED)
        )
        if departments:
            # asked of the database: what others leave lying never pushes theirs off the list
            query = query.where(cases.c.department.in_(departments))
        rows = connection.execute(query).mappings()
        found = ((row, msgspec.json.decode(row["content"], type=Case)) for row in rows)
        # what was taken back before it left stays here
        return tuple(self._to_deliver(row, case) for row, case in found if not case.revoked)

    def posted(self, connection: Connection, number: str, tracking: str, now: datetime) -> None:
        """Note that a parcel was posted; its owner is told the number.

        Raises:
            RefusedRequestError: ``DELIVERY_INVALID``: no number; ``NOT_FOUND``: nothing of this number is to be posted.
        """
        if not tracking.strip().isascii() or not 6 <= len(tracking.strip()) <= 40:
            raise RefusedRequestError(Code.DELIVERY_INVALID, errors=(_wrong("tracking", "The number of the parcel"),))
        values = {"state": DeliveryState.POSTED.value, "tracking": tracking.strip()}
        self._finish(connection, number, Way.MAIL, values, now)
        owner = self._owner(connection, number)
        self._tell(connection, owner, sentences.POSTED.filled(tracking=tracking.strip()), number)

    def collected(self, connection: Connection, number: str, code: str, now: datetime) -> None:
        """Note that something was collected with its code.

        Raises:
            RefusedRequestError: ``DELIVERY_INVALID``: another code; ``NOT_FOUND``: nothing of this number lies there.
        """
        row = self._row(connection, number)
        if row is not None and row["code"] and not secrets.compare_digest(row["code"].encode(), code.strip().encode()):
            raise RefusedRequestError(Code.DELIVERY_INVALID, errors=(_wrong("code", "Another code"),))
        values = {"state": DeliveryState.COLLECTED.value, "code": "", "keep_until": None}
        self._finish(connection, number, Way.COLLECTION_POINT, values, now)

    def _make_ready(self, connection: Connection, case: Case, resident: int, now: datetime) -> None:
        row = self._row(connection, case.number)
        if row is None:
            return
        way = Way(row["way"])
        at_point = way is Way.COLLECTION_POINT
        code = f"{secrets.randbelow(10**_CODE_DIGITS):0{_CODE_DIGITS}d}" if at_point else ""
        keep_until = (now + KEPT).date() if at_point else None
        values = {"state": DeliveryState.READY.value, "code": code, "keep_until": keep_until}
        table = schema.delivery
        changed = connection.execute(
            update(table)
            .where(table.c.case_number == case.number, table.c.state == DeliveryState.CHOSEN.value)
            .values(values)
        )
        point = self._points.get(row["point"])
        if changed.rowcount and at_point and point is not None and keep_until is not None:
            says = sentences.to_collect(point, code, keep_until)
            self._tell(connection, resident, says, case.number)

    def _finish(self, connection: Connection, number: str, way: Way, values: dict[str, Any], now: datetime) -> None:
        table = schema.delivery
        ready = table.c.state == DeliveryState.READY.value
        changed = connection.execute(
            update(table)
            .where(table.c.case_number == number, table.c.way == way.value, ready)
            .values(values | {"revision": table.c.revision + 1, "at": now.timestamp()})
        )
        if not changed.rowcount:
            raise RefusedRequestError(Code.NOT_FOUND)

    def _check(self, case: Case, request: DeliveryRequest) -> None:
        if case.revoked or case.state in {CaseState.REFUSED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN}:
            raise RefusedRequestError(Code.DELIVERY_OVER)
        errors: list[ProblemError] = []
        if request.way not in self._ways(case):
            errors.append(_wrong("way", "This is not delivered that way"))
        if request.way is Way.MAIL and request.recipient is None:
            errors.append(_wrong("recipient", "Where to is needed"))
        if request.way is Way.COLLECTION_POINT and request.point not in self._points:
            errors.append(_wrong("point", "One of the points is needed"))
        if errors:
            raise RefusedRequestError(Code.DELIVERY_INVALID, errors=tuple(errors))

    def _ways(self, case: Case) -> tuple[Way, ...]:
        item = self._catalogue.items.get(case.item)
        declared = item.result.delivery if item is not None else (Way.SCREEN.value,)
        ways = [Way(each) for each in declared]
        return tuple(way for way in ways if way is not Way.COLLECTION_POINT or self._points) or (Way.SCREEN,)

    def _told(self, case: Case, row: RowMapping | None) -> Delivery:
        ways = self._ways(case)
        offered = tuple(self._points.values()) if Way.COLLECTION_POINT in ways else ()
        is_there = case.state is CaseState.APPROVED
        if row is None:
            state = DeliveryState.READY if is_there and ways[0] not in _BY_PEOPLE else DeliveryState.CHOSEN
            return Delivery(case=case.number, ways=ways, way=ways[0], state=state, points=offered)
        state = DeliveryState(row["state"])
        return Delivery(
            case=case.number,
            ways=ways,
            way=Way(row["way"]),
            state=state,
            recipient=msgspec.json.decode(row["recipient"], type=Recipient | None),
            point=self._points.get(row["point"]),
            points=offered,
            code=row["code"],
            tracking=row["tracking"],
            keep_until=row["keep_until"],
            may_change=state not in _OVER and not case.revoked,
            version=row["revision"],
        )

    def _to_deliver(self, row: RowMapping, case: Case) -> ToDeliver:
        return ToDeliver(
            case=case.number,
            item_name=case.item_name,
            applicant=row["applicant"] or row["name"],
            department=case.department,
            way=Way(row["way"]),
            state=DeliveryState(row["state"]),
            recipient=msgspec.json.decode(row["recipient"], type=Recipient | None),
            point=self._points.get(row["point"]),
            tracking=row["tracking"],
            keep_until=row["keep_until"],
        )

    def _theirs(self, connection: Connection, number: str, resident: int, now: datetime) -> Case:
        cases, filed = schema.case, schema.application
        row = connection.execute(
            select(cases.c.content, filed.c.number, filed.c.resident, filed.c.request)
            .join(filed, filed.c.id == cases.c.application)
            .where(cases.c.number == number)
        ).one_or_none()
        if row is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        find_application(connection, row.number, resident, now.date())
        authority = msgspec.json.decode(row.request, type=Authorised).authority
        if row.resident != resident and (authority is None or not authority.mandate):
            # who came with a letter sees what they wrote themselves; where the result goes is the applicant's
            raise RefusedRequestError(Code.NOT_FOUND)
        return msgspec.json.decode(row.content, type=Case)

    @staticmethod
    def _owner(connection: Connection, number: str) -> int:
        cases, filed = schema.case, schema.application
        query = select(filed.c.resident).join(cases, cases.c.application == filed.c.id).where(cases.c.number == number)
        return int(connection.execute(query).scalar_one())

    @staticmethod
    def _row(connection: Connection, number: str) -> RowMapping | None:
        table = schema.delivery
        return connection.execute(select(table).where(table.c.case_number == number)).mappings().one_or_none()

    @staticmethod
    def _write(connection: Connection, number: str, before: int, values: dict[str, Any]) -> None:
        table = schema.delivery
        if before == 0:
            connection.execute(insert(table).values(case_number=number, **values))
            return
        changed = connection.execute(
            update(table).where(table.c.case_number == number, table.c.revision == before).values(values)
        )
        if not changed.rowcount:
            raise RefusedRequestError(Code.DELIVERY_CHANGED)


def _wrong(name: str, detail: str) -> ProblemError:
    return ProblemError(detail=detail, pointer=pointer(name))
