"""Our books of payments: what becomes of an order, and of every fen that came.

Every function is one step inside the caller's transaction and may be called again: notifications come twice, late, out
of order, or never. What holds after each step, and a test tries to break: all money that came is either kept for an
order that it paid, or stands in a refund; an order keeps exactly what it costs; an application's item has one order.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from kiosk.backend.payments.provider import Money
from kiosk.backend.storage import insert_if_new, schema
from kiosk.contract import FeeLine, PaymentState

log = logging.getLogger(__name__)

_REASON_CHARS = 80
KEPT, SURPLUS = "kept", "surplus"
WANTED, DONE, STUCK = "wanted", "done", "stuck"
LATE, UNUSED, NOT_NEEDED, NO_CASE = "late", "unused", "not-needed", "no-case"
"""Why money goes back: too late; nothing was submitted; the application did not need it; nothing came of the case."""


class NewOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order to be made."""

    resident: int
    payer: int
    session: str
    terminal: str
    lines: tuple[FeeLine, ...]
    key: str
    fingerprint: bytes
    meant_for: int | None = None


def open_order(connection: Connection, new: NewOrder, now: datetime, expires_at: datetime) -> str:
    """Write an order and return its id."""
    identity = f"P{now:%Y%m%d}{secrets.token_hex(12)}"
    connection.execute(
        insert(schema.payment_order).values(
            id=identity,
            resident=new.resident,
            payer=new.payer,
            session=new.session,
            terminal=new.terminal,
            lines=msgspec.json.encode(new.lines).decode(),
            amount_fen=sum(line.amount_fen for line in new.lines),
            state=PaymentState.CREATED.value,
            qr="",
            created_at=now.timestamp(),
            expires_at=expires_at.timestamp(),
            not_before=expires_at.timestamp(),
            meant_for=new.meant_for,
            key=new.key,
            fingerprint=new.fingerprint,
        )
    )
    return identity


def find(connection: Connection, order: str) -> Any:
    """Return the row of an order, or None."""
    table = schema.payment_order
    return connection.execute(select(table).where(table.c.id == order)).one_or_none()


def lines_of(row: Any) -> tuple[FeeLine, ...]:
    """Return what an order is for."""
    return msgspec.json.decode(row.lines, type=tuple[FeeLine, ...])


def receive(connection: Connection, money: Money, now: datetime, unused_s: int) -> bool:
    """Book money that the provider says has come; return whether it has just paid its order.

    Money that is in the books already changes nothing. What comes for an order that is not waiting for exactly this
    goes back.
    """
    row = find(connection, money.order)
    if row is None:
        # not one of ours, or of a database that was restored: the day's statement shows it to the operator
        log.error("money for an order that nobody knows")
        return False
    pays = row.state == PaymentState.CREATED.value and money.amount_fen == row.amount_fen
    values = {
        "transaction": money.transaction,
        "payment_order": row.id,
        "amount_fen": money.amount_fen,
        "paid_at": money.paid_at.timestamp(),
        "received_at": now.timestamp(),
        "use": KEPT if pays else SURPLUS,
    }
    if not insert_if_new(connection, schema.money_in, values):
        return False
    if not pays:
        _refund(connection, row.id, _money(connection, money.transaction), money.amount_fen, LATE, now)
        return False
    _step(
        connection,
        row.id,
        PaymentState.CREATED,
        PaymentState.PAID,
        paid_at=now.timestamp(),
        until=now.timestamp() + unused_s,
    )
    return True


def end(connection: Connection, order: str, state: PaymentState, now: datetime) -> bool:
    """Cancel or expire an order that was not paid; return whether it was so until now."""
    return _step(connection, order, PaymentState.CREATED, state, ended_at=now.timestamp())


def use(
    connection: Connection, order: str, resident: int, application: int, items: Iterable[str], now: datetime
) -> set[str]:
    """Let an application use a paid order; return the items that it pays.

    What was paid for is not asked about again: the line of an item is its fee, also when the catalogue has changed
    since. Lines that the application does not need go back.
    """
    row = find(connection, order)
    if row is None or row.resident != resident or row.state != PaymentState.PAID.value or row.application is not None:
        return set()
    wanted = set(items)
    paid = {line.item for line in lines_of(row) if line.item in wanted}
    table = schema.payment_order
    mine = update(table).where(table.c.id == order, table.c.application.is_(None))
    if not paid or not connection.execute(mine.values(application=application)).rowcount:
        return set()
    for line in lines_of(row):
        if line.item not in wanted:
            give_back(connection, order, line.item, line.amount_fen, NOT_NEEDED, now)
    return paid


def give_back(connection: Connection, order: str, item: str, amount_fen: int, reason: str, now: datetime) -> bool:
    """Let ``amount_fen`` of what an order keeps go back, once for each ``item``; return whether it does now."""
    table = schema.money_in
    money = connection.execute(select(table).where(table.c.payment_order == order, table.c.use == KEPT)).one_or_none()
    if money is None or amount_fen <= 0:
        return False
    amount = min(amount_fen, money.amount_fen - _going_back(connection, money.id))
    if amount <= 0 or not _refund(connection, order, money, amount, reason, now, item=item):
        return False
    if is_all_back(connection, money.id):
        _step(connection, order, PaymentState.PAID, PaymentState.REFUNDING)
    return True


def give_all_back(connection: Connection, order: str, reason: str, now: datetime) -> bool:
    """Let everything that an order still keeps go back; return whether there was something."""
    table = schema.money_in
    money = connection.execute(select(table).where(table.c.payment_order == order, table.c.use == KEPT)).one_or_none()
    return money is not None and give_back(connection, order, "", money.amount_fen, reason, now)


def refunded(connection: Connection, refund: str, now: datetime) -> None:
    """Note that the provider has paid back."""
    table = schema.refund
    done = update(table).where(table.c.id == refund, table.c.state != DONE)
    if not connection.execute(done.values(state=DONE, done_at=now.timestamp())).rowcount:
        return
    order = connection.execute(select(table.c.payment_order).where(table.c.id == refund)).scalar_one()
    kept = select(func.sum(schema.money_in.c.amount_fen)).where(
        schema.money_in.c.payment_order == order, schema.money_in.c.use == KEPT
    )
    back = (
        select(func.sum(table.c.amount_fen))
        .join(schema.money_in, schema.money_in.c.id == table.c.money)
        .where(table.c.payment_order == order, table.c.state == DONE, schema.money_in.c.use == KEPT)
    )
    if connection.execute(kept).scalar_one() == connection.execute(back).scalar_one():
        _step(connection, order, PaymentState.REFUNDING, PaymentState.REFUNDED, ended_at=now.timestamp())


def alike(connection: Connection, new: NewOrder) -> Any:
    """Return the newest order of the session for the same items that is paid and not used, or can still be paid."""
    table = schema.payment_order
    query = select(table).where(
        table.c.resident == new.resident,
        table.c.payer == new.payer,
        table.c.session == new.session,
        table.c.state.in_((PaymentState.PAID.value, PaymentState.CREATED.value)),
        table.c.application.is_(None),
    )
    items = {line.item for line in new.lines}
    for row in connection.execute(query.order_by(table.c.state.desc(), table.c.created_at.desc())).all():
        if {line.item for line in lines_of(row)} == items and row.meant_for == new.meant_for:
            return row
    return None


def is_all_back(connection: Connection, money: int) -> bool:
    """Return whether nothing of a payment is kept any more."""
    table = schema.money_in.c
    amount = connection.execute(select(table.amount_fen).where(table.id == money)).scalar_one()
    return bool(amount == _going_back(connection, money))


def unused(connection: Connection, now: datetime) -> list[str]:
    """Return paid orders that no application has used in time."""
    table = schema.payment_order.c
    query = select(table.id).where(
        table.state == PaymentState.PAID.value, table.application.is_(None), table.not_before <= now.timestamp()
    )
    return list(connection.execute(query.limit(50)).scalars())


def overdue(connection: Connection, now: datetime) -> list[str]:
    """Return orders that were not paid in time, as far as we know."""
    table = schema.payment_order.c
    query = select(table.id).where(table.state == PaymentState.CREATED.value, table.not_before <= now.timestamp())
    return list(connection.execute(query.order_by(table.not_before).limit(50)).scalars())


def put_off(connection: Connection, order: str, until: datetime) -> None:
    """Let a sweep look at an order later."""
    table = schema.payment_order
    connection.execute(update(table).where(table.c.id == order).values(not_before=until.timestamp()))


def _refund(
    connection: Connection, order: str, money: Any, amount: int, reason: str, now: datetime, item: str = ""
) -> bool:
    values = {
        "id": f"R{now:%Y%m%d}{secrets.token_hex(12)}",
        "money": money.id,
        "payment_order": order,
        "item": item,
        "amount_fen": amount,
        "reason": reason[:_REASON_CHARS],
        "state": WANTED,
        "attempts": 0,
        "not_before": now.timestamp(),
        "at": now.timestamp(),
    }
    table = schema.refund.c
    known = select(table.id).where(table.money == money.id, table.item == item)
    if connection.execute(known).first() is not None:
        return False
    connection.execute(insert(schema.refund).values(values))
    return True


def _money(connection: Connection, transaction: str) -> Any:
    table = schema.money_in
    return connection.execute(select(table).where(table.c.transaction == transaction)).one()


def _going_back(connection: Connection, money: int) -> int:
    table = schema.refund.c
    total = connection.execute(select(func.sum(table.amount_fen)).where(table.money == money)).scalar_one()
    return int(total or 0)


def _step(
    connection: Connection,
    order: str,
    before: PaymentState,
    after: PaymentState,
    *,
    until: float | None = None,
    **changes: float,
) -> bool:
    """Go from one state to another; false when it was not in it."""
    table = schema.payment_order
    values: dict[str, Any] = {"state": after.value, **changes}
    if until is not None:
        values["not_before"] = until
    changed = connection.execute(update(table).where(table.c.id == order, table.c.state == before.value).values(values))
    return changed.rowcount > 0
