"""Fees from the citizen's side: what is due, an order and its code, paid or not, and the application that uses it."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, insert, select, update

from kiosk.backend.applications.sentences import put
from kiosk.backend.facts import ITEMS_MOST, Knowledge
from kiosk.backend.mandates import Acting, Right, acting
from kiosk.backend.payments import books
from kiosk.backend.payments.books import NewOrder
from kiosk.backend.payments.fees import LetOff, Reliefs, has_fee, lines
from kiosk.backend.payments.provider import (
    Money,
    NotificationRefusedError,
    PaymentProvider,
    ProviderSilentError,
    Standing,
)
from kiosk.backend.payments.receipts import Receipts, amount_text
from kiosk.backend.payments.sentences import BACK, PAYEE
from kiosk.backend.payments.watching import Watchers
from kiosk.backend.problems import Code, RefusedRequestError, pointer
from kiosk.backend.registers import Answered, Holder, Pull, record
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import Catalogue
from kiosk.contract import (
    Authority,
    FeeLine,
    Fees,
    FeesRequest,
    Payment,
    PaymentRefund,
    PaymentRequest,
    PaymentState,
    ProblemError,
)

log = logging.getLogger(__name__)

PURPOSE = "fees"
"""Under which registers are asked for what lets people off fees."""
_NOTHING = Answered(known={}, unavailable=())

Paid = Callable[[Connection, int, str, datetime], None]
"""Called in the transaction that pays an item which an application was waiting to have paid: application, item, now."""


class PaymentPace(msgspec.Struct, frozen=True, kw_only=True):
    """How long things may take."""

    valid_s: int = 300
    """A code can be paid so long."""
    unused_s: int = 86_400
    """What was paid and not submitted goes back after so long; a terminal's outbox has found the network by then."""
    late_s: int = 60
    """So long after its end an order waits for a provider that does not say whether it was paid."""
    refund_first_s: float = 30.0
    refund_attempts: int = 12
    poll_s: float = 2.0


PAYMENT_PACE = PaymentPace()


class Payments:
    """Fees and their orders."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        database: Database,
        knowledge: Knowledge,
        provider: PaymentProvider,
        receipts: Receipts,
        reliefs: Reliefs,
        *,
        pace: PaymentPace = PAYMENT_PACE,
    ) -> None:
        self._settings = settings
        self._catalogue = catalogue
        self._database = database
        self._knowledge = knowledge
        self._provider = provider
        self._receipts = receipts
        self._reliefs = reliefs
        self.pace = pace
        self.watchers = Watchers()
        self._paid: list[Paid] = []

    def when_paid(self, paid: Paid) -> None:
        """Call ``paid`` for every item of an application that was waiting for its payment."""
        self._paid.append(paid)

    async def fees(self, holder: Holder, request: FeesRequest) -> Fees:
        """Return what this person pays for these items.

        Raises:
            RefusedRequestError: ``PURPOSE_ITEMS`` or ``MANDATE_…``; nothing was asked.
        """
        _, facts = await self._asked(holder, request.items, request.notice, request.authority)
        due = self._lines(request.items, facts)
        return Fees(lines=due, amount_fen=sum(line.amount_fen for line in due), unavailable=facts.unavailable)

    async def open(self, holder: Holder, key: UUID, request: PaymentRequest) -> Payment:
        """Make an order, or return the one that there is: of this key, or of this session for the same items.

        Somebody who has paid and asks again is given what they paid for, never another code.

        Raises:
            RefusedRequestError: ``PAYMENT_NOTHING_DUE``, ``PAYMENT_PROVIDER`` (the same key finds the same order),
                ``IDEMPOTENCY_MISMATCH``, ``NOT_FOUND``, ``PURPOSE_ITEMS`` or ``MANDATE_…``.
        """
        fingerprint = hashlib.sha256(msgspec.json.encode(request, order="deterministic")).digest()
        earlier = await self._database.read(partial(self._earlier, holder=holder, key=key, fingerprint=fingerprint))
        order = earlier or await self._made(await self._new(holder, key, fingerprint, request))
        row = await self._database.read(lambda connection: books.find(connection, order))
        if row.state == PaymentState.CREATED.value and not row.qr:
            await self._charge(row)
        return await self._database.read(partial(self._view, order=order))

    async def get(self, holder: Holder, order: str) -> Payment:
        """Return an order of this person, or that they made for another.

        Raises:
            RefusedRequestError: ``NOT_FOUND``.
        """
        await self._database.read(partial(_own, order=order, holder=holder))
        return await self._database.read(partial(self._view, order=order))

    async def cancel(self, holder: Holder, order: str) -> None:
        """Cancel an order that was not paid. One that has ended otherwise stays as it is.

        Raises:
            RefusedRequestError: ``NOT_FOUND``, or ``PAYMENT_PAID``: it is paid.
        """
        row = await self._database.read(partial(_own, order=order, holder=holder))
        if row.state == PaymentState.CREATED.value:
            # nobody can pay it from now on; who has paid in the meantime is told so
            await self._ask(self._provider.close, order)
            now = self._settings.clock()
            await self._database.write(partial(books.end, order=order, state=PaymentState.CANCELLED, now=now))
            self.watchers.ring(order)
            row = await self._database.read(partial(books.find, order=order))
        if row.state == PaymentState.PAID.value:
            raise RefusedRequestError(Code.PAYMENT_PAID)

    async def notified(self, headers: Mapping[str, str], body: bytes) -> None:
        """Take what the provider tells, however often and in whatever order it does.

        Raises:
            RefusedRequestError: ``PAYMENT_NOTIFICATION``: it is not the provider's; nothing was done.
        """
        try:
            money = self._provider.notification(headers, body, self._settings.clock())
        except NotificationRefusedError as error:
            raise RefusedRequestError(Code.PAYMENT_NOTIFICATION) from error
        await self.book(money)

    async def book(self, money: Money) -> None:
        """Book money that has come."""
        await self._database.write(partial(self.received, money=money))
        self.watchers.ring(money.order)

    async def refresh(self, order: str) -> bool:
        """Ask the provider what became of an order: its notification may be late or lost; false when it is silent."""
        return await self._ask(self._provider.standing, order) is not None

    async def look_again(self, order: str) -> None:
        """Ask about an order that an application comes with and that is not paid here: its notification may be late."""
        row = await self._database.read(partial(books.find, order=order))
        if row is not None and row.state == PaymentState.CREATED.value:
            await self.refresh(order)

    async def close_late(self, order: str) -> None:
        """End an order whose time is over, unless it was paid after all."""
        closed = await self._ask(self._provider.close, order)
        now = self._settings.clock()

        def write(connection: Connection) -> None:
            row = books.find(connection, order)
            if closed is None and row is not None and now.timestamp() < row.expires_at + self.pace.late_s:
                books.put_off(connection, order, now + timedelta(seconds=self.pace.late_s / 4))
            else:
                books.end(connection, order, PaymentState.EXPIRED, now)

        await self._database.write(write)
        self.watchers.ring(order)

    async def watch(self, holder: Holder, order: str) -> AsyncIterator[bytes]:
        """Return the stream of an order.

        Raises:
            RefusedRequestError: ``NOT_FOUND``.
        """
        await self._database.read(partial(_own, order=order, holder=holder))
        looks = 0

        async def look() -> Payment:
            nonlocal looks
            looks += 1
            payment = await self._database.read(partial(self._view, order=order))
            # somebody stands and waits: when nothing is heard, ask
            if payment.state is PaymentState.CREATED and looks % 2 == 0 and await self.refresh(order):
                payment = await self._database.read(partial(self._view, order=order))
            return payment

        return self.watchers.stream(order, look)

    def received(self, connection: Connection, money: Money) -> None:
        """Book money in the caller's transaction: its order is paid, has a receipt, and its application goes on."""
        now = self._settings.clock()
        if not books.receive(connection, money, now, self.pace.unused_s):
            return
        row = books.find(connection, money.order)
        self._receipts.issue(connection, row.id, row.payer, books.lines_of(row), now)
        if row.meant_for is not None:
            self._pay_waiting(connection, row, now)

    def take(
        self,
        connection: Connection,
        found: Acting,
        application: int,
        items: Iterable[str],
        order: str,
        notice: str,
    ) -> set[str]:
        """Write what the items of a new application cost, paid by ``order``; return those that wait for their payment.

        In the submitting transaction. An order that is unknown, of another, used or refunded pays nothing, and nothing
        is lost: the items wait. One that is not paid yet pays them when it is.
        """
        now = self._settings.clock()
        due = [item for item in items if has_fee(self._catalogue.items[item])]
        if not due:
            return set()
        resident = found.holder.resident
        row = books.find(connection, order) if order else None
        paid = books.use(connection, order, resident, application, due, now) if row is not None else set()
        bought = {} if row is None else {line.item: line.amount_fen for line in books.lines_of(row)}
        rest = [item for item in due if item not in paid]
        let_off = self._let_off(connection, found, rest, notice, now) if rest else {}
        waiting: set[str] = set()
        for item in due:
            cost = self._catalogue.items[item].fee_fen
            amount = bought[item] if item in paid else let_off[item].amount_fen if item in let_off else cost
            if item not in paid and amount > 0:
                waiting.add(item)
            values = {
                "application": application,
                "item": item,
                "amount_fen": amount,
                "payment_order": order if item in paid else None,
                "at": now.timestamp(),
                "settled_at": None if amount else now.timestamp(),
            }
            connection.execute(insert(schema.fee).values(values))
        if waiting and row is not None and row.resident == resident and row.application is None:
            table = schema.payment_order
            late = update(table).where(table.c.id == row.id, table.c.state == PaymentState.CREATED.value)
            connection.execute(late.values(meant_for=application))
        return waiting

    def _pay_waiting(self, connection: Connection, row: Any, now: datetime) -> None:
        """Let a paid order pay the items of the application that waits for it; the rest goes back."""
        table = schema.fee
        query = select(table.c.item).where(table.c.application == row.meant_for, table.c.payment_order.is_(None))
        waiting = set(connection.execute(query.where(table.c.settled_at.is_(None))).scalars())
        paid = books.use(connection, row.id, row.resident, row.meant_for, waiting, now)
        for line in books.lines_of(row):
            if line.item not in paid:
                continue
            mine = update(table).where(table.c.application == row.meant_for, table.c.item == line.item)
            connection.execute(mine.values(payment_order=row.id, amount_fen=line.amount_fen))
            for paid_for in self._paid:
                paid_for(connection, row.meant_for, line.item, now)

    def _let_off(
        self, connection: Connection, found: Acting, items: Iterable[str], notice: str, now: datetime
    ) -> Mapping[str, LetOff]:
        pulls = self._pulls(found, tuple(items), notice)
        for pull in pulls:
            record(connection, pull, now)
        return self._reliefs.let_off(items, self._knowledge.ask(pulls, now), now.date()) if pulls else {}

    def _pulls(self, found: Acting, items: tuple[str, ...], notice: str) -> tuple[Pull, ...]:
        """Return what is asked to know who pays less; with a letter nobody has confirmed nothing is asked."""
        names = () if found.right is Right.LETTER else self._reliefs.names(items)
        if not names:
            return ()
        pull = Pull(holder=found.holder, purpose=PURPOSE, notice=notice, names=(), channel="facts", items=items)
        return self._knowledge.pulls(found, names, pull)

    async def _asked(
        self, holder: Holder, items: tuple[str, ...], notice: str, authority: Authority | None
    ) -> tuple[Acting, Answered]:
        """Return for whom it is, and what registers say of them; written into the ledger first."""
        self._check(items)
        now = self._settings.clock()
        found = await self._database.read(
            lambda connection: acting(connection, self._catalogue, holder, authority, list(items), now.date())
        )
        pulls = self._pulls(found, items, notice)
        if not pulls:
            return found, _NOTHING

        def write(connection: Connection) -> None:
            for pull in pulls:
                record(connection, pull, now)

        await self._database.write(write)
        return found, await self._database.read(lambda _: self._knowledge.ask(pulls, now))

    def _check(self, items: tuple[str, ...]) -> None:
        errors = tuple(
            ProblemError(detail="Not an item", pointer=pointer("items", index))
            for index, item in enumerate(items)
            if item not in self._catalogue.items
        )
        if errors or not 0 < len(items) <= ITEMS_MOST:
            raise RefusedRequestError(Code.PURPOSE_ITEMS, errors=errors)

    def _lines(self, items: Iterable[str], facts: Answered) -> tuple[FeeLine, ...]:
        return lines(self._catalogue, items, self._reliefs.let_off(items, facts, self._settings.clock().date()))

    async def _new(self, holder: Holder, key: UUID, fingerprint: bytes, request: PaymentRequest) -> NewOrder:
        found, facts = await self._asked(holder, request.items, request.notice, request.authority)
        meant_for: int | None = None
        wanted = request.items
        if request.application:
            meant_for, wanted = await self._database.read(
                partial(_waiting, number=request.application, resident=found.holder.resident, items=request.items)
            )
        due = tuple(line for line in self._lines(wanted, facts) if line.amount_fen)
        if not due:
            raise RefusedRequestError(Code.PAYMENT_NOTHING_DUE)
        return NewOrder(
            resident=found.holder.resident,
            payer=holder.resident,
            session=request.session,
            terminal=request.terminal,
            lines=due,
            key=str(key),
            fingerprint=fingerprint,
            meant_for=meant_for,
        )

    async def _made(self, new: NewOrder) -> str:
        """Return an order for the same that is paid, or a new one; one that is not is ended: one code can be paid."""
        row = await self._database.read(partial(books.alike, new=new))
        if row is not None and row.state == PaymentState.CREATED.value:
            await self._ask(self._provider.close, row.id)
            now = self._settings.clock()
            await self._database.write(partial(books.end, order=row.id, state=PaymentState.CANCELLED, now=now))
            row = await self._database.read(partial(books.find, order=row.id))
        if row is not None and row.state == PaymentState.PAID.value:
            return str(row.id)
        return await self._database.write(partial(self._write, new=new))

    def _write(self, connection: Connection, new: NewOrder) -> str:
        now = self._settings.clock()
        table = schema.payment_order.c
        query = select(table.id, table.fingerprint).where(table.payer == new.payer, table.key == new.key)
        row = connection.execute(query).one_or_none()
        if row is not None:
            return _same(row, new.fingerprint)
        other = books.alike(connection, new)
        if other is not None and other.state == PaymentState.PAID.value:
            return str(other.id)
        if other is not None:
            # made at the same moment by another request: money for it goes back
            books.end(connection, other.id, PaymentState.CANCELLED, now)
        return books.open_order(connection, new, now, now + timedelta(seconds=self.pace.valid_s))

    @staticmethod
    def _earlier(connection: Connection, holder: Holder, key: UUID, fingerprint: bytes) -> str | None:
        table = schema.payment_order.c
        query = select(table.id, table.fingerprint).where(table.payer == holder.resident, table.key == str(key))
        row = connection.execute(query).one_or_none()
        return None if row is None else _same(row, fingerprint)

    async def _charge(self, row: Any) -> None:
        """Have the provider make the code of an order."""
        until = datetime.fromtimestamp(row.expires_at, self._settings.clock().tzinfo)
        subject = "、".join(line.name.zh_hans for line in books.lines_of(row))[:80]
        try:
            qr = await self._provider.charge(row.id, row.amount_fen, subject, until)
        except ProviderSilentError as error:
            raise RefusedRequestError(Code.PAYMENT_PROVIDER, retry_s=2) from error
        table = schema.payment_order
        named = update(table).where(table.c.id == row.id).values(qr=qr)
        await self._database.write(lambda connection: connection.execute(named).rowcount)

    async def _ask(self, ask: Callable[[str], Awaitable[Standing]], order: str) -> Standing | None:
        """Ask the provider, book what it says was paid; None: it did not answer."""
        try:
            standing = await ask(order)
        except ProviderSilentError:
            return None
        for money in standing.money:
            await self.book(money)
        return standing

    def _view(self, connection: Connection, order: str) -> Payment:
        """Return an order as its payer sees it."""
        row = books.find(connection, order)
        zone = self._settings.clock().tzinfo
        application = schema.application.c
        number = select(application.number).where(application.id == row.application)
        table = schema.refund
        refunds = connection.execute(select(table).where(table.c.payment_order == order).order_by(table.c.at))
        state = PaymentState(row.state)
        return Payment(
            id=row.id,
            state=state,
            lines=books.lines_of(row),
            amount_fen=row.amount_fen,
            qr=row.qr if state is PaymentState.CREATED else "",
            payee=PAYEE,
            created_at=datetime.fromtimestamp(row.created_at, zone),
            expires_at=datetime.fromtimestamp(row.expires_at, zone),
            paid_at=None if row.paid_at is None else datetime.fromtimestamp(row.paid_at, zone),
            application="" if row.application is None else connection.execute(number).scalar_one(),
            receipt=self._receipts.of(connection, order),
            refunds=tuple(
                PaymentRefund(
                    amount_fen=each.amount_fen,
                    says=put(BACK.get(each.reason, BACK[books.NO_CASE]), amount=amount_text(each.amount_fen)),
                    at=datetime.fromtimestamp(each.at if each.done_at is None else each.done_at, zone),
                    done=each.done_at is not None,
                )
                for each in refunds
            ),
        )


def _own(connection: Connection, order: str, holder: Holder) -> Any:
    row = books.find(connection, order)
    if row is None or holder.resident not in {row.payer, row.resident}:
        raise RefusedRequestError(Code.NOT_FOUND)
    return row


def _same(row: Any, fingerprint: bytes) -> str:
    if row.fingerprint != fingerprint:
        raise RefusedRequestError(Code.IDEMPOTENCY_MISMATCH)
    return str(row.id)


def _waiting(connection: Connection, number: str, resident: int, items: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Return the application of ``number`` and which of ``items`` wait for their payment."""
    table, fee = schema.application.c, schema.fee.c
    query = select(table.id).where(table.number == number, table.resident == resident)
    application = connection.execute(query).scalar_one_or_none()
    if application is None:
        raise RefusedRequestError(Code.NOT_FOUND)
    unpaid = select(fee.item).where(
        fee.application == application, fee.payment_order.is_(None), fee.settled_at.is_(None)
    )
    waiting = set(connection.execute(unpaid).scalars())
    return int(application), tuple(item for item in items if item in waiting)
