"""The departments at work: durable jobs, each done once, in parallel between departments.

A job is a row, unique per application and item. A worker claims it with a lease, settles the case and marks the job
done in one transaction that is guarded by the claim. A process that dies in between leaves a lease that runs out; the
job is claimed again, and the guarded finish makes the outcome the one and only.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable

import msgspec
from sqlalchemy import Connection, and_, func, or_, select, update

from kiosk.backend.applications.life import load
from kiosk.backend.applications.outcomes import Outcomes
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import Catalogue

log = logging.getLogger(__name__)

QUEUED = "queued"
RUNNING = "running"
DONE = "done"

_AGAIN_S = 1.0
"""After a failure of the database itself."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A job that is ours until its lease runs out."""

    job: int
    application: int
    item: str
    attempts: int


class Departments:
    """One worker per department."""

    def __init__(
        self,
        settings: BackendSettings,
        catalogue: Catalogue,
        database: Database,
        settled_by: Outcomes,
        decided: Callable[[int], None],
    ) -> None:
        """Make the workers; ``decided`` is called with the application after each outcome, on the event loop."""
        self._settings = settings
        self._catalogue = catalogue
        self._database = database
        self._outcomes = settled_by
        self._decided = decided
        self._owner = secrets.token_hex(8)
        self._awake = {department: asyncio.Event() for department in catalogue.departments}

    def wake(self, departments: Iterable[str]) -> None:
        """Tell departments that they have work."""
        for department in departments:
            self._awake[department].set()

    async def work(self) -> None:
        """Do what comes, until cancelled."""
        await self._database.write(self.hand_over)
        async with asyncio.TaskGroup() as group:
            for department in self._awake:
                group.create_task(self._work(department), name=f"department {department}")

    async def _work(self, department: str) -> None:
        while True:
            self._awake[department].clear()
            wait_s: float | None
            try:
                claim = await self._database.write(lambda connection: self.claim(connection, department))
                if claim is not None:
                    await self._do(claim)
                    continue
                wait_s = await self._database.read(lambda connection: self.next_in_s(connection, department))
            except Exception as failure:  # noqa: BLE001 - a worker that ends leaves citizens without an answer
                log.error("department %s: %s", department, type(failure).__name__)  # noqa: TRY400 - see failures.py
                wait_s = _AGAIN_S
            if self._database.shared:
                # another process may have left work behind that nobody here was told of
                wait_s = self._settings.lease_s if wait_s is None else min(wait_s, self._settings.lease_s)
            try:
                async with asyncio.timeout(wait_s):
                    await self._awake[department].wait()
            except TimeoutError:
                continue

    async def _do(self, claim: Claim) -> None:
        try:
            finished = await self._database.write(lambda connection: self.finish(connection, claim))
        except Exception as failure:  # noqa: BLE001 - whatever it was, the citizen gets an answer: a person's
            log.error("a case could not be settled: %s", type(failure).__name__)  # noqa: TRY400 - see failures.py
            if claim.attempts < self._settings.job_attempts:
                await self._database.write(lambda connection: self._release(connection, claim))
                return
            finished = await self._database.write(lambda connection: self.finish(connection, claim, give_up=True))
        if finished:
            self._decided(claim.application)

    def hand_over(self, connection: Connection) -> None:
        """Refer what is left of an earlier catalogue: items and departments that are not there any more."""
        table = schema.job
        for row in connection.execute(select(table).where(table.c.state != DONE)).all():
            if row.item in self._catalogue.items and row.department in self._awake:
                continue
            connection.execute(update(table).where(table.c.id == row.id).values(state=DONE, lease_until=None))
            self._outcomes.hand_over(connection, row.application, row.item, self._settings.clock())

    def claim(self, connection: Connection, department: str) -> Claim | None:
        """Claim the next job of ``department``, or one whose worker has been silent for too long."""
        now = self._settings.clock().timestamp()
        table = schema.job
        due = or_(
            and_(table.c.state == QUEUED, table.c.not_before <= now),
            and_(table.c.state == RUNNING, table.c.lease_until <= now),
        )
        row = connection.execute(
            select(table)
            .where(table.c.department == department, due)
            .order_by(table.c.not_before, table.c.id)
            .limit(1)
            # what another process is just claiming is none of ours
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        connection.execute(
            update(table)
            .where(table.c.id == row.id)
            .values(
                state=RUNNING,
                owner=self._owner,
                lease_until=now + self._settings.lease_s,
                attempts=row.attempts + 1,
            )
        )
        return Claim(job=row.id, application=row.application, item=row.item, attempts=row.attempts + 1)

    def finish(self, connection: Connection, claim: Claim, *, give_up: bool = False) -> bool:
        """Settle the case and mark the job done in one transaction; false when it is no longer ours."""
        table = schema.job
        ours = and_(
            table.c.id == claim.job,
            table.c.state == RUNNING,
            table.c.owner == self._owner,
            table.c.attempts == claim.attempts,
        )
        if not connection.execute(update(table).where(ours).values(state=DONE, lease_until=None)).rowcount:
            return False
        now = self._settings.clock()
        one = load(connection, self._catalogue, claim.application, claim.item, now)
        if give_up:
            self._outcomes.give_up(one)
        else:
            self._outcomes.settle(one)
        return True

    def next_in_s(self, connection: Connection, department: str) -> float | None:
        """Return in how many seconds something is due, or None when nothing is under way."""
        table = schema.job
        mine = table.c.department == department
        queued = select(func.min(table.c.not_before)).where(mine, table.c.state == QUEUED)
        leased = select(func.min(table.c.lease_until)).where(mine, table.c.state == RUNNING)
        moments = [connection.execute(query).scalar_one() for query in (queued, leased)]
        due = [moment for moment in moments if moment is not None]
        return max(0.0, min(due) - self._settings.clock().timestamp()) if due else None

    def _release(self, connection: Connection, claim: Claim) -> None:
        """Put a job that failed back in the queue, later each time."""
        later = self._settings.clock().timestamp() + 0.2 * 2**claim.attempts
        table = schema.job
        connection.execute(
            update(table)
            .where(table.c.id == claim.job, table.c.owner == self._owner, table.c.state == RUNNING)
            .values(state=QUEUED, owner=None, lease_until=None, not_before=later)
        )
