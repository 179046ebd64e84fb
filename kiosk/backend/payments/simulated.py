"""The payment provider of the simulated city: a bank with books of its own, at the other end of the wire.

It is paid from the simulated phone, signs what it tells, tells it until it was heard, and never looks into our tables.
"""

from __future__ import annotations

import base64
import binascii
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Select, func, insert, select, update

from kiosk.backend.payments.provider import (
    Money,
    NotificationRefusedError,
    RefundRefusedError,
    Standing,
    StatementLine,
)
from kiosk.backend.problems import Code, RefusedRequestError
from kiosk.backend.secrets_file import secret_file
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_if_new, schema
from kiosk.contract import SimulatedPaid

log = logging.getLogger(__name__)

SCHEME = "onething-pay:"
"""What our QR codes begin with: no wallet of this world knows it, so nobody pays with real money."""
TIMESTAMP, SIGNATURE = "provider-timestamp", "provider-signature"
"""Headers of a notification; Ed25519 over timestamp, line feed and body."""
AGE_S = 300
"""A notification signed longer ago is refused: the provider signs anew each time it tells."""
_OPEN, _PAID, _CLOSED = "open", "paid", "closed"
_PAYMENT, _REFUND = "payment", "refund"
_TELL_S = (0.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 3600.0, 6 * 3600.0)
"""How long after the payment, or after the time before, it tells."""
_BATCH = 20

Heard = Callable[[Mapping[str, str], bytes], Awaitable[None]]


class _Told(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Body of a notification."""

    transaction: str
    order: str
    amount_fen: int
    paid_at: datetime


class SimulatedProvider:
    """The provider; see ``PaymentProvider``."""

    def __init__(self, settings: BackendSettings, database: Database, keys: Path) -> None:
        """Make it; its private key is kept in ``keys``."""
        self._settings = settings
        self._database = database
        self._key = Ed25519PrivateKey.from_private_bytes(
            secret_file(keys / "payment-provider.key", lambda: Ed25519PrivateKey.generate().private_bytes_raw())
        )

    async def charge(self, order: str, amount_fen: int, subject: str, expires_at: datetime) -> str:
        """Open an order; see ``PaymentProvider``."""
        values = {
            "payment_order": order,
            "code": secrets.token_urlsafe(18),
            "amount_fen": amount_fen,
            "subject": subject,
            "state": _OPEN,
            "expires_at": expires_at.timestamp(),
        }

        def write(connection: Connection) -> str:
            table = schema.simulated_charge
            insert_if_new(connection, table, values)
            return str(connection.execute(select(table.c.code).where(table.c.payment_order == order)).scalar_one())

        return SCHEME + await self._database.write(write)

    async def standing(self, order: str) -> Standing:
        """Say what is known; see ``PaymentProvider``."""
        return await self._database.read(partial(self._standing, order=order))

    async def close(self, order: str) -> Standing:
        """Close an order; see ``PaymentProvider``."""

        def write(connection: Connection) -> Standing:
            table = schema.simulated_charge
            connection.execute(
                update(table).where(table.c.payment_order == order, table.c.state == _OPEN).values(state=_CLOSED)
            )
            return self._standing(connection, order)

        return await self._database.write(write)

    async def refund(self, refund: str, transaction: str, amount_fen: int) -> None:
        """Pay back; see ``PaymentProvider``."""

        def write(connection: Connection) -> None:
            table = schema.simulated_transaction
            paid = connection.execute(
                select(table).where(table.c.id == transaction, table.c.kind == _PAYMENT)
            ).one_or_none()
            if connection.execute(select(table.c.id).where(table.c.reference == refund)).first() is not None:
                return
            if paid is None:
                raise RefundRefusedError("no such payment")
            back = select(func.sum(table.c.amount_fen)).where(
                table.c.payment_order == paid.payment_order, table.c.kind == _REFUND
            )
            before = connection.execute(back).scalar_one() or 0
            if not 0 < amount_fen <= paid.amount_fen - before:
                raise RefundRefusedError("more than was paid")
            self._book(connection, _REFUND, paid.payment_order, refund, amount_fen, self._settings.clock())

        await self._database.write(write)

    async def statement(self, day: date) -> tuple[StatementLine, ...]:
        """Return the day's statement; see ``PaymentProvider``."""
        zone = self._settings.clock().tzinfo
        begins = datetime.combine(day, time.min, zone)
        ends = datetime.combine(day + timedelta(days=1), time.min, zone)

        def read(connection: Connection) -> tuple[StatementLine, ...]:
            table = schema.simulated_transaction
            query = select(table).where(table.c.at >= begins.timestamp(), table.c.at < ends.timestamp())
            return tuple(
                StatementLine(
                    kind=row.kind,
                    reference=row.id if row.kind == _PAYMENT else row.reference,
                    order=row.payment_order,
                    amount_fen=row.amount_fen,
                    at=datetime.fromtimestamp(row.at, zone),
                )
                for row in connection.execute(query.order_by(table.c.at, table.c.id))
            )

        return await self._database.read(read)

    def notification(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Money:
        """Read a notification; see ``PaymentProvider``."""
        try:
            stamp = headers[TIMESTAMP]
            signature = base64.b64decode(headers[SIGNATURE], validate=True)
            signed = int(stamp)
            self._key.public_key().verify(signature, stamp.encode() + b"\n" + body)
            told = msgspec.json.decode(body, type=_Told)
        except (KeyError, ValueError, binascii.Error, InvalidSignature, msgspec.DecodeError) as error:
            raise NotificationRefusedError(type(error).__name__) from error
        if abs(now.timestamp() - signed) > AGE_S:
            raise NotificationRefusedError("too old")
        return Money(transaction=told.transaction, order=told.order, amount_fen=told.amount_fen, paid_at=told.paid_at)

    def signed(self, transaction: str, order: str, amount_fen: int, paid_at: datetime) -> tuple[dict[str, str], bytes]:
        """Return the headers and the body of a notification, as they leave the provider now."""
        told = _Told(transaction=transaction, order=order, amount_fen=amount_fen, paid_at=paid_at)
        body = msgspec.json.encode(told)
        stamp = str(int(self._settings.clock().timestamp()))
        signature = base64.b64encode(self._key.sign(stamp.encode() + b"\n" + body)).decode()
        return {TIMESTAMP: stamp, SIGNATURE: signature}, body

    def pay(self, connection: Connection, qr: str) -> SimulatedPaid:
        """Pay what a code says, in one transaction that writes; the backend is told afterwards.

        Raises:
            RefusedRequestError: ``PAYMENT_CLOSED``: the code is unknown, paid, closed or too old; nothing was paid.
        """
        now = self._settings.clock()
        table = schema.simulated_charge
        ours = qr.startswith(SCHEME)
        row = connection.execute(select(table).where(table.c.code == qr.removeprefix(SCHEME))).one_or_none()
        if not ours or row is None or row.state != _OPEN or now.timestamp() >= row.expires_at:
            raise RefusedRequestError(Code.PAYMENT_CLOSED)
        connection.execute(update(table).where(table.c.payment_order == row.payment_order).values(state=_PAID))
        transaction = self._book(connection, _PAYMENT, row.payment_order, row.payment_order, row.amount_fen, now)
        connection.execute(
            insert(schema.simulated_notification).values(
                transaction=transaction, attempts=0, not_before=now.timestamp() + _TELL_S[0], delivered_at=None
            )
        )
        return SimulatedPaid(transaction=transaction, amount_fen=row.amount_fen, subject=row.subject)

    async def tell(self, heard: Heard) -> int:
        """Tell the backend of payments it was not told of, by ``heard``; return how many it has heard."""
        now = self._settings.clock()
        if not await self._database.read(partial(_is_anything_to_tell, now=now)):
            return 0
        count = 0
        for row in await self._database.write(partial(self._to_tell, now=now)):
            headers, body = self.signed(
                row.transaction, row.payment_order, row.amount_fen, datetime.fromtimestamp(row.at, now.tzinfo)
            )
            try:
                await heard(headers, body)
            except Exception as failure:  # noqa: BLE001 - whatever the other side's trouble is, it is told again
                log.warning("a payment could not be told: %s", type(failure).__name__)
                continue
            await self._database.write(partial(self._heard, notification=row.id, now=now))
            count += 1
        return count

    def _to_tell(self, connection: Connection, now: datetime) -> list[_Telling]:
        """Return what is due to be told, each put off to its next time."""
        table, booked = schema.simulated_notification, schema.simulated_transaction
        rows = connection.execute(
            select(
                table.c.id,
                table.c.attempts,
                table.c.transaction,
                booked.c.payment_order,
                booked.c.amount_fen,
                booked.c.at,
            )
            .join(booked, booked.c.id == table.c.transaction)
            .where(table.c.id.in_(_untold(now)))
            .order_by(table.c.not_before)
            .limit(_BATCH)
        ).all()
        for row in rows:
            later = _TELL_S[min(row.attempts + 1, len(_TELL_S) - 1)]
            connection.execute(
                update(table)
                .where(table.c.id == row.id)
                .values(attempts=row.attempts + 1, not_before=now.timestamp() + later)
            )
        return [
            _Telling(
                id=row.id,
                transaction=row.transaction,
                payment_order=row.payment_order,
                amount_fen=row.amount_fen,
                at=row.at,
            )
            for row in rows
        ]

    @staticmethod
    def _heard(connection: Connection, notification: int, now: datetime) -> None:
        table = schema.simulated_notification
        connection.execute(update(table).where(table.c.id == notification).values(delivered_at=now.timestamp()))

    def _standing(self, connection: Connection, order: str) -> Standing:
        charge, booked = schema.simulated_charge.c, schema.simulated_transaction.c
        row = connection.execute(
            select(charge.state, charge.expires_at).where(charge.payment_order == order)
        ).one_or_none()
        now = self._settings.clock()
        paid = connection.execute(
            select(booked.id, booked.amount_fen, booked.at).where(
                booked.payment_order == order, booked.kind == _PAYMENT
            )
        )
        money = tuple(
            Money(
                transaction=each.id,
                order=order,
                amount_fen=each.amount_fen,
                paid_at=datetime.fromtimestamp(each.at, now.tzinfo),
            )
            for each in paid
        )
        is_open = row is not None and row.state == _OPEN and now.timestamp() < row.expires_at
        return Standing(open=is_open, money=money)

    @staticmethod
    def _book(connection: Connection, kind: str, order: str, reference: str, amount_fen: int, at: datetime) -> str:
        transaction = f"SIM{at:%Y%m%d}{secrets.token_hex(10)}"
        connection.execute(
            insert(schema.simulated_transaction).values(
                id=transaction,
                kind=kind,
                payment_order=order,
                reference=reference,
                amount_fen=amount_fen,
                at=at.timestamp(),
            )
        )
        return transaction


def _is_anything_to_tell(connection: Connection, now: datetime) -> bool:
    return connection.execute(_untold(now).limit(1)).first() is not None


def _untold(now: datetime) -> Select[Any]:
    """Return the notifications that are due and were not heard."""
    table = schema.simulated_notification.c
    return select(table.id).where(
        table.delivered_at.is_(None), table.not_before <= now.timestamp(), table.attempts < len(_TELL_S)
    )


class _Telling(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    transaction: str
    payment_order: str
    amount_fen: int
    at: float
