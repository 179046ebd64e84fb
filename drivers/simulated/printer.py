"""A receipt printer at a TCP port: it reads ESC/POS, keeps a roll of paper, and has a cover, a knife and a plug."""

from __future__ import annotations

import asyncio
import io
import logging
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PIL import Image

from drivers.simulated.api import UnknownAction
from drivers.simulated.escpos import (
    Command,
    Cut,
    Initialise,
    Interpreter,
    ProtocolError,
    RealtimeScanner,
    SetStyle,
    TellPaper,
)
from drivers.simulated.faults import Faults, menu
from drivers.simulated.roll import Roll

_log = logging.getLogger(__name__)

FAULTS: Final = menu(without=("wrong-version",))
"""Mute and stuck it does not move either; half answers are none, because every answer is one byte."""

_DOTS_PER_MM = 8
_LINE_DOTS = 34
"""1/6 inch, the line spacing of a printer just switched on: what a script means by a line."""
_FIXED_BITS: Final = (0x01, 0x02, 0x10, 0x80)
"""Of a status byte: the same in every one, so that a flip of one can be told."""
_LATE_S: Final = 4.0
_DOTS_PER_S = 1200.0
"""150 mm of paper a second."""
_BUFFER_BYTES, _CHUNK_BYTES = 65536, 4096


class SimulatedPrinter:
    """A ``SimulatedDevice``; what it printed is in ``slips``.

    Args:
        host: Address to listen at.
        port: TCP port; 0 takes a free one, which it then keeps: see ``port``.
        width_dots: Printable width of the paper.
        pace: How slowly it prints: 1 is as a real one, 0 without delay.
        slips_dir: Where the cut slips go as ``slip-0001.png`` and so on; None keeps them in memory only.
    """

    kind = "printer"
    actions: tuple[str, ...] = (
        "tear",
        "paper-out",
        "paper-near-end",
        "paper-ok",
        "cover-open",
        "cover-closed",
        "cutter-jam",
        "cutter-ok",
        "unplug",
        "plug",
        "fault",
    )

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        width_dots: int = 576,
        pace: float = 0.0,
        slips_dir: Path | None = None,
    ) -> None:
        self.on_change: Callable[[], None] | None = None
        self.slips: list[bytes] = []
        """Every slip cut so far, as PNG."""
        self.protocol_errors: list[ProtocolError] = []
        self.connected = asyncio.Event()
        """Set while somebody is connected."""
        self._host = host
        self._port = port
        self._pace = pace
        self._slips_dir = slips_dir
        self._roll = Roll(width_dots)
        self._server: asyncio.Server | None = None
        self._connections: set[_Connection] = set()
        self._one_at_a_time = asyncio.Lock()
        self._moving_allowed = asyncio.Event()
        self._moving_allowed.set()
        self._paper = "ok"
        self._cover_open = False
        self._cutter_jammed = False
        self.faults = Faults(
            FAULTS,
            units=("line", "mm", "command", "byte"),
            plug=self._plug,
            unplug=self._unplug,
            changed=self._fault_changed,
            late_s=_LATE_S,
        )
        self._waiting = ""
        self._printing = False
        self._later: tuple[int, str, str] | None = None

    @property
    def port(self) -> int:
        """The TCP port; known once started."""
        return self._port

    async def start(self) -> None:
        """Listen, with a full roll and everything closed."""
        self._later = None
        await self.faults.stop()
        for action in ("paper-ok", "cover-closed", "cutter-ok"):
            self._turn(action)
        await self._plug()

    async def stop(self) -> None:
        """Stop listening and drop the connections."""
        await self.faults.stop()
        await self._unplug()

    def check(self) -> None:
        """Raise the first ``ProtocolError`` that was met, if any."""
        if self.protocol_errors:
            raise self.protocol_errors[0]

    def state(self) -> dict[str, str]:
        """Return what stands on the printer's front and in its mouth."""
        return {
            "plugged": _yes(self._server is not None),
            "paper": self._paper,
            "cover": "open" if self._cover_open else "closed",
            "cutter": "jammed" if self._cutter_jammed else "ok",
            **self.faults.state(),
            "printing": _yes(self._printing),
            "slip_waiting": self._waiting,
            "slips": str(len(self.slips)),
            "protocol_error": str(self.protocol_errors[0]) if self.protocol_errors else "",
        }

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """Do one of ``actions``; see ``SimulatedDevice``.

        ``fault`` see ``Faults.order``. Any action may carry ``after_mm``: it then happens once so much more
        paper has been printed on. ``tear`` tells the file of the slip that was taken.
        """
        if action not in self.actions:
            raise UnknownAction(action, self.actions)
        if action == "fault" and "after_mm" not in arguments:
            await self.faults.order(arguments)
            return {}
        known = {"after_mm", "kind"} if action == "fault" else {"after_mm"}
        if unknown := set(arguments) - known:
            raise UnknownAction(min(unknown), sorted(known))
        if action == "fault" and arguments.get("kind") not in FAULTS:
            raise UnknownAction(arguments.get("kind", ""), FAULTS)
        if after := arguments.get("after_mm", ""):
            if not (after.isascii() and after.isdecimal() and int(after)):
                raise UnknownAction(after, ("a whole number of millimetres",))
            self._later = (int(after) * _DOTS_PER_MM, action, arguments.get("kind", ""))
            return {}
        return await self._do_now(action, arguments.get("kind", ""))

    async def _do_now(self, action: str, kind: str) -> dict[str, str]:
        torn = {"slip": self._waiting} if action == "tear" else {}
        if action == "unplug":
            await self._unplug()
        elif action == "plug":
            await self._plug()
        elif action == "fault":
            await self.faults.set(kind)
        else:
            self._turn(action)
        self._changed()
        return torn

    def _fault_changed(self) -> None:
        self._stop_or_go()
        self._changed()

    def _turn(self, action: str) -> None:
        match action:
            case "tear":
                self._waiting = ""
            case "paper-out" | "paper-near-end" | "paper-ok":
                self._paper = {"paper-near-end": "near-end"}.get(action, action.removeprefix("paper-"))
            case "cover-open" | "cover-closed":
                self._cover_open = action == "cover-open"
            case "cutter-jam" | "cutter-ok":
                self._cutter_jammed = action == "cutter-jam"
        self._stop_or_go()

    def _stop_or_go(self) -> None:
        if not self._stopped:
            self._moving_allowed.set()
            return
        self._moving_allowed.clear()
        for connection in self._connections:
            connection.printer_stopped()

    @property
    def _stopped(self) -> bool:
        return self._paper == "out" or self._cover_open or self._cutter_jammed or self.faults.kind in ("mute", "stuck")

    async def _plug(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, self._host, self._port, reuse_address=True)
            self._port = self._server.sockets[0].getsockname()[1]

    async def _unplug(self) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        server.close()
        self._printing = False
        self._changed()
        connections = tuple(self._connections)
        for connection in connections:
            connection.cut_off()
        # Pulled by a fault in mid-print, this runs inside the very task that prints: it must not wait for itself.
        here = asyncio.current_task()
        await asyncio.gather(*(each.served.wait() for each in connections if here not in each.tasks))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = _Connection(self, reader, writer)
        self._connections.add(connection)
        self.connected.set()
        try:
            async with self._one_at_a_time:
                await connection.serve()
        finally:
            self._connections.discard(connection)
            if not self._connections:
                self.connected.clear()
            connection.served.set()
            writer.close()

    async def answer(self, number: int) -> bytes:
        """Return what DLE EOT ``number`` is answered with, when it is time."""
        await self.faults.begins("command")
        end, near = self._paper == "out", self._paper != "ok"
        bits = {
            1: 0x08 * self._stopped,
            2: 0x04 * self._cover_open | 0x20 * end | 0x40 * self._cutter_jammed,
            3: 0x08 * self._cutter_jammed,
            4: 0x0C * near | 0x60 * end,
        }
        status = 0x12 | bits[number]
        if self.faults.kind == "garbled":
            return bytes([status ^ self.faults.random.choice(_FIXED_BITS)])
        return await self.faults.spoil(bytes([status]))

    async def carry_out(self, command: Command) -> bytes:
        """Do what one command says, no faster than a printer can; return what it is answered with.

        Waits as long as the printer cannot move.
        """
        if isinstance(command, Initialise | SetStyle):
            self._roll.style(command)
            return b""
        if not isinstance(command, TellPaper):
            for piece in self._roll.pieces(command):
                await self._print(piece)
        await self._moving_allowed.wait()
        if isinstance(command, Cut):
            self._cut(to_knife=command.to_knife)
        return bytes([0x03 * (self._paper != "ok")]) if isinstance(command, TellPaper) else b""

    async def _print(self, piece: Image.Image) -> None:
        await self._moving_allowed.wait()
        if not self._printing:
            self._printing = True
            self._changed()
        self._roll.feed(piece)
        await self.faults.counts("mm", piece.height / _DOTS_PER_MM)
        await self.faults.counts("line", piece.height / _LINE_DOTS)
        if self._pace:
            await asyncio.sleep(piece.height / _DOTS_PER_S * self._pace)
        if self._later is not None:
            left, action, kind = self._later
            self._later = (left - piece.height, action, kind) if left > piece.height else None
            if self._later is None:
                await self._do_now(action, kind)

    def _cut(self, *, to_knife: bool) -> None:
        self._printing = False
        slip = self._roll.cut(to_knife=to_knife)
        if slip is not None:
            png = io.BytesIO()
            slip.save(png, "PNG")
            self.slips.append(png.getvalue())
            self._waiting = f"slip-{len(self.slips):04d}.png"
            if self._slips_dir is not None:
                self._slips_dir.mkdir(parents=True, exist_ok=True)
                # Under another name first: who watches the folder never sees half a picture.
                unfinished = self._slips_dir / f".{self._waiting}"
                unfinished.write_bytes(png.getvalue())
                unfinished.rename(self._slips_dir / self._waiting)
        self._changed()

    def note(self, error: ProtocolError) -> None:
        """Keep what was not understood, for ``state`` and ``check``."""
        _log.error("the simulated printer was sent something it does not know: %s", error)
        self.protocol_errors.append(error)
        self._changed()

    def can_move(self) -> bool:
        """Return whether nothing keeps the paper from moving."""
        return self._moving_allowed.is_set()

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()


class _Connection:
    """One sender: status is answered in real time, everything else is buffered and worked off in order."""

    def __init__(self, printer: SimulatedPrinter, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._printer = printer
        self._reader = reader
        self._writer = writer
        self._buffer = _Buffer()
        self._sender_gone = False
        self.tasks: set[asyncio.Task[None]] = set()
        self.served = asyncio.Event()

    async def serve(self) -> None:
        """Receive until the sender hangs up, and print what came, if the printer can."""
        if self._writer.transport.is_closing():
            return
        async with asyncio.TaskGroup() as group:
            self.tasks = {group.create_task(self._receive()), group.create_task(self._work_off())}

    def printer_stopped(self) -> None:
        """Lose what is buffered when nobody is there any more who could wait."""
        if self._sender_gone:
            self._cancel()

    def cut_off(self) -> None:
        """Drop the connection and what is buffered."""
        self._writer.transport.abort()
        self._cancel()

    def _cancel(self) -> None:
        for task in self.tasks:
            task.cancel()

    async def _receive(self) -> None:
        scanner = RealtimeScanner()
        try:
            while data := await self._reader.read(_CHUNK_BYTES):
                while data:
                    piece, data = self._printer.faults.cut(data)
                    for number in scanner.feed(piece):
                        self._writer.write(await self._printer.answer(number))
                        await self._printer.faults.ends("command")
                    await self._buffer.put(piece)
                    await self._printer.faults.counts("byte", len(piece))
        except ConnectionError as error:
            _log.debug("the sender hung up: %s", error)
        self._sender_gone = True
        if not self._printer.can_move():
            self._cancel()
        await self._buffer.put(b"")

    async def _work_off(self) -> None:
        interpreter = Interpreter()
        try:
            while data := await self._buffer.get():
                for command in interpreter.feed(data):
                    self._writer.write(await self._printer.carry_out(command))
        except ProtocolError as error:
            self._printer.note(error)
            # What follows cannot be told apart any more: it is taken and thrown away.
            while await self._buffer.get():
                continue


class _Buffer:
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


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
