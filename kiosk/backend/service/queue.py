"""云叫号: tickets for now and for a booked time, called by counters in a fair order.

Who comes first: a booking whose time has come goes before everybody who walked in, in the order of their times; who
comes late with a booking, or comes back after having missed the call, stands where somebody stands who comes now.
Everybody else in the order they came. A counter calls only what it does.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, and_, func, insert, select, update

from kiosk.backend.applications.numbers import next_value
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.service.halls import HallPlan, Service
from kiosk.backend.storage import schema
from kiosk.contract import Hall, HallService, Slot, Ticket, TicketRequest, TicketState

CALLS = 3
"""Who was called so often and did not come has missed it."""
EARLY = timedelta(minutes=30)
"""Who has booked may say from this long before that they are there."""
LATE = timedelta(minutes=30)
"""A booking is kept this long after its time; after that whoever has it stands in line."""
_MEASURED = 20
"""Tickets the length of the wait is reckoned from."""
_LONGEST_S = 3600
"""A ticket that was open longer than this was forgotten, not served."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in a queue."""

    id: str
    came_at: float
    """When the ticket was taken, or when they said that they are there."""
    serial: int
    """In the order of the tickets: who came in the same second."""
    starts_at: float | None = None
    """The booked time, as long as the booking is good."""


def order(standing: Iterable[Standing], now: float) -> tuple[Standing, ...]:
    """Return who is called first, second …: bookings whose time has come, then everybody as they came.

    A booking whose time is still to come stands where its time puts it among those who walked in: nobody who comes
    after that time is before it.
    """

    def key(one: Standing) -> tuple[int, float, int, str]:
        if one.starts_at is not None and one.starts_at <= now:
            return 0, one.starts_at, one.serial, one.id
        return 1, max(one.came_at, one.starts_at or 0), one.serial, one.id

    return tuple(sorted(standing, key=key))


def minutes(ahead: int, counters: int, each_minutes: float) -> tuple[int, int]:
    """Return the least and the most minutes of a wait: a promise that is kept more often than not."""
    expected = ahead / max(1, counters) * each_minutes
    least = int(expected * 0.7)
    return least, max(5, least + 5, round(expected * 1.4 / 5 + 0.49) * 5)


class Queue:
    """The queues of all halls."""

    def __init__(self, halls: Sequence[HallPlan]) -> None:
        self._halls: Mapping[str, HallPlan] = {hall.id: hall for hall in halls}

    @property
    def plans(self) -> Mapping[str, HallPlan]:
        """The halls by their ids."""
        return self._halls

    def halls(self, connection: Connection, now: datetime) -> tuple[Hall, ...]:
        """Return the halls with their queues as they are now."""
        return tuple(self._hall(connection, hall, now) for hall in self._halls.values())

    def slots(self, connection: Connection, hall: str, service: str, now: datetime) -> tuple[Slot, ...]:
        """Return the times that can be booked, with how many are free at each.

        Raises:
            RefusedRequestError: ``HALL_UNKNOWN``.
        """
        plan, one = self._known(hall, service)
        taken = self._taken(connection, plan.id, one.id, now)
        free = ((moment, one.slot_people - taken.get(moment.timestamp(), 0)) for moment in plan.slots(now))
        return tuple(Slot(starts_at=moment, free=left) for moment, left in free if left > 0)

    def take(self, connection: Connection, request: TicketRequest, resident: int | None, now: datetime) -> Ticket:
        """Give a ticket; the same session gets the same one while it is good.

        Raises:
            RefusedRequestError: ``HALL_UNKNOWN``, ``HALL_CLOSED``; for a booking ``HALL_FULL`` and ``TICKET_BOOKED``.
                Nothing was written.
        """
        plan, service = self._known(request.hall, request.service)
        table = schema.ticket
        same = and_(table.c.session == request.session, table.c.hall == plan.id, table.c.service == service.id)
        earlier = connection.execute(select(table).where(same)).mappings().one_or_none()
        if earlier is not None:
            return self._told(connection, earlier, now)
        if request.starts_at is None:
            return self._walk_in(connection, plan, service, request, now)
        return self._book(connection, plan, service, request, resident, now)

    def read(self, connection: Connection, identity: str, now: datetime) -> Ticket:
        """Return a ticket as it stands.

        Raises:
            RefusedRequestError: ``NOT_FOUND``.
        """
        return self._told(connection, self._row(connection, identity), now)

    def mine(self, connection: Connection, resident: int, now: datetime) -> tuple[Ticket, ...]:
        """Return what a verified person has booked, the next first."""
        table = schema.ticket
        alive = [TicketState.BOOKED.value, TicketState.WAITING.value, TicketState.CALLED.value]
        rows = connection.execute(
            select(table)
            .where(table.c.resident == resident, table.c.state.in_(alive), table.c.day >= now.date())
            .order_by(table.c.starts_at)
        )
        return tuple(self._told(connection, row, now) for row in rows.mappings())

    def arrive(self, connection: Connection, identity: str, now: datetime) -> Ticket:
        """Say that somebody with a booking is there, or that who missed the call is back (once).

        Raises:
            RefusedRequestError: ``NOT_FOUND``; ``TICKET_OVER``: of another day, too early, or it cannot come back.
        """
        row = self._row(connection, identity)
        table = schema.ticket
        values: dict[str, Any] = {"state": TicketState.WAITING.value, "arrived_at": now.timestamp(), "calls": 0}
        early = row["starts_at"] is not None and row["starts_at"] - EARLY.total_seconds() > now.timestamp()
        missed = row["state"] == TicketState.MISSED.value and not row["returned"]
        if row["day"] != now.date() or early or not (row["state"] == TicketState.BOOKED.value or missed):
            if row["state"] == TicketState.WAITING.value:
                return self._told(connection, row, now)
            raise RefusedRequestError(Code.TICKET_OVER)
        if missed:
            values["returned"] = True
        connection.execute(update(table).where(table.c.id == identity, table.c.state == row["state"]).values(values))
        return self.read(connection, identity, now)

    def cancel(self, connection: Connection, identity: str) -> None:
        """Give a ticket back; the place in the queue or the booked time is free again.

        Raises:
            RefusedRequestError: ``NOT_FOUND``; ``TICKET_OVER``: it was called already, or is done.
        """
        row = self._row(connection, identity)
        if row["state"] == TicketState.CANCELLED.value:
            return
        waiting = [TicketState.BOOKED.value, TicketState.WAITING.value]
        table = schema.ticket
        # its session may take another one
        values = {"state": TicketState.CANCELLED.value, "session": f"{row['session'][:40]}/{secrets.token_hex(8)}"}
        changed = connection.execute(
            update(table).where(table.c.id == identity, table.c.state.in_(waiting)).values(values)
        )
        if not changed.rowcount:
            raise RefusedRequestError(Code.TICKET_OVER)

    def waiting(self, connection: Connection, hall: str, services: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Return the tickets that wait for one of ``services``, in the order they will be called."""
        rows = self._standing(connection, hall, services, now)
        return tuple(each.id for each in order(rows, now.timestamp()))

    def _hall(self, connection: Connection, plan: HallPlan, now: datetime) -> Hall:
        return Hall(
            id=plan.id,
            name=plan.name,
            address=plan.address,
            hours=plan.hours_said,
            open=plan.is_open(now),
            opens_at=plan.opens_at(now),
            services=tuple(self._service(connection, plan, each, now) for each in plan.services),
        )

    def _service(self, connection: Connection, plan: HallPlan, service: Service, now: datetime) -> HallService:
        waiting = len(self._standing(connection, plan.id, (service.id,), now))
        least, most = self._wait(connection, plan, service, waiting)
        return HallService(
            id=service.id,
            name=service.name,
            letter=service.letter,
            departments=service.departments,
            items=service.items,
            waiting=waiting,
            open=plan.is_open(now),
            minutes_least=least,
            minutes_most=most,
        )

    def _walk_in(
        self, connection: Connection, plan: HallPlan, service: Service, request: TicketRequest, now: datetime
    ) -> Ticket:
        if not plan.is_open(now):
            raise RefusedRequestError(Code.HALL_CLOSED)
        serial = next_value(connection, f"ticket-{plan.id}-{service.letter}-{now:%Y%m%d}")
        values = {
            "day": now.date(),
            "serial": serial,
            "label": f"{service.letter}{serial:03d}",
            "state": TicketState.WAITING.value,
            "starts_at": None,
            "resident": None,
        }
        return self._insert(connection, plan, service, request, values, now)

    def _book(
        self,
        connection: Connection,
        plan: HallPlan,
        service: Service,
        request: TicketRequest,
        resident: int | None,
        now: datetime,
    ) -> Ticket:
        if resident is None:
            raise RefusedRequestError(Code.TOKEN_MISSING)
        table = schema.ticket
        booked = and_(
            table.c.resident == resident,
            table.c.hall == plan.id,
            table.c.service == service.id,
            table.c.state == TicketState.BOOKED.value,
            table.c.day >= now.date(),
        )
        if connection.execute(select(func.count()).select_from(table).where(booked)).scalar_one():
            raise RefusedRequestError(Code.TICKET_BOOKED)
        at = None if request.starts_at is None or request.starts_at.tzinfo is None else request.starts_at
        if at is None or at not in plan.slots(now):
            raise RefusedRequestError(Code.HALL_FULL)
        at = at.astimezone(now.tzinfo)
        # the counter of the slot is taken in order and locks its row: two processes never give the last place twice
        place = next_value(connection, f"slot-{plan.id}-{service.id}-{at:%Y%m%d%H%M}")
        if self._taken(connection, plan.id, service.id, now).get(at.timestamp(), 0) >= service.slot_people:
            raise RefusedRequestError(Code.HALL_FULL)
        values = {
            "day": at.date(),
            "serial": place,
            "label": f"{service.letter}{at:%H%M}-{place:02d}",
            "state": TicketState.BOOKED.value,
            "starts_at": at.timestamp(),
            "resident": resident,
        }
        return self._insert(connection, plan, service, request, values, now)

    def _insert(
        self,
        connection: Connection,
        plan: HallPlan,
        service: Service,
        request: TicketRequest,
        values: dict[str, Any],
        now: datetime,
    ) -> Ticket:
        identity = secrets.token_urlsafe(18)
        rest = {
            "id": identity,
            "hall": plan.id,
            "service": service.id,
            "session": request.session,
            "terminal": request.terminal,
            "issued_at": now.timestamp(),
            "arrived_at": None,
            "called_at": None,
            "calls": 0,
            "counter": "",
            "finished_at": None,
            "returned": False,
        }
        connection.execute(insert(schema.ticket).values(rest | values))
        return self.read(connection, identity, now)

    def _taken(self, connection: Connection, hall: str, service: str, now: datetime) -> dict[float, int]:
        table = schema.ticket
        gone = [TicketState.CANCELLED.value]
        rows = connection.execute(
            select(table.c.starts_at, func.count())
            .where(
                table.c.hall == hall,
                table.c.service == service,
                table.c.day >= now.date(),
                table.c.starts_at.is_not(None),
                table.c.state.not_in(gone),
            )
            .group_by(table.c.starts_at)
        )
        return {float(at): int(count) for at, count in rows if at is not None}

    def _standing(
        self, connection: Connection, hall: str, services: Sequence[str], now: datetime
    ) -> tuple[Standing, ...]:
        """Return who is there today and waits for one of ``services``."""
        table = schema.ticket
        rows = connection.execute(
            select(table).where(
                table.c.hall == hall,
                table.c.day == now.date(),
                table.c.state == TicketState.WAITING.value,
                table.c.service.in_(services),
            )
        )
        return tuple(_standing(row) for row in rows.mappings())

    @staticmethod
    def _wait(connection: Connection, plan: HallPlan, service: Service, ahead: int) -> tuple[int, int]:
        """Return how long somebody waits with ``ahead`` people before them: from what the last ones took."""
        table = schema.ticket
        rows = connection.execute(
            select(table.c.called_at, table.c.finished_at)
            .where(
                table.c.hall == plan.id,
                table.c.service == service.id,
                table.c.state == TicketState.DONE.value,
                table.c.finished_at.is_not(None),
            )
            .order_by(table.c.finished_at.desc())
            .limit(_MEASURED)
        )
        took = [end - begun for begun, end in rows if begun is not None and 0 < end - begun < _LONGEST_S]
        each_minutes = median(took) / 60 if len(took) >= _MEASURED // 4 else float(service.minutes)
        desk = schema.counter
        manned = set(connection.execute(select(desk.c.number).where(desk.c.hall == plan.id, desk.c.open)).scalars())
        able = [each for each in plan.counters if service.id in each.services]
        counters = sum(each.number in manned for each in able) or len(able)
        return minutes(ahead, counters, each_minutes)

    def _told(self, connection: Connection, row: RowMapping, now: datetime) -> Ticket:
        plan = self._halls.get(row["hall"])
        service = None if plan is None else plan.service(row["service"])
        if plan is None or service is None:
            # the hall was rebuilt since; its tickets are of no use any more
            raise RefusedRequestError(Code.HALL_UNKNOWN)
        state = TicketState(row["state"])
        ahead, least, most = 0, 0, 0
        if state is TicketState.WAITING and row["day"] == now.date():
            ahead = self._ahead(connection, plan, row, now)
            least, most = self._wait(connection, plan, service, ahead)
        able = [each for each in plan.counters if service.id in each.services]
        counter = plan.counter(row["counter"]) or able[0]
        return Ticket(
            id=row["id"],
            label=row["label"],
            hall=plan.id,
            hall_name=plan.name,
            service=service.id,
            service_name=service.name,
            state=state,
            ahead=ahead,
            minutes_least=least,
            minutes_most=most,
            counter=counter.number,
            way=counter.way,
            plan=counter.plan,
            issued_at=datetime.fromtimestamp(row["issued_at"], now.tzinfo),
            starts_at=None if row["starts_at"] is None else datetime.fromtimestamp(row["starts_at"], now.tzinfo),
        )

    def _ahead(self, connection: Connection, plan: HallPlan, row: RowMapping, now: datetime) -> int:
        mine = self._standing(connection, plan.id, (row["service"],), now)
        return [each.id for each in order(mine, now.timestamp())].index(row["id"])

    def _known(self, hall: str, service: str) -> tuple[HallPlan, Service]:
        plan = self._halls.get(hall)
        found = None if plan is None else plan.service(service)
        if plan is None or found is None:
            raise RefusedRequestError(Code.HALL_UNKNOWN)
        return plan, found

    @staticmethod
    def _row(connection: Connection, identity: str) -> RowMapping:
        table = schema.ticket
        row = connection.execute(select(table).where(table.c.id == identity)).mappings().one_or_none()
        if row is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        return row


def _standing(row: RowMapping) -> Standing:
    came = row["arrived_at"] if row["arrived_at"] is not None else row["issued_at"]
    starts = row["starts_at"]
    good = starts is not None and not row["returned"] and came <= starts + LATE.total_seconds()
    return Standing(id=row["id"], came_at=came, serial=row["serial"], starts_at=starts if good else None)
