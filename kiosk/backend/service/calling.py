"""A counter at work: opened by a clerk, calls the next, calls again, is done. One ticket a counter at a time."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.service.halls import Counter, HallPlan
from kiosk.backend.service.queue import CALLS, Queue
from kiosk.backend.storage import schema
from kiosk.contract import TicketState


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """A counter as its clerk sees it."""

    hall: str
    number: str
    services: tuple[str, ...]
    staff: str
    open: bool
    label: str = ""
    """Of the ticket that was called."""
    ticket: str = ""
    calls: int = 0
    waiting: int = 0


class Called(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the board in the hall."""

    label: str
    counter: str
    at: datetime
    calls: int


class Calling:
    """What clerks do with the queue; each in one transaction that writes."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def sit(self, connection: Connection, hall: str, number: str, staff: str, now: datetime) -> None:
        """Open a counter under a clerk's name; whoever sat there is relieved, their ticket stays.

        Raises:
            RefusedRequestError: ``HALL_UNKNOWN``.
        """
        self._counter(hall, number)
        table = schema.counter
        mine = (table.c.hall == hall) & (table.c.number == number)
        values = {"staff": staff, "open": True, "since": now.timestamp()}
        if not connection.execute(update(table).where(mine).values(values)).rowcount:
            connection.execute(insert(table).values(hall=hall, number=number, ticket=None, **values))

    def leave(self, connection: Connection, hall: str, number: str, staff: str, now: datetime) -> None:
        """Close a counter; the ticket that was called to it is done.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: this clerk does not sit there.
        """
        row = self._mine(connection, hall, number, staff)
        self._finish(connection, row, TicketState.DONE, now)
        table = schema.counter
        connection.execute(
            update(table).where(table.c.hall == hall, table.c.number == number).values(open=False, staff="")
        )

    def call_next(self, connection: Connection, hall: str, number: str, staff: str, now: datetime) -> str:
        """Finish the ticket at the counter and call the next; return its label, empty when nobody waits.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: this clerk does not sit there.
        """
        row = self._mine(connection, hall, number, staff)
        self._finish(connection, row, TicketState.DONE, now)
        counter = self._counter(hall, number)
        table = schema.ticket
        for identity in self._queue.waiting(connection, hall, counter.services, now):
            # the state guards it: a counter of another process may have called the same one a moment ago
            called = connection.execute(
                update(table)
                .where(table.c.id == identity, table.c.state == TicketState.WAITING.value)
                .values(state=TicketState.CALLED.value, called_at=now.timestamp(), calls=1, counter=number)
            )
            if called.rowcount:
                self._seat(connection, hall, number, identity)
                label: str = connection.execute(select(table.c.label).where(table.c.id == identity)).scalar_one()
                return label
        return ""

    def call_again(self, connection: Connection, hall: str, number: str, staff: str, now: datetime) -> bool:
        """Call the ticket at the counter once more; after the third call it has missed it. Return whether it is kept.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: this clerk does not sit there, or called nobody.
        """
        row = self._mine(connection, hall, number, staff)
        table = schema.ticket
        ticket = connection.execute(select(table).where(table.c.id == row["ticket"])).mappings().one_or_none()
        if ticket is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        if ticket["calls"] >= CALLS:
            self._finish(connection, row, TicketState.MISSED, now)
            return False
        connection.execute(
            update(table)
            .where(table.c.id == ticket["id"], table.c.calls == ticket["calls"])
            .values(calls=ticket["calls"] + 1, called_at=now.timestamp())
        )
        return True

    def done(self, connection: Connection, hall: str, number: str, staff: str, now: datetime) -> None:
        """Finish the ticket at the counter.

        Raises:
            RefusedRequestError: ``NOT_FOUND``: this clerk does not sit there.
        """
        self._finish(connection, self._mine(connection, hall, number, staff), TicketState.DONE, now)

    def desks(self, connection: Connection, hall: str, now: datetime) -> tuple[Desk, ...]:
        """Return all counters of a hall, manned or not.

        Raises:
            RefusedRequestError: ``HALL_UNKNOWN``.
        """
        plan = self._plan(hall)
        table, ticket = schema.counter, schema.ticket
        rows = connection.execute(
            select(table, ticket.c.label, ticket.c.calls)
            .join(ticket, ticket.c.id == table.c.ticket, isouter=True)
            .where(table.c.hall == hall)
        ).mappings()
        manned = {row["number"]: row for row in rows}
        return tuple(self._desk(connection, plan, each, manned.get(each.number), now) for each in plan.counters)

    def board(self, connection: Connection, hall: str, now: datetime, limit: int = 8) -> tuple[Called, ...]:
        """Return whom the hall calls, newest first.

        Raises:
            RefusedRequestError: ``HALL_UNKNOWN``.
        """
        self._plan(hall)
        table = schema.ticket
        rows = connection.execute(
            select(table)
            .where(table.c.hall == hall, table.c.day == now.date(), table.c.state == TicketState.CALLED.value)
            .order_by(table.c.called_at.desc())
            .limit(limit)
        ).mappings()
        return tuple(
            Called(
                label=row["label"],
                counter=row["counter"],
                at=datetime.fromtimestamp(row["called_at"], now.tzinfo),
                calls=row["calls"],
            )
            for row in rows
        )

    def _desk(
        self, connection: Connection, plan: HallPlan, counter: Counter, row: RowMapping | None, now: datetime
    ) -> Desk:
        return Desk(
            hall=plan.id,
            number=counter.number,
            services=counter.services,
            staff="" if row is None else row["staff"],
            open=row is not None and row["open"],
            label="" if row is None or row["label"] is None else row["label"],
            ticket="" if row is None or row["ticket"] is None else row["ticket"],
            calls=0 if row is None or row["calls"] is None else row["calls"],
            waiting=len(self._queue.waiting(connection, plan.id, counter.services, now)),
        )

    @staticmethod
    def _finish(connection: Connection, row: RowMapping, to: TicketState, now: datetime) -> None:
        if row["ticket"] is None:
            return
        table = schema.ticket
        connection.execute(
            update(table)
            .where(table.c.id == row["ticket"], table.c.state == TicketState.CALLED.value)
            .values(state=to.value, finished_at=now.timestamp())
        )
        desk = schema.counter
        connection.execute(
            update(desk).where(desk.c.hall == row["hall"], desk.c.number == row["number"]).values(ticket=None)
        )

    @staticmethod
    def _seat(connection: Connection, hall: str, number: str, ticket: str) -> None:
        table = schema.counter
        connection.execute(update(table).where(table.c.hall == hall, table.c.number == number).values(ticket=ticket))

    @staticmethod
    def _mine(connection: Connection, hall: str, number: str, staff: str) -> RowMapping:
        table = schema.counter
        row = connection.execute(
            select(table).where(table.c.hall == hall, table.c.number == number, table.c.staff == staff, table.c.open)
        ).mappings()
        found = row.one_or_none()
        if found is None:
            raise RefusedRequestError(Code.NOT_FOUND)
        return found

    def _plan(self, hall: str) -> HallPlan:
        plan = self._queue.plans.get(hall)
        if plan is None:
            raise RefusedRequestError(Code.HALL_UNKNOWN)
        return plan

    def _counter(self, hall: str, number: str) -> Counter:
        counter = self._plan(hall).counter(number)
        if counter is None:
            raise RefusedRequestError(Code.HALL_UNKNOWN)
        return counter
