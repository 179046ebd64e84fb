"""One sender to a simulated printer: a connection, what it sent and was not worked off yet, and what it is told."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from drivers.simulated.escpos import (
    Ask,
    Forget,
    Initialise,
    Interpreter,
    ProtocolError,
    Realtime,
    RealtimeScanner,
    Recover,
    Report,
)

if TYPE_CHECKING:
    from drivers.simulated.printer import SimulatedPrinter

_log = logging.getLogger(__name__)

FIXED_BITS: Final = (0x01, 0x02, 0x10, 0x80)
"""Of a status byte: the same in every one, so that a flip of one can be told."""
_BUFFER_BYTES, _CHUNK_BYTES = 65536, 4096


class Sender:
    """One sender: status is answered in real time, everything else is buffered and worked off in order."""

    def __init__(
        self,
        printer: SimulatedPrinter,
        received: asyncio.StreamReader,
        write: Callable[[bytes], Awaitable[None]],
        drop: Callable[[], None],
    ) -> None:
        self._printer = printer
        self._received = received
        self._write = write
        self._drop = drop
        self._buffer = Buffer()
        self._sender_gone = False
        self._reports = asyncio.Event()
        self._reports_on = False
        self._reported = b""
        self._working: asyncio.Task[None] | None = None
        self.tasks: set[asyncio.Task[None]] = set()
        self.served = asyncio.Event()

    async def serve(self) -> None:
        """Receive until the sender hangs up, and print what came, if the printer can."""
        if self.served.is_set():
            return
        async with asyncio.TaskGroup() as group:
            telling = group.create_task(self._tell_changes())
            self._working = group.create_task(self._work_off())
            self.tasks = {group.create_task(self._receive(group)), self._working, telling}
            while not self._working.done():
                await asyncio.wait([self._working])
            telling.cancel()

    def printer_stopped(self) -> None:
        """Lose what is buffered when nobody is there any more who could wait."""
        if self._sender_gone:
            self._cancel()

    def printer_changed(self) -> None:
        """Report it, if that was asked for."""
        self._reports.set()

    def cut_off(self) -> None:
        """Drop the connection and what is buffered."""
        self._drop()
        self._cancel()

    def _cancel(self) -> None:
        for task in self.tasks:
            task.cancel()

    async def _receive(self, group: asyncio.TaskGroup) -> None:
        scanner = RealtimeScanner()
        try:
            while data := await self._next():
                while data:
                    piece, data = self._printer.faults.cut(data)
                    await self._take(piece, scanner.feed(piece), group)
                    await self._printer.faults.counts("byte", len(piece))
        except ConnectionError as error:
            _log.debug("the sender hung up: %s", error)
        self._sender_gone = True
        if not self._printer.can_move():
            self._cancel()
        await self._buffer.put(b"")

    async def _next(self) -> bytes:
        try:
            async with asyncio.timeout(self._printer.manners.idle_s):
                return await self._received.read(_CHUNK_BYTES)
        except TimeoutError:
            self._drop()
            return b""

    async def _take(self, piece: bytes, found: list[tuple[Realtime, int]], group: asyncio.TaskGroup) -> None:
        done = 0
        for command, end in found:
            match command:
                case Ask(number=number):
                    await self._say(await self._printer.answer(number))
                    await self._printer.faults.ends("command")
                case Forget(reset=reset) if self._printer.manners.forgets:
                    done = end
                    self._start_afresh(group)
                    await self._say(self._printer.forget(reset=reset))
                case Recover(number=2) if self._printer.stuck_knife:
                    done = end
                    self._start_afresh(group)
                    self._printer.recover()
                case Recover() if self._printer.stuck_knife:
                    self._printer.recover()
        if rest := piece[done:]:
            await self._buffer.put(rest)

    def _start_afresh(self, group: asyncio.TaskGroup) -> None:
        """Throw away what is buffered and what is half done."""
        before = self._working
        self._buffer = Buffer()
        self._working = group.create_task(self._work_off())
        self.tasks.add(self._working)
        if before is not None:
            before.cancel()

    async def _say(self, answer: bytes) -> None:
        if answer:
            await self._write(answer)

    async def _tell_changes(self) -> None:
        while True:
            await self._reports.wait()
            self._reports.clear()
            report = self._printer.report()
            if self._reports_on and report != self._reported:
                self._reported = report
                kind = self._printer.faults.kind
                if kind == "garbled":
                    report = bytes([report[0] ^ self._printer.faults.random.choice(FIXED_BITS)]) + report[1:]
                if kind not in ("mute", "stuck"):
                    await self._say(report[: len(report) // 2] if kind == "half" else report)

    async def _work_off(self) -> None:
        interpreter = Interpreter()
        buffer = self._buffer
        try:
            while data := await buffer.get():
                for command in interpreter.feed(data):
                    answer = await self._printer.carry_out(command)
                    if isinstance(command, Report | Initialise):
                        asked = isinstance(command, Report) and command.which != 0
                        self._reports_on = asked and self._printer.manners.reports
                        self._reported = b""  # asking is answered at once
                        self._reports.set()
                    await self._say(answer)
        except ProtocolError as error:
            self._printer.note(error)
            # What follows cannot be told apart any more: it is taken and thrown away.
            while await buffer.get():
                continue


class Buffer:
    """What was received and is not worked off yet: as many bytes as the printer holds, in whatever pieces they came.

    Pieces must not be counted: a network that is slow brings small ones, and a printer that stops would fill up early
    and hear no question any more.
    """

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self._bytes = 0
        self._news = asyncio.Condition()

    async def put(self, piece: bytes) -> None:
        """Keep ``piece``, once there is room."""
        async with self._news:
            await self._news.wait_for(lambda: self._bytes < _BUFFER_BYTES)
            self._pieces.append(piece)
            self._bytes += len(piece)
            self._news.notify_all()

    async def get(self) -> bytes:
        """Return the oldest piece, once there is one."""
        async with self._news:
            await self._news.wait_for(lambda: self._pieces)
            piece = self._pieces.popleft()
            self._bytes -= len(piece)
            self._news.notify_all()
            return piece
