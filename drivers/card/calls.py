"""A PC/SC context, the one thread that uses it, and how what PC/SC says becomes an error of ours.

The calls of PC/SC block, and a wait for a card blocks without end. So each context has a thread of its own; a caller
who gives up has the wait woken with SCardCancel. pcscd forgets a cancel that comes a moment before the wait it is meant
for, therefore it is repeated until the thread is free. Nothing is looked at every so often.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from smartcard import scard

from drivers.errors import DeviceAbsent, DeviceGone

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_CANCEL_AGAIN_S: Final = 0.02
_STUCK_S: Final = 3.0
"""A call that has not come back this long after it was given up hangs with pcscd; its thread is left behind."""
_MOST_CANCELS: Final = round(_STUCK_S / _CANCEL_AGAIN_S)
_KEEP_WAITING: Final = frozenset({scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED})
_LEFT: Final = scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE
_PLUG_AND_PLAY: Final = r"\\?PnP?\Notification"
"""The name that stands for the list of readers."""
_LIST_AGAIN_MS: Final = 10_000
"""PC/SC counts the readers when the wait begins: one that came between list and wait would never be told of."""


class _GivenUp(Exception):
    """The caller was cancelled or the context closed."""


class Turn:
    """One piece of work on the thread of a context; knows whether its caller still wants it."""

    def __init__(self) -> None:
        self._given_up = threading.Event()

    def give_up(self) -> None:
        """Have the work end at its next ``check``."""
        self._given_up.set()

    def check(self) -> None:
        """Leave the work when it was given up."""
        if self._given_up.is_set():
            raise _GivenUp


_Work = Callable[[Turn], Any]
_Queue = queue.SimpleQueue[tuple["concurrent.futures.Future[Any]", _Work, Turn] | None]


class PcscContext:
    """One context for one life: established by work on its thread, gone after ``close``.

    Args:
        name: Of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._context: Any = None
        self._closed = False
        self._queue: _Queue = queue.SimpleQueue()
        self._pending: dict[concurrent.futures.Future[Any], Turn] = {}
        # A daemon: when pcscd hangs for good, the process can end all the same.
        threading.Thread(target=_obey, args=(self._queue,), name=name, daemon=True).start()

    async def run(self, work: Callable[[Turn], _T]) -> _T:
        """Run ``work`` on the thread, after what was asked for before.

        Raises:
            DeviceGone: closed, now or meanwhile; besides, whatever ``work`` raises.
        """
        if self._closed:
            raise DeviceGone("closed")
        future: concurrent.futures.Future[_T] = concurrent.futures.Future()
        turn = Turn()
        self._pending[future] = turn
        future.add_done_callback(lambda done: self._pending.pop(done, None))
        self._queue.put((future, work, turn))
        try:
            return await asyncio.wrap_future(future)
        except _GivenUp:
            raise DeviceGone("closed") from None
        except asyncio.CancelledError:
            self._give_up({future: turn})
            raise

    async def close(self) -> None:
        """Give up what runs, release the context, end the thread. Safe more than once; raises nothing."""
        if self._closed:
            return
        self._closed = True
        self._give_up(dict(self._pending))
        released: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._queue.put((released, lambda _: self._release(), Turn()))
        self._queue.put(None)
        done, _ = await asyncio.wait([asyncio.wrap_future(released)], timeout=_STUCK_S)
        if not done:
            _log.error("%s: a call hangs with pcscd; its thread is left behind", self._name)

    # --- on the thread ------------------------------------------------------------------------------------------

    @property
    def handle(self) -> Any:
        """The context. Raises ``DeviceGone`` when there is none."""
        if self._context is None:
            raise DeviceGone("not open")
        return self._context

    def establish(self) -> None:
        """Reach pcscd, unless that was done.

        Raises:
            DeviceAbsent: it does not run.
        """
        if self._context is None:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if code != scard.SCARD_S_SUCCESS:
                raise DeviceAbsent(f"pcscd does not run: {words(code)}")
            self._context = context

    def readers(self) -> list[str]:
        """Return the names of all readers.

        Raises:
            DeviceAbsent: pcscd left.
        """
        try:
            code, names = scard.SCardListReaders(self.handle, [])
        except SystemError as error:  # pyscard's binding, when pcscd left since the context was made
            raise DeviceAbsent("pcscd left") from error
        if code not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_NO_READERS_AVAILABLE):
            raise DeviceAbsent(f"no list of readers: {words(code)}")
        return list(map(str, names))

    def readers_changed(self, turn: Turn) -> None:
        """Wait until a reader may have come or gone.

        Raises:
            DeviceAbsent: pcscd left.
        """
        turn.check()
        code, _ = scard.SCardGetStatusChange(self.handle, _LIST_AGAIN_MS, [(_PLUG_AND_PLAY, 0)])
        turn.check()
        if code not in _KEEP_WAITING:
            raise DeviceAbsent(f"wait for a reader: {words(code)}")

    def state(self, reader: str, known: int = scard.SCARD_STATE_UNAWARE, limit_ms: int = 0) -> tuple[int, bytes]:
        """Return state and answer to reset as soon as the state differs from ``known``, or when the time is over.

        Raises:
            DeviceGone: reader or pcscd left.
        """
        return self._states([(reader, known)], limit_ms)[0]

    def states(self, readers: Sequence[str]) -> list[int]:
        """Return the state of each of ``readers`` now.

        Raises:
            DeviceGone: one of them or pcscd left.
        """
        return [state for state, _ in self._states([(reader, scard.SCARD_STATE_UNAWARE) for reader in readers], 0)]

    def changed_states(self, turn: Turn, readers: Sequence[str], known: Sequence[int]) -> list[int]:
        """Wait without end until the state of one of ``readers`` differs from ``known``; return all of them.

        Raises:
            DeviceGone: one of them or pcscd left.
        """
        turn.check()
        found = self._states(list(zip(readers, known, strict=True)), scard.INFINITE)
        turn.check()
        return [state for state, _ in found]

    def _states(self, known: list[tuple[str, int]], limit_ms: int) -> list[tuple[int, bytes]]:
        code, states = scard.SCardGetStatusChange(self.handle, limit_ms, known)
        if code not in _KEEP_WAITING:
            raise DeviceGone(f"wait: {words(code)}")
        if code == scard.SCARD_E_CANCELLED or not states:
            return [(state, b"") for _, state in known]
        found = []
        for reader, state, atr in states:
            if state & _LEFT:
                raise DeviceGone(f"{reader} left: state {state:#x}")
            found.append((int(state) & ~int(scard.SCARD_STATE_CHANGED), bytes(atr)))
        return found

    def _release(self) -> None:
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
            self._context = None

    def _give_up(self, pending: dict[concurrent.futures.Future[Any], Turn]) -> None:
        for turn in pending.values():
            turn.give_up()
        running = [future for future in pending if not future.done()]
        if running and self._context is not None:
            # On a thread: SCardCancel talks to pcscd, and the event loop waits for nobody.
            threading.Thread(
                target=_wake, args=(self._context, running), name=f"{self._name} wake", daemon=True
            ).start()


def _obey(tasks: _Queue) -> None:
    """Do one piece of work after the other."""
    while task := tasks.get():
        future, work, turn = task
        if not future.set_running_or_notify_cancel():
            continue
        try:
            turn.check()
            result = work(turn)
        except BaseException as error:  # noqa: BLE001 - whatever it is belongs to who asked, as with any executor
            future.set_exception(error)
        else:
            future.set_result(result)
        del future, work, turn, task


def _wake(context: Any, running: list[concurrent.futures.Future[Any]]) -> None:
    for _ in range(_MOST_CANCELS):
        scard.SCardCancel(context)
        _, busy = concurrent.futures.wait(running, timeout=_CANCEL_AGAIN_S)
        if not busy:
            return


def words(code: int) -> str:
    """Return what PC/SC calls ``code``, for the log."""
    with contextlib.suppress(UnicodeDecodeError):
        return f"{scard.SCardGetErrorMessage(code).strip()} (0x{code & 0xFFFFFFFF:08X})"
    return f"0x{code & 0xFFFFFFFF:08X}"
