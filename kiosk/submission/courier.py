"""Delivers applications: on disk first, then sent with the same key until the backend answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from kiosk.contract import Application, ApplicationRequest, Problem
from kiosk.submission.client import BackendClient
from kiosk.submission.errors import BackendError, BackendRefused
from kiosk.submission.outbox import Outbox, Parcel

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Backoff:
    """How long to wait between attempts, in seconds: doubling from ``first_s`` to ``most_s``."""

    first_s: float = 0.5
    most_s: float = 30.0

    def after(self, attempts: int) -> float:
        """Return the wait after so many attempts."""
        return min(self.first_s * float(1 << min(attempts - 1, 16)), self.most_s)


@dataclass(frozen=True, kw_only=True, slots=True)
class Courier:
    """Carries parcels from the outbox to the backend.

    A refusal that the citizen can correct (4xx other than 408, 409, 425, 429) ends the delivery and takes the parcel
    out of the outbox; everything else is tried again.
    """

    client: BackendClient
    outbox: Outbox
    backoff: Backoff = field(default_factory=Backoff)

    async def store(self, request: ApplicationRequest, *, key: str, token: str) -> Parcel:
        """Write an application to disk and return it as it will be sent.

        Raises:
            OutboxFull: nothing was written, nothing was sent.
        """
        parcel = Parcel(key=key, token=token, request=msgspec.Raw(msgspec.json.encode(request)))
        await asyncio.to_thread(self.outbox.put, parcel)
        return parcel

    async def deliver(self, parcel: Parcel, *, delayed: Callable[[str], None]) -> Application:
        """Send ``parcel`` until it is answered.

        Args:
            parcel: From ``store`` or from the outbox.
            delayed: Called with the code of the error each time an attempt failed.

        Raises:
            BackendRefused: the backend answered that it will not take it; it is out of the outbox.
        """
        attempts = 0
        while True:
            attempts += 1
            try:
                application = await self.client.submit(bytes(parcel.request), key=parcel.key, token=parcel.token)
            except BackendRefused as refusal:
                if not passing(refusal.problem):
                    await asyncio.to_thread(self.outbox.remove, parcel.key)
                    raise
                delayed(refusal.code)
            except BackendError as error:
                delayed(error.code)
            else:
                await asyncio.to_thread(self.outbox.remove, parcel.key)
                return application
            await asyncio.sleep(self.backoff.after(attempts))

    async def clear(self) -> None:
        """Deliver what an earlier run left in the outbox."""
        parcels = await asyncio.to_thread(self.outbox.waiting)
        for parcel in parcels:
            try:
                await self.deliver(parcel, delayed=lambda code: log.info("an application waits: %s", code))
            except BackendRefused as refusal:
                log.warning("an application of an earlier run was refused: %s", refusal.code)


def passing(problem: Problem) -> bool:
    """Return whether a refusal may be another tomorrow: time-out, in progress, too early, too many requests."""
    return problem.status in (408, 409, 425, 429)
