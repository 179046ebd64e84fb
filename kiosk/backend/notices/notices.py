"""Messages to citizens: written inside the transaction they tell of, sent afterwards, again when it fails.

What is told stands in the database before anybody tries to send it, so that a crash loses no message. A process that
dies between sending and writing so sends once more: a message twice is better than none.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from datetime import datetime, time, timedelta
from functools import partial

import msgspec
from sqlalchemy import Connection, and_, func, insert, or_, select, update

from kiosk.backend.notices.gateway import SmsGateway, SmsGatewayError, masked_phone
from kiosk.backend.notices.kinds import KINDS
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.words import Language, Text

log = logging.getLogger(__name__)

WAITING, SENT, REFUSED, NO_PHONE, GIVEN_UP = "waiting", "sent", "refused", "no-phone", "given-up"

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""Nobody is woken for what is not urgent."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how long a message is tried."""

    first_s: float = 30.0
    """After the first failure; four times as long after each one more."""
    attempts: int = 6
    """About three hours of a gateway that is down, then a person is told."""
    poll_s: float = 5.0
    """What another process has written is seen at the latest after this."""
    lease_s: float = 60.0
    batch: int = 50


NOTICE_PACE = Pace()


class GivenUp(msgspec.Struct, frozen=True, kw_only=True):
    """A message that could not be sent, for the operator: no words of it, no full number."""

    id: int
    kind: str
    about: str
    phone: str
    """Masked; empty: none is registered."""
    at: datetime


class _Outgoing(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    phone: str
    text: str
    attempts: int


class Notices:
    """Tells citizens."""

    def __init__(
        self, settings: BackendSettings, database: Database, gateway: SmsGateway, pace: Pace = NOTICE_PACE
    ) -> None:
        self._settings = settings
        self._database = database
        self._gateway = gateway
        self._pace = pace
        self._owner = secrets.token_hex(8)
        self._awake = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def tell(
        self,
        connection: Connection,
        resident: int,
        kind: str,
        text: Text,
        *,
        about: str = "",
        now: datetime,
        urgent: bool = False,
        once: str = "",
    ) -> bool:
        """Write a message in the caller's transaction; it is sent soon after.

        Args:
            connection: A transaction that writes.
            resident: Whom to tell.
            kind: A kind of ``KINDS``, or another that cannot be refused.
            text: What they read; the city's name is put before it. As little of a person as the purpose needs.
            about: Number of the case, licence … it is about.
            now: The present moment.
            urgent: Sent at night as well.
            once: A name under which this is told a single time, whoever finds it due how often.

        Returns:
            Whether it was written: false when it was told under ``once`` before, or the person does not want it.
        """
        table = schema.notice
        if once and connection.execute(select(table.c.id).where(table.c.once == once)).first() is not None:
            return False
        wanted = is_wanted(connection, resident, kind)
        values = {
            "resident": resident,
            "kind": kind,
            "about": about,
            "once": once or None,
            "content": msgspec.json.encode(text).decode(),
            "urgent": urgent,
            "state": WAITING if wanted else REFUSED,
            "attempts": 0,
            "not_before": (now if urgent else after_quiet(now)).timestamp(),
            "at": now.timestamp(),
            "ended_at": None if wanted else now.timestamp(),
        }
        connection.execute(insert(table).values(values))
        if wanted:
            self._wake()
        return wanted

    async def work(self) -> None:
        """Send what comes, until cancelled."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                self._awake.clear()
                wait_s = await self._turn()
                try:
                    async with asyncio.timeout(wait_s):
                        await self._awake.wait()
                except TimeoutError:
                    continue
        finally:
            self._loop = None

    async def send_due(self) -> int:
        """Send what is due now, one batch; return how many messages were handed over to be sent."""
        batch = await self._database.write(self._claim)
        done = 0
        for outgoing in batch:
            now = self._settings.clock()
            try:
                await self._gateway.send(outgoing.phone, outgoing.text, now)
            except SmsGatewayError:
                await self._database.write(partial(self._later, outgoing=outgoing))
            else:
                await self._database.write(partial(self._end, notice=outgoing.id, state=SENT))
                done += 1
        return done

    def given_up(self, connection: Connection, limit: int = 100) -> tuple[GivenUp, ...]:
        """Return the messages that nobody got, newest first, for the operator."""
        table = schema.notice.c
        query = (
            select(table.id, table.kind, table.about, table.at, schema.resident.c.phone)
            .join(schema.resident, schema.resident.c.id == table.resident)
            .where(table.state.in_((GIVEN_UP, NO_PHONE)))
            .order_by(table.id.desc())
            .limit(limit)
        )
        zone = self._settings.clock().tzinfo
        return tuple(
            GivenUp(
                id=row.id,
                kind=row.kind,
                about=row.about,
                phone=masked_phone(row.phone) if row.phone else "",
                at=datetime.fromtimestamp(row.at, zone),
            )
            for row in connection.execute(query)
        )

    def send_again(self, connection: Connection, notice: int) -> bool:
        """Try a message that was given up anew; false when it is not one."""
        table = schema.notice
        values = {"state": WAITING, "attempts": 0, "not_before": self._settings.clock().timestamp(), "ended_at": None}
        waiting = and_(table.c.id == notice, table.c.state.in_((GIVEN_UP, NO_PHONE)))
        again = connection.execute(update(table).where(waiting).values(values)).rowcount > 0
        if again:
            self._wake()
        return again

    async def _turn(self) -> float:
        """Send what is due; return how long nothing else is."""
        try:
            while await self.send_due():
                continue
            return await self._database.read(self._next_in_s)
        except Exception as failure:  # noqa: BLE001 - whatever it was: messages wait in the database, try again later
            log.error("messages could not be sent: %s", type(failure).__name__)  # noqa: TRY400 - see failures.py
            return self._pace.poll_s

    def _claim(self, connection: Connection) -> list[_Outgoing]:
        """Take messages that are due and nobody else is sending; end those that cannot be sent at all."""
        now = self._settings.clock()
        table = schema.notice
        due = and_(
            table.c.state == WAITING,
            table.c.not_before <= now.timestamp(),
            or_(table.c.lease_until.is_(None), table.c.lease_until <= now.timestamp()),
        )
        rows = connection.execute(
            select(table, schema.resident.c.phone)
            .join(schema.resident, schema.resident.c.id == table.c.resident)
            .where(due)
            .order_by(table.c.not_before, table.c.id)
            .limit(self._pace.batch)
        ).all()
        taken: list[_Outgoing] = []
        for row in rows:
            if not row.phone:
                self._end(connection, row.id, NO_PHONE)
                continue
            if not row.urgent and (morning := after_quiet(now)) > now:
                connection.execute(update(table).where(table.c.id == row.id).values(not_before=morning.timestamp()))
                continue
            # the condition again: another process may have come first
            claimed = connection.execute(
                update(table)
                .where(table.c.id == row.id, due)
                .values(
                    owner=self._owner,
                    lease_until=now.timestamp() + self._pace.lease_s,
                    attempts=row.attempts + 1,
                )
            )
            if claimed.rowcount:
                words = msgspec.json.decode(row.content, type=Text).in_(language_of(connection, row.resident))
                text = f"【{self._settings.city.zh_hans}政务服务】{words}"
                taken.append(_Outgoing(id=row.id, phone=row.phone, text=text, attempts=row.attempts + 1))
        return taken

    def _later(self, connection: Connection, outgoing: _Outgoing) -> None:
        if outgoing.attempts >= self._pace.attempts:
            self._end(connection, outgoing.id, GIVEN_UP)
            return
        wait_s = self._pace.first_s * 4 ** (outgoing.attempts - 1)
        table = schema.notice
        connection.execute(
            update(table)
            .where(table.c.id == outgoing.id, table.c.state == WAITING, table.c.owner == self._owner)
            .values(owner=None, lease_until=None, not_before=self._settings.clock().timestamp() + wait_s)
        )

    def _end(self, connection: Connection, notice: int, state: str) -> None:
        table = schema.notice
        ended = {"state": state, "owner": None, "lease_until": None, "ended_at": self._settings.clock().timestamp()}
        connection.execute(update(table).where(table.c.id == notice, table.c.state == WAITING).values(ended))

    def _next_in_s(self, connection: Connection) -> float:
        table = schema.notice.c
        queued = select(func.min(table.not_before)).where(table.state == WAITING, table.lease_until.is_(None))
        leased = select(func.min(table.lease_until)).where(table.state == WAITING)
        moments = [connection.execute(query).scalar_one() for query in (queued, leased)]
        due = [moment for moment in moments if moment is not None]
        wait_s = min(due) - self._settings.clock().timestamp() if due else self._pace.poll_s
        return min(max(wait_s, 0.0), self._pace.poll_s)

    def _wake(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._awake.set)


def after_quiet(now: datetime) -> datetime:
    """Return ``now``, or the next morning when people sleep."""
    if QUIET_UNTIL <= now.time() < QUIET_FROM:
        return now
    day = now.date() + timedelta(days=1) if now.time() >= QUIET_FROM else now.date()
    return datetime.combine(day, QUIET_UNTIL, now.tzinfo)


def is_wanted(connection: Connection, resident: int, kind: str) -> bool:
    """Return whether a person wants to be told this; what they have not chosen is as its kind says."""
    known = KINDS.get(kind)
    if known is None or not known.may_refuse:
        return True
    table = schema.notice_choice.c
    query = select(table.wanted).where(table.resident == resident, table.kind == kind)
    chosen = connection.execute(query).scalar_one_or_none()
    return not known.asked_first if chosen is None else bool(chosen)


class _Spoken(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a kept request that says in which language it was made."""

    language: str = ""


def language_of(connection: Connection, resident: int) -> Language:
    """Return the language a person used when they applied last by themselves; Simplified Chinese if they never did."""
    table = schema.application.c
    query = select(table.request).where(table.resident == resident, table.agent.is_(None)).order_by(table.id.desc())
    newest = connection.execute(query.limit(1)).scalar_one_or_none()
    spoken = "" if newest is None else msgspec.json.decode(newest, type=_Spoken).language
    return Language(spoken) if spoken in set(Language) else Language.ZH_HANS
