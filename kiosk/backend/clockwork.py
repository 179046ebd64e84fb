"""What is done because time passes (定时): deadlines, reminders, messages that wait to be sent.

A sweep is a piece of work with a rhythm. Its row in the table ``sweep`` says when it is next due; claiming it and doing
it is one transaction, so that of several processes on one database exactly one does each round, and a process that dies
in the middle leaves the round undone and due.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, update

from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, insert_if_new, schema

log = logging.getLogger(__name__)

_LONGEST_WAIT_S = 60.0
"""A clock that was set, or a rhythm of hours: looked at again after this long at most."""
_SHORTEST_WAIT_S = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Sweep:
    """Work that is done again and again."""

    name: str
    """Of its own among all sweeps."""
    every_s: float
    work: Callable[[Connection, datetime], Sequence[int]]
    """Does what is due at a moment, in one transaction; returns the applications whose watchers are to be rung.

    It has to be quick: on SQLite nobody else writes meanwhile. What is left over waits for the next round.
    """


class Clockwork:
    """Runs the sweeps of one process."""

    def __init__(
        self, settings: BackendSettings, database: Database, ring: Callable[[int], None], sweeps: Sequence[Sweep]
    ) -> None:
        """Make it; ``ring`` is called with an application that has news, on the event loop.

        Raises:
            ValueError: two sweeps have one name: one of them would never be done.
        """
        names = [sweep.name for sweep in sweeps]
        if len(set(names)) != len(names):
            raise ValueError(f"two sweeps of one name: {sorted(names)}")
        self._settings = settings
        self._database = database
        self._ring = ring
        self._sweeps = tuple(sweeps)

    async def work(self) -> None:
        """Do what is due, until cancelled. A sweep that fails is logged and tried again in its next round."""
        while True:
            for sweep in self._sweeps:
                for application in await self._round(sweep):
                    self._ring(application)
            # time is what is waited for; there is no event that says a deadline has come
            await asyncio.sleep(await self._wait_s())

    def run_due(self, now: datetime) -> int:
        """Do every sweep that is due at ``now``, on this thread; return how many were."""
        done = 0
        for sweep in self._sweeps:
            if not self._database.read_now(lambda connection: _is_due(connection, sweep, now)):  # noqa: B023 - at once
                continue
            news = self._database.write_now(lambda connection: _claim_and_do(connection, sweep, now))  # noqa: B023 - too
            if news is not None:
                done += 1
                for application in news:
                    self._ring(application)
        return done

    async def _round(self, sweep: Sweep) -> Sequence[int]:
        now = self._settings.clock()
        try:
            if not await self._database.read(lambda connection: _is_due(connection, sweep, now)):
                return ()
            return await self._database.write(lambda connection: _claim_and_do(connection, sweep, now)) or ()
        except Exception as failure:  # noqa: BLE001 - one sweep that fails must not end the others
            log.error("sweep %s: %s", sweep.name, type(failure).__name__)  # noqa: TRY400 - see failures.py
        try:
            await self._database.write(lambda connection: _postpone(connection, sweep, now))
        except Exception as failure:  # noqa: BLE001 - the database itself is away: the next look finds it or not
            log.error("sweep %s: %s", sweep.name, type(failure).__name__)  # noqa: TRY400 - see failures.py
        return ()

    async def _wait_s(self) -> float:
        names = [sweep.name for sweep in self._sweeps]
        query = select(schema.sweep.c.not_before).where(schema.sweep.c.name.in_(names))
        try:
            moments = await self._database.read(lambda connection: list(connection.execute(query).scalars()))
        except Exception as failure:  # noqa: BLE001 - as above
            log.error("the sweeps could not be looked at: %s", type(failure).__name__)  # noqa: TRY400 - see failures.py
            return _LONGEST_WAIT_S
        until = min(moments, default=float("inf")) - self._settings.clock().timestamp()
        return min(max(until, _SHORTEST_WAIT_S), _LONGEST_WAIT_S)


def _is_due(connection: Connection, sweep: Sweep, now: datetime) -> bool:
    """Return whether a sweep is due; one without a row has never been done."""
    table = schema.sweep.c
    query = select(table.name).where(table.name == sweep.name, ~_has_come(sweep, now))
    return connection.execute(query).first() is None


def _has_come(sweep: Sweep, now: datetime) -> ColumnElement[bool]:
    """Return whether the time of a row of ``sweep`` has come.

    No next round is further off than its rhythm: what stands there was written while the clock was wrong, and with the
    clock put right nothing would be done until then.
    """
    not_before, at = schema.sweep.c.not_before, now.timestamp()
    return or_(not_before <= at, not_before > at + 2 * sweep.every_s + _LONGEST_WAIT_S)


def _claim_and_do(connection: Connection, sweep: Sweep, now: datetime) -> Sequence[int] | None:
    """Claim and do a round; None when another process has it."""
    table = schema.sweep
    insert_if_new(connection, table, {"name": sweep.name, "not_before": 0.0})
    claimed = connection.execute(
        update(table)
        .where(table.c.name == sweep.name, _has_come(sweep, now))
        .values(not_before=now.timestamp() + sweep.every_s)
    )
    return sweep.work(connection, now) if claimed.rowcount else None


def _postpone(connection: Connection, sweep: Sweep, now: datetime) -> None:
    later = now.timestamp() + min(sweep.every_s, _LONGEST_WAIT_S)
    table = schema.sweep
    insert_if_new(connection, table, {"name": sweep.name, "not_before": 0.0})
    connection.execute(update(table).where(table.c.name == sweep.name).values(not_before=later))
