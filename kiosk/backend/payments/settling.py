"""Reconciliation (对账): every morning our books of yesterday beside the provider's statement.

What they know and we do not is booked at once, as if its notification had come now: lost money is found here at the
latest. What then still differs is listed for a person.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import msgspec
from sqlalchemy import Connection, select, update

from kiosk.backend.payments import books
from kiosk.backend.payments.provider import Money, PaymentProvider, ProviderSilentError, StatementLine
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_if_new, insert_or_update, schema

AT_HOUR = 1
"""Yesterday's statement is complete an hour after midnight."""
PAYMENT, REFUND = "payment", "refund"
UNKNOWN_ORDER, AMOUNT, NOT_THEIRS, REFUND_NOT_THEIRS, REFUND_NOT_OURS, REFUND_STUCK = (
    "unknown-order",
    "amount",
    "not-theirs",
    "refund-not-theirs",
    "refund-not-ours",
    "refund-stuck",
)


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Something the two books say differently, for the operator."""

    id: int
    day: date
    kind: str
    reference: str
    order: str
    ours_fen: int
    theirs_fen: int
    ended_at: datetime | None
    ended_by: str
    remark: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """One day, compared."""

    day: date
    ours_fen: int
    theirs_fen: int
    differences: int


class Settling:
    """Compares the books."""

    def __init__(
        self,
        settings: BackendSettings,
        database: Database,
        provider: PaymentProvider,
        received: Callable[[Connection, Money], None],
    ) -> None:
        self._settings = settings
        self._database = database
        self._provider = provider
        self._received = received

    async def yesterday(self) -> Settled | None:
        """Compare yesterday once, after its statement is there."""
        now = self._settings.clock()
        day = now.date() - timedelta(days=1)
        if now.hour < AT_HOUR or await self._database.read(partial(_is_settled, day=day)):
            return None
        try:
            return await self.compare(day)
        except ProviderSilentError:
            return None

    async def compare(self, day: date) -> Settled:
        """Compare a day, again if need be.

        Raises:
            ProviderSilentError: there is no statement; nothing was changed.
        """
        statement = await self._provider.statement(day)
        return await self._database.write(partial(self._compare, day=day, statement=statement))

    def _compare(self, connection: Connection, day: date, statement: tuple[StatementLine, ...]) -> Settled:
        now = self._settings.clock()
        for line in statement:
            if line.kind == PAYMENT:
                money = Money(transaction=line.reference, order=line.order, amount_fen=line.amount_fen, paid_at=line.at)
                self._received(connection, money)
        found = [*self._payments(connection, day, statement), *self._refunds(connection, day, statement)]
        for difference in found:
            insert_if_new(
                connection, schema.settlement_difference, {**difference, "day": day, "found_at": now.timestamp()}
            )
        theirs = sum(line.amount_fen if line.kind == PAYMENT else -line.amount_fen for line in statement)
        ours = self._ours(connection, day)
        values = {
            "day": day,
            "at": now.timestamp(),
            "ours_fen": ours,
            "theirs_fen": theirs,
            "differences": len(found),
        }
        insert_or_update(connection, schema.settlement, values, key=["day"], changes=values)
        return Settled(day=day, ours_fen=ours, theirs_fen=theirs, differences=len(found))

    def _payments(
        self, connection: Connection, day: date, statement: tuple[StatementLine, ...]
    ) -> list[dict[str, object]]:
        table = schema.money_in
        theirs = {line.reference: line for line in statement if line.kind == PAYMENT}
        known = {
            row.transaction: row
            for reference in theirs
            for row in connection.execute(select(table).where(table.c.transaction == reference))
        }
        found = []
        for reference, line in theirs.items():
            ours = known.get(reference)
            if ours is None:
                found.append(_difference(UNKNOWN_ORDER, reference, line.order, 0, line.amount_fen))
            elif ours.amount_fen != line.amount_fen:
                found.append(_difference(AMOUNT, reference, line.order, ours.amount_fen, line.amount_fen))
        begins, ends = self._day(day)
        mine = select(table).where(table.c.paid_at >= begins, table.c.paid_at < ends)
        found += [
            _difference(NOT_THEIRS, row.transaction, row.payment_order, row.amount_fen, 0)
            for row in connection.execute(mine)
            if row.transaction not in theirs
        ]
        return found

    def _refunds(
        self, connection: Connection, day: date, statement: tuple[StatementLine, ...]
    ) -> list[dict[str, object]]:
        table = schema.refund
        theirs = {line.reference: line for line in statement if line.kind == REFUND}
        found = []
        for reference, line in theirs.items():
            ours = connection.execute(select(table).where(table.c.id == reference)).one_or_none()
            if ours is None or ours.amount_fen != line.amount_fen:
                amount = 0 if ours is None else ours.amount_fen
                found.append(_difference(REFUND_NOT_OURS, reference, line.order, amount, line.amount_fen))
            elif ours.done_at is not None:
                # money went back when the provider says so, not when a silent line let us hear of it
                booked = update(table).where(table.c.id == reference).values(done_at=line.at.timestamp())
                connection.execute(booked)
        begins, ends = self._day(day)
        # a minute at each end: the provider may have booked it on the other side of midnight
        mine = select(table).where(table.c.done_at >= begins + 60, table.c.done_at < ends - 60)
        found += [
            _difference(REFUND_NOT_THEIRS, row.id, row.payment_order, row.amount_fen, 0)
            for row in connection.execute(mine)
            if row.id not in theirs
        ]
        stuck = select(table).where(table.c.state == books.STUCK)
        found += [
            _difference(REFUND_STUCK, row.id, row.payment_order, row.amount_fen, 0) for row in connection.execute(stuck)
        ]
        return found

    def _ours(self, connection: Connection, day: date) -> int:
        begins, ends = self._day(day)
        money, back = schema.money_in.c, schema.refund.c
        came = connection.execute(
            select(money.amount_fen).where(money.paid_at >= begins, money.paid_at < ends)
        ).scalars()
        went = connection.execute(select(back.amount_fen).where(back.done_at >= begins, back.done_at < ends)).scalars()
        return int(sum(came) - sum(went))

    def _day(self, day: date) -> tuple[float, float]:
        zone = self._settings.clock().tzinfo
        begins = datetime.combine(day, time.min, zone)
        return begins.timestamp(), (begins + timedelta(days=1)).timestamp()


def differences(connection: Connection, zone: datetime, *, open_only: bool = True) -> tuple[Difference, ...]:
    """Return what differs, newest first, for the operator; moments in the time zone of ``zone``."""
    table = schema.settlement_difference
    query = select(table).order_by(table.c.id.desc()).limit(200)
    if open_only:
        query = query.where(table.c.ended_at.is_(None))
    return tuple(
        Difference(
            id=row.id,
            day=row.day,
            kind=row.kind,
            reference=row.reference,
            order=row.payment_order,
            ours_fen=row.ours_fen,
            theirs_fen=row.theirs_fen,
            ended_at=None if row.ended_at is None else datetime.fromtimestamp(row.ended_at, zone.tzinfo),
            ended_by=row.ended_by,
            remark=row.remark,
        )
        for row in connection.execute(query)
    )


def days(connection: Connection, limit: int = 14) -> tuple[Settled, ...]:
    """Return the days that were compared last, the newest first."""
    table = schema.settlement
    return tuple(
        Settled(day=row.day, ours_fen=row.ours_fen, theirs_fen=row.theirs_fen, differences=row.differences)
        for row in connection.execute(select(table).order_by(table.c.day.desc()).limit(limit))
    )


def end_difference(connection: Connection, difference: int, staff: str, remark: str, now: datetime) -> bool:
    """Note how a person sorted a difference out; false when it is sorted out, or there is none."""
    table = schema.settlement_difference
    open_ = update(table).where(table.c.id == difference, table.c.ended_at.is_(None))
    ended = connection.execute(open_.values(ended_at=now.timestamp(), ended_by=staff, remark=remark[:200]))
    return ended.rowcount > 0


def _is_settled(connection: Connection, day: date) -> bool:
    table = schema.settlement.c
    return connection.execute(select(table.day).where(table.day == day)).first() is not None


def _difference(kind: str, reference: str, order: str, ours_fen: int, theirs_fen: int) -> dict[str, object]:
    return {
        "kind": kind,
        "reference": reference,
        "payment_order": order,
        "ours_fen": ours_fen,
        "theirs_fen": theirs_fen,
    }
