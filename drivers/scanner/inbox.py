"""Codes between the wire and who waits for one: which count, which are dropped, and for how long one is kept."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from drivers.errors import DeviceError, DeviceGone
from drivers.scanner.api import Code

_log = logging.getLogger(__name__)

FOLLOWS_S: Final = 1.0
"""A code this soon after the last one belongs to it: front and back of one card."""
MOST: Final = 8
"""Codes held while nobody waits: who scans more within a second scans no card."""


class Inbox:
    """Holds the codes of one scanner.

    A code that came while nobody waited is dropped, lest one page's code be taken for the next page's; except a
    different one that followed the last code within a second and is asked for within a second.

    Args:
        clock: Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._arrived: deque[tuple[float, Code | DeviceError]] = deque()
        self._something = asyncio.Event()
        self._waiting = False
        self._last: tuple[float, bytes] = (float("-inf"), b"")

    def clear(self) -> None:
        """Hold nothing and remember nothing: the scanner was opened afresh."""
        self._arrived.clear()
        self._last = (float("-inf"), b"")

    def put(self, what: Code | DeviceError) -> None:
        """Take what came from the wire; a ``DeviceGone`` waits until it is told."""
        now = self._clock()
        last_at, last_raw = self._last
        if self._arrived and isinstance(self._arrived[-1][1], Code):
            last_at, last_raw = self._arrived[-1][0], self._arrived[-1][1].raw
        follows = now - last_at <= FOLLOWS_S and isinstance(what, Code) and what.raw != last_raw
        follows = follows and len(self._arrived) < MOST
        wanted = self._waiting and not self._arrived
        if wanted or follows or _ends_it(what):
            self._arrived.append((now, what))
            self._something.set()
        else:
            _log.info("a code came while nobody waited for one")

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Say that somebody waits from now on; what has become stale is dropped."""
        now = self._clock()
        kept = [(at, code) for at, code in self._arrived if now - at <= FOLLOWS_S or _ends_it(code)]
        if len(kept) < len(self._arrived):
            _log.info("%d codes that nobody waited for were dropped", len(self._arrived) - len(kept))
        self._arrived = deque(kept)
        self._waiting = True
        try:
            yield
        finally:
            self._waiting = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take."""
        return not self._arrived

    async def something(self) -> None:
        """Wait until there is something to take."""
        while not self._arrived:
            self._something.clear()
            await self._something.wait()

    def take(self) -> Code:
        """Return the oldest code. Raises the ``DeviceError`` that came in its place."""
        _, what = self._arrived.popleft()
        if isinstance(what, DeviceError):
            raise what
        self._last = (self._clock(), what.raw)
        return what


def _ends_it(what: Code | DeviceError) -> bool:
    return isinstance(what, DeviceGone)
