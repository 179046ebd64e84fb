"""A receipt printer at a TCP port: it reads ESC/POS, keeps a roll of paper, and has a cover, a knife and a plug."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from drivers.simulated.api import UnknownAction
from drivers.simulated.escpos import (
    Command,
    Cut,
    Eject,
    Initialise,
    ProtocolError,
    Report,
    SetStyle,
    TellIdentity,
    TellPaper,
)
from drivers.simulated.faults import Faults, menu
from drivers.simulated.idreader_wire import Wire
from drivers.simulated.printer_sender import FIXED_BITS, Sender
from drivers.simulated.roll import Roll

_log = logging.getLogger(__name__)

FAULTS: Final = menu()
"""Mute and stuck it does not move either; half an answer of one byte is none."""

_DOTS_PER_MM = 8
_LINE_DOTS = 34
"""1/6 inch, the line spacing of a printer just switched on: what a script means by a line."""
_LATE_S: Final = 4.0
_DOTS_PER_S = 1200.0
"""150 mm of paper a second."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manners:
    """What a model can do."""

    maker: str = "SIMULATED"
    model: str = "P80"
    firmware: str = "1.00"
    serial: str = "SIM-0001"
    identifies: bool = True
    """Answers GS I 65 to 68."""
    reports: bool = True
    """Knows GS a; one that does not takes it and says nothing."""
    in_order: bool = True
    """Answers GS r."""
    presenter: bool = False
    """Holds the slip, knows DLE EOT 20 and GS e."""
    torn_bit: bool = False
    """Sets bit 7 of DLE EOT 1 while a slip hangs in its mouth."""
    forgets: bool = True
    """Knows DLE DC4 8, and FS C0 with a presenter."""
    idle_s: float | None = None
    """Hangs up who says nothing for so long."""


class SimulatedPrinter:
    """A ``SimulatedDevice``; what it printed is in ``slips``.

    Args:
        host: Address to listen at.
        port: TCP port; 0 takes a free one, which it then keeps: see ``port``.
        width_dots: Printable width of the paper.
        pace: How slowly it prints: 1 is as a real one, 0 without delay.
        slips_dir: Where the cut slips go as ``slip-0001.png`` and so on; None keeps them in memory only.
        manners: What it can do.
        wire: A serial port, a file or a USB socket in place of the network.
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
        manners: Manners | None = None,
        wire: Wire | None = None,
    ) -> None:
        self.on_change: Callable[[], None] | None = None
        self.slips: list[bytes] = []
        """Every slip cut so far, as PNG."""
        self.protocol_errors: list[ProtocolError] = []
        self.connected = asyncio.Event()
        """Set while somebody is connected."""
        self.pulled_back = 0
        """How many slips were pulled back because nobody took them."""
        self.manners = manners or Manners()
        self._wire = wire
        self._host = host
        self._port = port
        self._pace = pace
        self._slips_dir = slips_dir
        self._roll = Roll(width_dots)
        self._server: asyncio.Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._connections: set[Sender] = set()
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
            "plugged": _yes(self.plugged),
            "paper": self._paper,
            "cover": "open" if self._cover_open else "closed",
            "cutter": "jammed" if self._cutter_jammed else "ok",
            **self.faults.state(),
            "printing": _yes(self._printing),
            "slip_waiting": self._waiting,
            "slips": str(len(self.slips)),
            "pulled_back": str(self.pulled_back),
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
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return self._server is not None if self._wire is None else self._wire.plugged

    @property
    def _stopped(self) -> bool:
        return self._paper == "out" or self._cover_open or self._cutter_jammed or self.faults.kind in ("mute", "stuck")

    async def _plug(self) -> None:
        if self._wire is not None:
            if not self._wire.plugged:
                self._plug_wire(self._wire)
            return
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, self._host, self._port, reuse_address=True)
            self._port = self._server.sockets[0].getsockname()[1]

    def _plug_wire(self, wire: Wire) -> None:
        """Serve whoever is at the cable: a port does not tell when a sender comes and goes."""
        received = asyncio.StreamReader()
        connection = Sender(self, received, wire.write, lambda: None)
        self._connections.add(connection)
        wire.plug(received.feed_data)
        self._serving = asyncio.create_task(self._serve_wire(connection), name="simulated printer")

    async def _serve_wire(self, connection: Sender) -> None:
        try:
            await connection.serve()
        finally:
            self._connections.discard(connection)
            connection.served.set()

    async def _unplug(self) -> None:
        if not self.plugged:
            return
        if self._wire is not None:
            self._wire.unplug()
        server, self._server = self._server, None
        if server is not None:
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
        async def write(data: bytes) -> None:
            writer.write(data)

        connection = Sender(self, reader, write, writer.transport.abort)
        self._connections.add(connection)
        self.connected.set()
        if writer.transport.is_closing():
            connection.served.set()
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
        if number == 20:
            return await self.faults.spoil(self._full_status()) if self.manners.presenter else b""
        end, near = self._paper == "out", self._paper != "ok"
        hangs = self.manners.torn_bit and bool(self._waiting)
        bits = {
            1: 0x08 * self._stopped | 0x80 * hangs,
            2: 0x04 * self._cover_open | 0x20 * end | 0x40 * self._cutter_jammed,
            3: 0x08 * self._cutter_jammed,
            4: 0x0C * near | 0x60 * end,
        }
        status = 0x12 | bits[number]
        if self.faults.kind == "garbled":
            return bytes([status ^ self.faults.random.choice(FIXED_BITS)])
        return await self.faults.spoil(bytes([status]))

    def report(self) -> bytes:
        """Return the four bytes of GS a."""
        end, near = self._paper == "out", self._paper != "ok"
        first = 0x10 | 0x08 * self._stopped | 0x20 * self._cover_open
        return bytes([first, 0x08 * self._cutter_jammed, 0x03 * near | 0x0C * end, 0x0F])

    def _full_status(self) -> bytes:
        end, near = self._paper == "out", self._paper != "ok"
        paper = 0x01 * end | 0x04 * near | 0x20 * bool(self._waiting)
        return bytes(
            [0x10, 0x0F, paper, 0x02 * self._cover_open | 0x08 * self._printing, 0, 0x01 * self._cutter_jammed]
        )

    async def carry_out(self, command: Command) -> bytes:
        """Do what one command says, no faster than a printer can; return what it is answered with.

        Waits as long as the printer cannot move.
        """
        if isinstance(command, Initialise | SetStyle):
            self._roll.style(command)
            return b""
        if not isinstance(command, TellPaper | TellIdentity | Report | Eject):
            for piece in self._roll.pieces(command):
                await self._print(piece)
        await self._moving_allowed.wait()
        match command:
            case Cut():
                self._cut(to_knife=command.to_knife)
            case Eject():
                self._eject(command.how)
            case TellPaper() if self.manners.in_order:
                return bytes([0x03 * (self._paper != "ok")])
            case TellIdentity():
                return self._who(command.number)
        return b""

    def _who(self, number: int) -> bytes:
        told = self.manners
        if not told.identifies:
            return b""
        firmware = "0.01" if self.faults.kind == "wrong-version" else told.firmware
        texts = {65: firmware, 66: told.maker, 67: told.model, 68: told.serial, 69: "CHINA GB18030"}
        if number in texts:
            return b"_" + texts[number].encode("ascii") + b"\0"
        return bytes([0x03 if number in (2, 50) else 0x20])

    def _eject(self, how: int) -> None:
        if not self.manners.presenter:
            raise ProtocolError(f"GS e {how}: no presenter", 0)
        if how == 2 and self._waiting:
            self.pulled_back += 1
        if how in (2, 5):
            self._waiting = ""
        self._changed()

    def forget(self, *, reset: bool) -> bytes:
        """Return what is answered to being told to throw away what is buffered."""
        self._printing = False
        self._changed()
        return b"" if reset else b"7%\0"

    def recover(self) -> None:
        """Turn a stuck knife back (DLE ENQ): this one comes free."""
        if self._cutter_jammed:
            self._turn("cutter-ok")
            self._changed()

    @property
    def stuck_knife(self) -> bool:
        """Whether DLE ENQ is heard at all."""
        return self._cutter_jammed

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
        for connection in self._connections:
            connection.printer_changed()
        if self.on_change is not None:
            self.on_change()


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
