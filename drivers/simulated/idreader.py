"""The other end of the wire of a resident-ID reader: a SAM_V module behind a pseudo-terminal.

Written from the specification (GA 450, GA 467) and from how readers behave in the field, not from the driver: it has
its own idea of frames and of text blocks. It paces itself, because a pseudo-terminal does not: commands take as long
as on a real reader and bytes leave at the speed of the line, both scaled by ``pace``.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tty
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Final

from drivers.idreader.api import DocumentKind
from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu
from drivers.simulated.people import Person

_log = logging.getLogger(__name__)

FAULTS: Final = menu(
    {
        "unreadable": "cannot read the chip of any document",
        "wrong-type": "takes every document for a wrong type of card",
    }
)

_HEADER: Final = b"\xaa\xaa\xaa\x96\x69"
_MODULE_NUMBER: Final = bytes.fromhex("0500 0100 d8273501 01000000 02000000")
"""05.01-20260824-0000000001-0000000002: the module of the simulated city."""
_OTHER_MODULE_NUMBER: Final = bytes.fromhex("0500 0100 d8273501 01000000 03000000")
"""What a reader says of itself that somebody put in its place."""

_FIND_S: Final = 0.15
_READ_S: Final = 2.2
_BITS_PER_BYTE: Final = 10
"""8N1: a start bit, eight data bits, a stop bit."""
_BURST_BYTES: Final = 128


class SimulatedIdReader:
    """Implements ``SimulatedDevice``.

    Args:
        path: Where the port appears: a symlink to the pseudo-terminal, like those under /dev/serial/by-path.
        people: Whose documents there are, by key.
        baud: Speed of the line.
        pace: 1 is as slow as a real reader, 0 is at once.
    """

    kind = "idreader"
    actions: tuple[str, ...] = ("insert", "remove", "unplug", "plug", "fault")

    def __init__(self, path: Path, people: Mapping[str, Person], *, baud: int = 115200, pace: float = 1.0) -> None:
        self.on_change: Callable[[], None] | None = None
        self._path = path
        self._people = people
        self._baud = baud
        self._pace = pace
        self._document: Person | None = None
        self._found = self._selected = self._read = self._reading = False
        self.faults = Faults(
            FAULTS, units=("command", "byte"), plug=self.plug, unplug=self.unplug, changed=self._changed
        )
        self._moved = asyncio.Event()
        self._wire: tuple[int, int] | None = None
        self._bytes: asyncio.Queue[bytes] = asyncio.Queue()
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """See ``SimulatedDevice.start``."""
        self._document = None
        await self.faults.stop()
        await self.plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        await self.unplug()

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``. ``insert`` takes ``document``, a key; ``fault`` see ``Faults.order``."""
        match action:
            case "insert":
                await self.insert(arguments.get("document", ""))
            case "remove":
                await self.remove()
            case "unplug":
                await self.unplug()
            case "plug":
                await self.plug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                raise UnknownAction(action, self.actions)
        return {}

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        return {
            "plugged": "yes" if self._wire else "no",
            "document": self._document.key if self._document else "",
            "reading": "yes" if self._reading else "no",
            **self.faults.state(),
        }

    async def insert(self, document: str | Person) -> None:
        """Lay a document on the reader, in place of what lies there.

        Raises:
            UnknownAction: nobody has such a key.
        """
        if isinstance(document, str):
            if document not in self._people:
                raise UnknownAction(document, self._people)
            document = self._people[document]
        self._move(document)

    async def remove(self) -> None:
        """Lift what lies on the reader."""
        self._move(None)

    async def fault(self, kind: str) -> None:
        """Behave badly from now on.

        Raises:
            UnknownAction: no such fault.
        """
        await self.faults.order({"kind": kind})

    async def plug(self) -> None:
        """Put the cable in: the port appears."""
        if self._wire:
            return
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        # Held open on both sides: without it the far side would hang up each time a driver closes the port.
        self._wire = (ours, theirs)
        self._bytes = asyncio.Queue()
        self._found = self._selected = self._read = False
        asyncio.get_running_loop().add_reader(ours, self._receive, ours)
        self._serving = asyncio.create_task(self._serve(ours), name="simulated idreader")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.replace(self._path)
        self._changed()

    async def unplug(self) -> None:
        """Pull the cable: the port is gone, in the middle of a byte if need be."""
        if not self._wire:
            return
        wire, self._wire = self._wire, None
        self._path.unlink(missing_ok=True)
        asyncio.get_running_loop().remove_reader(wire[0])
        for fd in wire:
            os.close(fd)
        if self._serving:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        self._changed()

    def _move(self, document: Person | None) -> None:
        self._document = document
        self._found = self._selected = self._read = False
        self._moved.set()
        self._moved = asyncio.Event()
        self._changed()

    def _changed(self) -> None:
        if self.on_change:
            self.on_change()

    def _receive(self, ours: int) -> None:
        with contextlib.suppress(BlockingIOError):
            self._bytes.put_nowait(os.read(ours, 4096))

    async def _serve(self, ours: int) -> None:
        received = bytearray()
        while True:
            received += await self._bytes.get()
            while (answer := await self._take_command(received)) is not None:
                await self._send(ours, answer)
                await self.faults.ends("command")

    async def _take_command(self, received: bytearray) -> bytes | None:
        """Take one command off the front of ``received``, obey it, and return SW1 SW2 SW3 and data; None: not whole."""
        start = received.find(_HEADER)
        if start < 0:
            del received[: -len(_HEADER) + 1]
            return None
        del received[:start]
        if len(received) < 7:
            return None
        length = received[5] << 8 | received[6]
        if not 3 <= length <= 64:
            received.clear()
            return b"\0\0\x11"
        whole = 7 + length
        if len(received) < whole:
            return None
        counted = received[5 : whole - 1]
        given = received[whole - 1]
        del received[:whole]
        expected = 0
        for byte in counted:
            expected ^= byte
        if expected != given:
            return b"\0\0\x10"
        return await self._obey(bytes(counted[2:]))

    async def _obey(self, body: bytes) -> bytes:
        command = body[:2].hex()
        await self.faults.begins("command")
        lengths = {"10ff": 2, "11ff": 2, "12ff": 2, "2001": 2, "2002": 2, "3001": 2, "3003": 2, "3010": 2, "61ff": 3}
        if command not in lengths:
            return b"\0\0\x21"
        if len(body) != lengths[command]:
            return b"\0\0\x11"
        match command:
            case "10ff" | "11ff" | "61ff":
                return b"\0\0\x90"
            case "12ff":
                other = self.faults.kind == "wrong-version"
                return b"\0\0\x90" + (_OTHER_MODULE_NUMBER if other else _MODULE_NUMBER)
            case "2001":
                await self._takes(_FIND_S)
                return self._find()
            case "2002":
                await self._takes(_FIND_S)
                return self._select()
            case "3003":
                await self._takes(_FIND_S)
                return b"\0\0\x91" if self._selected else b"\0\0\x41"
            case _:
                return await self._read_chip(fingerprint=command == "3010")

    def _find(self) -> bytes:
        # A chip that was read answers nobody until it has left the field and come back.
        if self._document is None or self._read:
            return b"\0\0\x80"
        self._found, self._selected = True, False
        return b"\0\0\x9f" + bytes(4)

    def _select(self) -> bytes:
        if self._document is None or not self._found:
            return b"\0\0\x81"
        self._found, self._selected = False, True
        return b"\0\0\x90" + bytes(8)

    async def _read_chip(self, *, fingerprint: bool) -> bytes:
        document = self._document
        if document is None or not self._selected or self._read:
            return b"\0\0\x41"
        self._light(on=True)
        try:
            await self._takes(_READ_S)
        finally:
            self._light(on=False)
        if self._document is not document or not self._selected:
            return b"\0\0\x41"
        if self.faults.kind in ("unreadable", "wrong-type"):
            return b"\0\0\x33" if self.faults.kind == "unreadable" else b"\0\0\x40"
        self._read = True
        sizes = b"\x01\x00\x04\x00" + (b"\0\0" if fingerprint else b"")
        return b"\0\0\x90" + sizes + text_block(document) + photo(document)

    def _light(self, *, on: bool) -> None:
        self._reading = on
        self._changed()

    async def _takes(self, seconds: float) -> None:
        """Let ``seconds`` pass, or less when the document is moved meanwhile."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds * self._pace):
                await self._moved.wait()

    async def _send(self, ours: int, body: bytes) -> None:
        length = len(body) + 1
        counted = bytes([length >> 8, length & 0xFF]) + body
        check = 0
        for byte in counted:
            check ^= byte
        frame = _HEADER + counted + bytes([check])
        await self.faults.send(frame, lambda data: self._write(ours, data))

    async def _write(self, ours: int, data: bytes) -> None:
        for start in range(0, len(data), _BURST_BYTES):
            burst = data[start : start + _BURST_BYTES]
            await asyncio.sleep(len(burst) * _BITS_PER_BYTE / self._baud * self._pace)
            try:
                os.write(ours, burst)
            except BlockingIOError:
                _log.debug("nobody reads: %d bytes lost, as on a real line", len(burst))


def text_block(document: Person) -> bytes:
    """Return the 256 bytes of text on the chip of ``document``."""
    born, begins = _day(document.birth_date), _day(document.valid_from)
    ends = _day(document.valid_until) if document.valid_until else "长期"
    slots: list[tuple[str, int]]
    match document.kind:
        case DocumentKind.RESIDENT_ID:
            slots = [(document.name, 15), (document.sex, 1), (document.ethnicity, 2), (born, 8), (document.address, 35)]
            slots += [(document.number, 18), (document.issuer, 15), (begins, 8), (ends, 8), ("", 18)]
        case DocumentKind.HMT_PERMIT:
            slots = [(document.name, 15), (document.sex, 1), ("", 2), (born, 8), (document.address, 35)]
            slots += [(document.number, 18), (document.issuer, 15), (begins, 8), (ends, 8)]
            slots += [(document.pass_number, 9), ("01", 2), ("", 3), ("J", 1), ("", 3)]
        case DocumentKind.FOREIGN_2017:
            slots = [(document.english_name, 60), (document.sex, 1), (document.number, 15), (document.nationality, 3)]
            slots += [(document.name, 15), (begins, 8), (ends, 8), (born, 8), ("01", 2), ("0000", 4), ("I", 1), ("", 3)]
        case DocumentKind.FOREIGN_2023:
            first, rest = document.english_name[:35], document.english_name[35:]
            slots = [(document.name, 15), (document.sex, 1), ("00", 2), (born, 8), (first, 35), (document.number, 18)]
            slots += [("", 15), (begins, 8), (ends, 8), (rest, 11), (document.nationality, 3), ("Y", 1), ("", 3)]
    return b"".join((text.encode("utf-16-le") + b" \0" * units)[: 2 * units] for text, units in slots)


def photo(document: Person) -> bytes:
    """Return 1,024 bytes in place of a photo: the format's opening letters and filler that shows no one."""
    return (b"WLf\0" + document.key.encode()).ljust(1024, b"\0")


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
