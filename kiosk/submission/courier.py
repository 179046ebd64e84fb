"""Delivers applications: on disk first, then sent with the same key until the backend answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from kiosk.contract import Application, ApplicationRequest, Problem
from kiosk.submission.client import BackendClient
from kiosk.submission.errors import PROBLEM, BackendError, BackendRefused
from kiosk.submission.outbox import Outbox, Parcel

log = logging.getLogger(__name__)

_OF_THE_TERMINAL = frozenset({"terminal.missing", "terminal.invalid", "terminal.expired"})


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

    A refusal that the citizen can correct (4xx other than 408, 409, 425, 429) ends the delivery; everything else is
    tried again.
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
            BackendRefused: the backend answered that it will not take it. It is still in the outbox: the caller knows
                whether somebody is there to correct it, and calls ``forget`` or ``set_aside``.
        """
        attempts = 0
        while True:
            attempts += 1
            answer = await self._attempt(parcel)
            if not isinstance(answer, str):
                return answer
            delayed(answer)
            await asyncio.sleep(self.backoff.after(attempts))

    async def forget(self, parcel: Parcel) -> None:
        """Take a refused application out of the outbox: its citizen is there and corrects it."""
        await asyncio.to_thread(self.outbox.remove, parcel.key)

    async def set_aside(self, parcel: Parcel) -> None:
        """Keep a refused application for the operator: its citizen was told that it will be delivered, and has left."""
        await asyncio.to_thread(self.outbox.set_aside, parcel.key)

    async def clear(self) -> None:
        """Deliver what an earlier run left in the outbox. One that is not taken does not hold up the others."""
        await asyncio.to_thread(self.outbox.sweep)
        waiting = await asyncio.to_thread(self.outbox.waiting)
        rounds = 0
        while waiting:
            waiting = tuple([parcel for parcel in waiting if not await self._cleared(parcel)])
            rounds += 1
            if waiting:
                await asyncio.sleep(self.backoff.after(rounds))

    async def _cleared(self, parcel: Parcel) -> bool:
        try:
            answer = await self._attempt(parcel)
        except BackendRefused as refusal:
            log.error("an application of an earlier run was refused and set aside: %s", refusal.code)  # noqa: TRY400  # expected: a traceback tells no more
            await self.set_aside(parcel)
            return True
        if isinstance(answer, str):
            log.info("an application waits: %s", answer)
        return not isinstance(answer, str)

    async def _attempt(self, parcel: Parcel) -> Application | str:
        """Send ``parcel`` once; return the answer, or the code of what was in the way.

        Raises:
            BackendRefused: it will not be taken.
        """
        try:
            application = await self.client.submit(bytes(parcel.request), key=parcel.key, token=parcel.token)
        except BackendRefused as refusal:
            if not passing(refusal.problem):
                raise
            return refusal.code
        except BackendError as error:
            return error.code
        await asyncio.to_thread(self.outbox.remove, parcel.key)
        return application


def passing(problem: Problem) -> bool:
    """Return whether a refusal may be another tomorrow.

    Time-out, in progress, too early, too many requests; a clock that is wrong, a terminal that has to be enrolled anew.
    """
    return problem.status in (408, 409, 425, 429) or problem.type.removeprefix(PROBLEM) in _OF_THE_TERMINAL
