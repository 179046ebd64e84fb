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
import selectors
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

Result = TypeVar("Result")

LEAST_SETTLE_S, MOST_SETTLE_S, SETTLE_SHARE = 0.0015, 0.025, 0.02
"""The kernel hands bytes from one end of a pty to the other by workers of its own, which a busy machine lets wait. They
are given longer before a long jump: a pause of 20 ms is no limit that somebody misses, one of 2 s is."""


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
        settle_s = min(max(LEAST_SETTLE_S, timeout * SETTLE_SHARE), MOST_SETTLE_S)
        ready = super().select(min(timeout, settle_s))
        if not ready and not self._loop.owed:
            self._loop.jump(timeout - settle_s)
        return ready


class DrivenLoop(asyncio.SelectorEventLoop):
    """See the module."""

    def __init__(self) -> None:
        self._jumped_s = 0.0
        self._working = 0
        self._owing: list[Callable[[], bool]] = []
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
        """Count what pools of threads are given from this loop; one that was never counted would be overtaken."""
        submit = concurrent.futures.ThreadPoolExecutor.submit

        def counted(
            pool: concurrent.futures.ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **kwargs: Any
        ) -> concurrent.futures.Future[Any]:
            future = submit(pool, work, *args, **kwargs)
            if asyncio._get_running_loop() is self:
                self._working += 1
                future.add_done_callback(lambda _: self._done())
            return future

        concurrent.futures.ThreadPoolExecutor.submit = counted  # type: ignore[method-assign]  # for as long as it runs
        try:
            yield
        finally:
            concurrent.futures.ThreadPoolExecutor.submit = submit  # type: ignore[method-assign]  # as it was

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
