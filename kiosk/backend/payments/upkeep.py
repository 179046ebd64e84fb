"""What happens to money by itself: orders end, refunds are paid, unused money goes home, books are compared.

A round may be done by several processes at once, or cut off anywhere: each step is guarded in the database, and a
refund has one number at the provider however often it is sent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, and_, exists, select, update

from kiosk.backend.applications.sentences import put
from kiosk.backend.notices import Notices
from kiosk.backend.notices.kinds import REFUND
from kiosk.backend.payments import books
from kiosk.backend.payments.payments import Payments
from kiosk.backend.payments.provider import PaymentProvider, ProviderSilentError, RefundRefusedError
from kiosk.backend.payments.receipts import Receipts, amount_text
from kiosk.backend.payments.sentences import BACK_DONE
from kiosk.backend.payments.settling import Settling
from kiosk.backend.payments.simulated import SimulatedProvider
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.contract import CaseState

log = logging.getLogger(__name__)

EARNED = (CaseState.APPROVED.value,)
"""The fee stays."""
NOTHING_MADE = ("withdrawn", "not-accepted", "refused")
"""The fee goes back: all fees of the catalogue are for what is made (工本费) or entered (登记费), and nothing was."""
_BATCH = 50


class DueRefund(msgspec.Struct, frozen=True, kw_only=True):
    """A refund to be sent."""

    id: str
    transaction: str
    amount_fen: int
    attempts: int


class Upkeep:
    """Looks after orders, refunds and the day's statement."""

    def __init__(
        self,
        settings: BackendSettings,
        database: Database,
        payments: Payments,
        provider: PaymentProvider,
        receipts: Receipts,
        notices: Notices,
    ) -> None:
        self._settings = settings
        self._database = database
        self._payments = payments
        self._provider = provider
        self._receipts = receipts
        self._notices = notices
        self._settling = Settling(settings, database, provider, payments.received)
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Look now; on the event loop."""
        self._awake.set()

    async def work(self) -> None:
        """Do what is due, until cancelled."""
        while True:
            self._awake.clear()
            try:
                await self.round()
            except Exception as failure:  # noqa: BLE001 - whatever it was, money waits in the database for the next round
                log.error("payments: %s", type(failure).__name__)  # noqa: TRY400 - see failures.py
            try:
                async with asyncio.timeout(self._payments.pace.poll_s):
                    await self._awake.wait()
            except TimeoutError:
                continue

    async def round(self) -> None:
        """Do everything that is due now, once."""
        if isinstance(self._provider, SimulatedProvider):
            await self._provider.tell(self._payments.notified)
        now = self._settings.clock()
        for order in await self._database.read(partial(books.overdue, now=now)):
            await self._payments.close_late(order)
        if await self._database.read(partial(self._is_anything_to_give_back, now=now)):
            await self._database.write(partial(self.give_back, now=now))
        for refund in await self._database.read(partial(self._due, now=now)):
            await self._send(refund)
        await self._settling.yesterday()

    def give_back(self, connection: Connection, now: datetime) -> Sequence[int]:
        """Let go back what was paid and not used, and the fees of cases that nothing was made of."""
        for order in books.unused(connection, now):
            books.give_all_back(connection, order, books.UNUSED, now)
        table = schema.fee
        for row in connection.execute(self._ended()).all():
            if row.state in NOTHING_MADE:
                books.give_back(connection, row.payment_order, row.item, row.amount_fen, books.NO_CASE, now)
            connection.execute(update(table).where(table.c.id == row.id).values(settled_at=now.timestamp()))
        return ()

    def _is_anything_to_give_back(self, connection: Connection, now: datetime) -> bool:
        return bool(books.unused(connection, now)) or connection.execute(self._ended()).first() is not None

    @staticmethod
    def _ended() -> Select[Any]:
        table, case = schema.fee.c, schema.case.c
        return (
            select(table.id, table.item, table.payment_order, table.amount_fen, case.state)
            .join(schema.case, and_(case.application == table.application, case.item == table.item))
            .where(table.settled_at.is_(None), case.state.in_((*EARNED, *NOTHING_MADE)))
            .limit(_BATCH)
        )

    @staticmethod
    def _due(connection: Connection, now: datetime) -> list[DueRefund]:
        table, money = schema.refund.c, schema.money_in.c
        query = (
            select(table.id, table.amount_fen, table.attempts, money.transaction)
            .join(schema.money_in, money.id == table.money)
            .where(table.state == books.WANTED, table.not_before <= now.timestamp())
            .order_by(table.not_before)
            .limit(_BATCH)
        )
        return [
            DueRefund(id=row.id, transaction=row.transaction, amount_fen=row.amount_fen, attempts=row.attempts)
            for row in connection.execute(query)
        ]

    async def _send(self, refund: DueRefund) -> None:
        """Send a refund; put off before, so that a crash or another process sends it again later and not at once."""
        if not await self._database.write(partial(self._claim, refund=refund)):
            return
        try:
            await self._provider.refund(refund.id, refund.transaction, refund.amount_fen)
        except ProviderSilentError:
            return
        except RefundRefusedError:
            await self._database.write(partial(_stuck, refund=refund.id))
            return
        order = await self._database.write(partial(self._done, refund=refund.id))
        self._payments.watchers.ring(order)

    def _claim(self, connection: Connection, refund: DueRefund) -> bool:
        pace = self._payments.pace
        table = schema.refund
        mine = and_(table.c.id == refund.id, table.c.state == books.WANTED, table.c.attempts == refund.attempts)
        if refund.attempts >= pace.refund_attempts:
            connection.execute(update(table).where(mine).values(state=books.STUCK))
            return False
        wait_s = pace.refund_first_s * 2**refund.attempts
        later = self._settings.clock() + timedelta(seconds=wait_s)
        claimed = update(table).where(mine).values(attempts=refund.attempts + 1, not_before=later.timestamp())
        return connection.execute(claimed).rowcount > 0

    def _done(self, connection: Connection, refund: str) -> str:
        """Book a refund that was paid: the receipt is taken back and the payer told."""
        now = self._settings.clock()
        table, money = schema.refund.c, schema.money_in.c
        row = connection.execute(
            select(schema.refund, money.use, money.amount_fen.label("paid_fen"))
            .join(schema.money_in, money.id == table.money)
            .where(table.id == refund)
        ).one()
        if row.state == books.DONE:
            return str(row.payment_order)
        books.refunded(connection, refund, now)
        order = books.find(connection, row.payment_order)
        if row.use == books.KEPT:
            lines = [line for line in books.lines_of(order) if row.item in {"", line.item}]
            open_ = exists().where(table.money == row.money, table.state != books.DONE)
            whole = books.is_all_back(connection, row.money) and not connection.execute(select(open_)).scalar_one()
            self._receipts.take_back(connection, order.id, refund, order.payer, lines, row.amount_fen, now, whole=whole)
        text = put(BACK_DONE, amount=amount_text(row.amount_fen))
        self._notices.tell(connection, order.payer, REFUND, text, about=order.id, now=now, once=f"refund-{refund}")
        return str(order.id)


def try_again(connection: Connection, refund: str, now: datetime) -> bool:
    """Send a refund that was given up anew; false when it is none, or was paid meanwhile."""
    table = schema.refund
    values = {"state": books.WANTED, "attempts": 0, "not_before": now.timestamp()}
    stuck = update(table).where(table.c.id == refund, table.c.state == books.STUCK)
    return connection.execute(stuck.values(values)).rowcount > 0


def _stuck(connection: Connection, refund: str) -> None:
    table = schema.refund
    connection.execute(
        update(table).where(table.c.id == refund, table.c.state == books.WANTED).values(state=books.STUCK)
    )
    log.error("a refund is refused by the provider")
