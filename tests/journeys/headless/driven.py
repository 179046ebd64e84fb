"""An event loop whose clock the tests drive: what nobody works on is not waited for.

``DrivenLoop.time`` runs as real time does, and jumps to the next timer whenever nothing can happen before it. Nothing
can happen when no descriptor is ready (ptys, sockets, inotify and simulated devices all live in this loop), no thread
of a pool works for us and nobody outside owes an answer; who owes one is told by ``owes``::

    real    ──────▶ an answer is on its way: real time passes, no timer comes early
    driven  ─┐ ┌──▶ everybody sleeps: the clock jumps to whoever wakes first
             └─┘

So a limit of ten seconds costs a millisecond when the device is mute, and is kept in earnest while a thread, a child
process or the backend is at work. Time-outs inside blocking calls on threads stay real.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import fcntl
import os
import selectors
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

Result = TypeVar("Result")

SETTLE_S = 0.0015
"""After this nothing comes any more that is not counted."""
TRANSIT_S = 0.2
"""The kernel hands bytes from one end of a pty to the other by workers of its own, which a busy machine lets wait. What
nobody has read by then nobody wants."""
LOST_S = 0.01
"""What was not read with what was read so long after it was written, was flushed."""
_TIOCGPTN = 0x80045430
"""Asks the near end of a pty for its number; the far end does not know it (linux/asm-generic/ioctls.h)."""


class Ptys:
    """Counts the bytes that are in ptys, written at one end and not yet read at the other."""

    def __init__(self) -> None:
        self._in_transit: dict[tuple[int, bool], tuple[int, float, float]] = {}
        """By end: how many bytes, when something was written last, when something was read."""

    @property
    def left_s(self) -> float:
        """How long to wait for what is on its way; 0: nothing is."""
        now = time.monotonic()
        return max((at + TRANSIT_S - now for count, at, _ in self._in_transit.values() if count), default=0.0)

    def wrote(self, fd: int, count: int) -> None:
        """Note what was written to a descriptor."""
        if (end := _end(fd)) is not None:
            now = time.monotonic()
            before, at, read_at = self._in_transit.get(end, (0, 0.0, 0.0))
            if now - at > TRANSIT_S or (read_at > at and now - at > LOST_S):
                before = 0  # flushed, or gone with its cable
            self._in_transit[end] = (before + count, now, read_at)

    def read(self, fd: int, count: int) -> None:
        """Note what was read from a descriptor."""
        if (end := _end(fd)) is not None:
            written = (end[0], not end[1])
            before, at, _ = self._in_transit.get(written, (0, 0.0, 0.0))
            self._in_transit[written] = (max(0, before - count), at, time.monotonic())


def _end(fd: int) -> tuple[int, bool] | None:
    """Return the number of a pty and whether this is the end of the device; None: it is none."""
    number = bytearray(4)
    try:
        fcntl.ioctl(fd, _TIOCGPTN, number)
    except OSError:
        pass
    else:
        return int.from_bytes(number, sys.byteorder), True
    try:
        return int(os.ttyname(fd).rpartition("/")[2]), False
    except (OSError, ValueError):
        return None


class _Selector(selectors.DefaultSelector):
    """Waits in earnest while somebody owes an answer, else lets the clock jump."""

    def __init__(self, loop: DrivenLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if ready or timeout is None or timeout <= 0:
            return ready or super().select(timeout)
        if self._loop.owed:
            return super().select(timeout)
        if (transit_s := self._loop.ptys.left_s) > 0:
            return super().select(min(timeout, transit_s))
        ready = super().select(min(timeout, SETTLE_S))
        if not ready and not self._loop.owed:
            self._loop.jump(timeout - SETTLE_S)
        return ready


class DrivenLoop(asyncio.SelectorEventLoop):
    """See the module."""

    def __init__(self) -> None:
        self._jumped_s = 0.0
        self._working = 0
        self._thread = 0
        self._owing: list[Callable[[], bool]] = []
        self.ptys = Ptys()
        super().__init__(_Selector(self))

    def time(self) -> float:
        """Return the time on this clock: never behind real time."""
        return time.monotonic() + self._jumped_s

    @property
    def jumped_s(self) -> float:
        """How much time was not waited for."""
        return self._jumped_s

    @property
    def owed(self) -> bool:
        """Whether somebody outside works for us."""
        return self._working > 0 or any(owes() for owes in self._owing)

    def jump(self, seconds: float) -> None:
        """Let time pass at once."""
        self._jumped_s += max(0.0, seconds)

    @contextlib.contextmanager
    def asking(self, owes: Callable[[], bool]) -> Iterator[None]:
        """Inside, let real time pass whenever ``owes`` says that an answer is on its way."""
        self._owing.append(owes)
        try:
            yield
        finally:
            self._owing.remove(owes)

    def in_earnest(self) -> contextlib.AbstractContextManager[None]:
        """Inside, let real time pass."""
        return self.asking(lambda: True)

    @contextlib.contextmanager
    def counting(self) -> Iterator[None]:
        """Inside, count what pools of threads are given from this loop, and what is in ptys; the rest is overtaken."""
        submit = concurrent.futures.ThreadPoolExecutor.submit

        def counted(
            pool: concurrent.futures.ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **kwargs: Any
        ) -> concurrent.futures.Future[Any]:
            future = submit(pool, work, *args, **kwargs)
            if asyncio._get_running_loop() is self:
                self._working += 1
                future.add_done_callback(lambda _: self._done())
            return future

        write, read = os.write, os.read

        def written(fd: int, data: Any, /) -> int:
            count = write(fd, data)
            if threading.get_ident() == self._thread:
                self.ptys.wrote(fd, count)
            return count

        def taken(fd: int, most: int, /) -> bytes:
            data = read(fd, most)
            if threading.get_ident() == self._thread:
                self.ptys.read(fd, len(data))
            return data

        self._thread = threading.get_ident()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(concurrent.futures.ThreadPoolExecutor, "submit", counted)
            patch.setattr(os, "write", written)
            patch.setattr(os, "read", taken)
            yield

    def _done(self) -> None:
        # on the worker's thread: told through the loop, so that the result is on its way before nobody is owed anything
        if not self.is_closed():
            self.call_soon_threadsafe(self._rests)

    def _rests(self) -> None:
        self._working -= 1


def drive(work: Coroutine[Any, Any, Result]) -> Result:
    """Run ``work`` to its end on a loop of its own with a driven clock."""
    with asyncio.Runner(loop_factory=DrivenLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, DrivenLoop)
        with loop.counting():
            return runner.run(work)


def driven() -> DrivenLoop:
    """Return the running loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, DrivenLoop)
    return loop
