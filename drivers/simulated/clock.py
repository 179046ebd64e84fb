"""The time that simulated devices go by: that of the event loop, or one that a test moves by hand."""

from __future__ import annotations

import asyncio
import heapq
from typing import Final, Protocol

_TURNS: Final = 20
"""How often ``HandClock`` lets others run after somebody woke: more than any chain of awaits between two sleeps."""


class Clock(Protocol):
    """Tells the time and lets it pass."""

    def now(self) -> float:
        """Return seconds since some moment."""

    async def sleep(self, seconds: float) -> None:
        """Return when so much time has passed."""


class LoopClock:
    """The clock of the running event loop."""

    def now(self) -> float:
        """See ``Clock.now``."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """See ``Clock.sleep``."""
        await asyncio.sleep(seconds)


class HandClock:
    """A clock that stands until ``advance`` moves it."""

    def __init__(self) -> None:
        self._now = 0.0
        self._sleeping: list[tuple[float, int, asyncio.Future[None]]] = []
        self._slept = 0

    def now(self) -> float:
        """See ``Clock.now``."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """See ``Clock.sleep``."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        self._slept += 1
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleeping, (self._now + seconds, self._slept, woken))
        await woken

    async def advance(self, seconds: float) -> None:
        """Let time pass: whoever sleeps wakes at his moment and in his order, and acts before time goes on."""
        await _others_run()
        until = self._now + seconds
        while self._sleeping and self._sleeping[0][0] <= until:
            self._now, _, woken = heapq.heappop(self._sleeping)
            if not woken.done():
                woken.set_result(None)
                await _others_run()
        self._now = until


async def _others_run() -> None:
    for _ in range(_TURNS):
        await asyncio.sleep(0)


LOOP_CLOCK: Final = LoopClock()
