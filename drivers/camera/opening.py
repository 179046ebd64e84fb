"""One opening of a camera, as the terminal sees it: a child process, a socket to it, memory shared with it.

Everything ends in one place, ``end``: the child is killed, the memory wiped, and whoever waits gets the error. What
ends it: the child says so, the child dies, what it says cannot be read, or the watchdog, when the newest picture grows
older than it may: a camera that hangs repeats its last picture, and a child that hangs says nothing at all.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import time
from typing import Any, Final, TypeVar

from drivers.camera import messages
from drivers.camera.api import Frame, SeenCode
from drivers.camera.health import Flow
from drivers.camera.shared import FROM_CHILD, FROM_PARENT, Shared
from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent
from drivers.status import WELL, Condition
from drivers.traffic import tap

_log = logging.getLogger(__name__)

_CHILD: Final = (sys.executable, "-P", "-m", "drivers.camera.child")
_BURIAL_S: Final = 1.0
"""A killed process is gone in milliseconds, unless it hangs in the kernel: then the kernel ends it when it can."""
_ERRORS: Final[dict[str, type[DeviceError]]] = {
    "absent": DeviceAbsent,
    "gone": DeviceGone,
    "silent": DeviceSilent,
    "refused": DeviceRefused,
    "garbled": DeviceGarbled,
}

Answer = TypeVar("Answer")


class Opening:
    """A camera being opened, open, or ended; never opened twice.

    Args:
        name: Of the camera, for errors and the log; without a password.
        start: What the child is told to open.
    """

    def __init__(self, name: str, start: messages.Start) -> None:
        self._name = name
        self._start = start
        self._loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[messages.Opened] = self._loop.create_future()
        self.ended: DeviceError | None = None
        self.condition: Condition = WELL
        self.counts = messages.Beat(arrived=0, at=0.0, repeated=0, lost=0)
        self._news = asyncio.Event()
        self._flow = Flow()
        self._heard_at = time.monotonic()
        self._frames: list[tuple[int, asyncio.Future[Frame]]] = []
        self._codes: list[tuple[float, asyncio.Future[tuple[SeenCode, ...]]]] = []
        self._measured: list[asyncio.Future[messages.Measured]] = []
        self._judged: list[asyncio.Future[messages.Judged]] = []
        self._asked = False
        self._newest = -1
        """Sequence of the last picture that was taken out."""
        self._watchdog: asyncio.TimerHandle | None = None
        self._buried = asyncio.Event()
        self._begin()

    @property
    def pid(self) -> int:
        """The child."""
        return self._process.pid

    async def frame(self, after: int) -> Frame:
        """Return a picture after this one; see ``Camera.frame``."""
        waiting: asyncio.Future[Frame] = self._loop.create_future()
        entry = (after, waiting)
        self._frames.append(entry)
        try:
            self._ask()
            return await self._answer(waiting)
        finally:
            if entry in self._frames:
                self._frames.remove(entry)

    async def codes(self) -> tuple[SeenCode, ...]:
        """Return the codes of the first picture from now on that has any; waits for ever."""
        self._alive()
        waiting: asyncio.Future[tuple[SeenCode, ...]] = self._loop.create_future()
        entry = (time.monotonic(), waiting)
        self._codes.append(entry)
        self._send(messages.Look(wanted=True))
        try:
            return await waiting
        finally:
            if entry in self._codes:
                self._codes.remove(entry)
            if not self._codes:
                self._send(messages.Look(wanted=False))

    async def measure(self) -> messages.Measured:
        """Return what the child measures of the newest picture, and the counts so far."""
        waiting: asyncio.Future[messages.Measured] = self._loop.create_future()
        self._measured.append(waiting)
        self._send(messages.Measure())
        return await self._answer(waiting)

    async def judge(self, jpeg: bytes) -> float:
        """Return the measure of print of a picture.

        Raises:
            ValueError: no picture is that large.
        """
        self._alive()
        self._shared.put(FROM_PARENT, jpeg)
        waiting: asyncio.Future[messages.Judged] = self._loop.create_future()
        self._judged.append(waiting)
        self._send(messages.Judge(length=len(jpeg)))
        return (await self._answer(waiting)).measure

    async def changed(self) -> None:
        """Wait until ``counts``, ``condition`` or ``ended`` may have changed."""
        await self._news.wait()

    def end(self, error: DeviceError, *, left: bool = True) -> None:
        """Kill the child, wipe the memory, and give ``error`` to whoever waits. Only the first error counts.

        Args:
            error: Why.
            left: It was the camera that ended it, and not who used it.
        """
        if self.ended is not None:
            return
        self.ended = error
        if left:
            tap.gone(self._name)
        if self._watchdog is not None:
            self._watchdog.cancel()
        self._process.kill()  # never waited for in here, so the number cannot have become another process's
        self._loop.remove_reader(self._socket)
        self._socket.close()
        self._shared.close()
        waiting: list[asyncio.Future[Any]] = [self.opened, *self._measured, *self._judged]
        waiting += [each for _, each in self._frames]
        waiting += [each for _, each in self._codes]
        for future in waiting:
            if not future.done():
                future.set_exception(again(error))
                future.exception()  # whoever asked may have left: nobody has to fetch it
        self._tell()

    async def close(self) -> None:
        """End it and wait a moment for the child to be gone, so that the camera can be opened again."""
        self.end(DeviceGone(f"{self._name} was closed"), left=False)
        try:
            async with asyncio.timeout(_BURIAL_S):
                await self._buried.wait()
        except TimeoutError:
            _log.warning("%s: process %d was killed and hangs in the kernel", self._name, self._process.pid)

    def _begin(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            shared = Shared.create()
            try:
                passed = (theirs.fileno(), shared.descriptor)
                # exec, never fork: a copy of a process with threads may hang in a lock that another thread held.
                self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our module, numbers
                    [*_CHILD, *map(str, passed), str(os.getpid())],
                    pass_fds=passed,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,  # decoders chat; what matters comes as a message
                )
            except BaseException:
                shared.close()
                raise
        except OSError as error:
            ours.close()
            raise DeviceRefused(f"{self._name}: no process for it: {error}") from error
        finally:
            theirs.close()
        self._shared, self._socket = shared, ours
        ours.setblocking(False)
        self._loop.add_reader(ours, self._hear)
        self._ended_at = os.pidfd_open(self._process.pid)
        self._loop.add_reader(self._ended_at, self._bury)
        self._send(self._start)

    def _bury(self) -> None:
        """Take note that the child is gone."""
        self._loop.remove_reader(self._ended_at)
        os.close(self._ended_at)
        status = self._process.wait()
        _log.debug("%s: process %d ended with %d", self._name, self._process.pid, status)
        self._hear()  # its last words
        self.end(DeviceGone(f"{self._name}: its process ended with {status}"))
        self._buried.set()

    async def _answer(self, waiting: asyncio.Future[Answer]) -> Answer:
        self._alive()
        limit_s = self._start.silent_s + self._start.beat_s
        try:
            async with asyncio.timeout(limit_s):
                return await waiting
        except TimeoutError:
            raise DeviceSilent(f"{self._name}: no answer within {limit_s:g} s") from None

    def _alive(self) -> None:
        if self.ended is not None:
            raise again(self.ended)

    def _ask(self) -> None:
        # One at a time, and never for a picture yet to come: whoever asks next may want an earlier one.
        if self.ended is None and self._frames and not self._asked:
            self._asked = True
            self._send(messages.Want(after=min(self._newest, *(after for after, _ in self._frames))))

    def _send(self, order: messages.Order) -> None:
        if self.ended is not None:
            return
        packet = messages.packed(order)
        tap.sent(self._name, packet)
        try:
            self._socket.send(packet)
        except BlockingIOError:
            self.end(DeviceSilent(f"{self._name}: its process has not listened for a long time"))
        except (BrokenPipeError, ConnectionResetError):
            return  # it is about to be gone

    def _hear(self) -> None:
        while self.ended is None:
            try:
                packet = self._socket.recv(messages.LONGEST_BYTES)
            except BlockingIOError:
                return
            except ConnectionResetError:
                packet = b""
            if not packet:  # it closed the socket: it is about to be gone, and ``_bury`` tells how
                self._loop.remove_reader(self._socket)
                return
            tap.came(self._name, packet)
            try:
                self._take(messages.report_in(packet))
            except ValueError as error:
                self.end(DeviceGarbled(f"{self._name}: its process is not understood: {error}"))

    def _take(self, report: messages.Report) -> None:
        self._heard_at = time.monotonic()
        match report:
            case messages.Picture():
                self._picture(report)
            case messages.Beat():
                self.counts = report
                self.condition = self._flow.note(self._heard_at, report.arrived, report.lost)
                self._tell()
            case messages.Opened():
                self.counts = messages.Beat(arrived=1, at=self._heard_at, repeated=0, lost=self.counts.lost)
                _resolve([self.opened], report)
                self._watch()
            case messages.Codes():
                seen = tuple(
                    SeenCode(raw=c.raw, symbology=c.symbology, corners=c.corners, text=c.text) for c in report.codes
                )
                for since, waiting in self._codes:
                    if report.at >= since:
                        _resolve([waiting], seen)
            case messages.Measured():
                _resolve(self._measured, report)
            case messages.Judged():
                _resolve(self._judged[:1], report)
                del self._judged[:1]
            case messages.Ended():
                kind = _ERRORS.get(report.error, DeviceGarbled)
                self.end(kind(f"{self._name}: {report.detail}"))

    def _picture(self, told: messages.Picture) -> None:
        self._asked, self._newest = False, told.sequence
        jpeg = self._shared.take(FROM_CHILD, told.length)
        frame = Frame(sequence=told.sequence, width=told.width, height=told.height, jpeg=jpeg)
        for after, waiting in self._frames:
            if told.sequence > after:
                _resolve([waiting], frame)
        self._frames = [entry for entry in self._frames if not entry[1].done()]
        self._ask()

    def _watch(self) -> None:
        """Look whether the newest picture is too old; now, and when it would be next."""
        self._hear()  # what came while this process did something else
        if self.ended is not None:
            return
        limit_s = self._start.silent_s + self._start.beat_s
        now = time.monotonic()
        newest_at = self.counts.at or now
        if now - newest_at <= limit_s:
            self._watchdog = self._loop.call_later(newest_at + limit_s - now + 0.01, self._watch)
            return
        self.end(self._stale(now - self._heard_at, f"{self._name}: no new picture for {now - newest_at:.1f} s"))

    def _stale(self, unheard_s: float, detail: str) -> DeviceError:
        if unheard_s > 3 * self._start.beat_s:
            return DeviceSilent(f"{detail}, and its process hangs")
        return DeviceSilent(f"{detail}; {self.counts.repeated} came twice, {self.counts.lost} were broken")

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def again(error: DeviceError) -> DeviceError:
    """Return an error to be raised for one caller: raised twice, one object would gather the tracebacks of both."""
    return type(error)(error.detail, code=error.code)


def _resolve(waiting: list[asyncio.Future[Answer]], answer: Answer) -> None:
    for future in waiting:
        if not future.done():
            future.set_result(answer)
