"""The other end of the wire of a resident-ID reader: a SAM_V module behind a serial port or on the USB bus.

Written from the specification (GA 450, GA 467) and from how readers behave in the field, not from the driver: it has
its own idea of frames.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from drivers.simulated.idreader_common import FAULTS, ReaderAtHand, photo, text_block
from drivers.simulated.idreader_wire import PtyWire, UsbWire
from drivers.simulated.people import Person
from drivers.simulated.usb import SimulatedUsbBus, SimulatedUsbDevice

__all__ = ["FAULTS", "SimulatedIdReader", "SimulatedUsbIdReader", "photo", "text_block"]

_HEADER: Final = b"\xaa\xaa\xaa\x96\x69"
_MODULE_NUMBER: Final = bytes.fromhex("0500 0100 d8273501 01000000 02000000")
"""05.01-20260824-0000000001-0000000002: the module of the simulated city."""
_OTHER_MODULE_NUMBER: Final = bytes.fromhex("0500 0100 d8273501 01000000 03000000")
"""What a reader says of itself that somebody put in its place."""

_FIND_S: Final = 0.15
_READ_S: Final = 2.2
_ILL: Final = {"self-test": b"\x60", "not-authorised": b"\x66"}
"""What it answers to everything then."""


class _SamV(ReaderAtHand):
    """A SAM_V module, whatever its cable."""

    _found = _selected = _read = False

    def _field_left(self) -> None:
        self._found = self._selected = self._read = False

    async def _take_command(self, received: bytearray) -> bytes | None:
        """See ``ReaderAtHand``."""
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
            return _frame(b"\0\0\x11")
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
            return _frame(b"\0\0\x10")
        return _frame(await self._obey(bytes(counted[2:])))

    async def _obey(self, body: bytes) -> bytes:
        command = body[:2].hex()
        await self.faults.begins("command")
        lengths = {"10ff": 2, "11ff": 2, "12ff": 2, "2001": 2, "2002": 2, "3001": 2, "3003": 2, "3010": 2, "61ff": 3}
        if command not in lengths:
            return b"\0\0\x21"
        if len(body) != lengths[command]:
            return b"\0\0\x11"
        if self.faults.kind in _ILL:
            return b"\0\0" + _ILL[self.faults.kind]
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


class SimulatedIdReader(_SamV):
    """On a serial port; see ``PtyWire`` and ``ReaderAtHand`` for what is given."""

    def __init__(self, path: Path, people: Mapping[str, Person], *, baud: int = 115200, pace: float = 1.0) -> None:
        super().__init__(people, PtyWire(path, baud, pace), pace)


class SimulatedUsbIdReader(_SamV):
    """On the USB bus; see ``UsbWire`` and ``ReaderAtHand`` for what is given."""

    def __init__(
        self,
        bus: SimulatedUsbBus,
        people: Mapping[str, Person],
        *,
        device: SimulatedUsbDevice | None = None,
        pace: float = 1.0,
    ) -> None:
        super().__init__(people, UsbWire(bus, device or SimulatedUsbDevice()), pace)


def _frame(body: bytes) -> bytes:
    length = len(body) + 1
    counted = bytes([length >> 8, length & 0xFF]) + body
    check = 0
    for byte in counted:
        check ^= byte
    return _HEADER + counted + bytes([check])
