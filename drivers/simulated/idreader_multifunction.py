"""The other end of the wire of a multi-function reader (多合一读卡器): ``02 | length | data | xor | 03`` on a port.

Written from its published description, 《多合一读卡器通讯协议》, not from the driver. What that leaves open is a switch
here: whether a document that lies there after a good read is found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from drivers.simulated.idreader_common import ReaderAtHand, photo, text_block
from drivers.simulated.idreader_wire import PtyWire
from drivers.simulated.people import Person

_FIND_S: Final = 0.3
_READ_S: Final = 2.2

_WELL: Final = "0000"
_READ_WELL: Final = "9000"
_VERSION: Final = b"SIMULATED".ljust(16, b"\0") + b"\xcc\x01" + b"SIM-MULTI".ljust(16, b"\0") + b"1.02"
_NUMBER: Final = b"SIM0000000000001"
_OTHER_NUMBER: Final = b"SIM0000000000002"


class SimulatedMultifunctionReader(ReaderAtHand):
    """Speaks the part of the protocol that concerns identity documents, its version, its reset and its beeper.

    Args:
        path: Where the port appears.
        people: Whose documents there are, by key.
        baud: Speed of the line.
        pace: 1 is as slow as a real reader, 0 is at once.
        finds_again: Whether a document that was read and still lies there can be read again.
    """

    def __init__(
        self,
        path: Path,
        people: Mapping[str, Person],
        *,
        baud: int = 115200,
        pace: float = 1.0,
        finds_again: bool = True,
    ) -> None:
        super().__init__(people, PtyWire(path, baud, pace), pace)
        self._finds_again = finds_again
        self._read = False
        self.beeps = 0

    def _field_left(self) -> None:
        self._read = False

    async def _take_command(self, received: bytearray) -> bytes | None:
        """See ``ReaderAtHand``."""
        while received and received[0] != 0x02:
            del received[0]
        if len(received) < 3:
            return None
        size = received[1] * 256 + received[2]
        if size < 2 or size > 64:
            received.clear()
            return _frame("00f2")
        if len(received) < size + 5:
            return None
        data, check, end = bytes(received[3 : size + 3]), received[size + 3], received[size + 4]
        del received[: size + 5]
        if end != 0x03:
            return _frame("00f1")
        for byte in data:
            check ^= byte
        return _frame("00f3") if check else await self._obey(data)

    async def _obey(self, data: bytes) -> bytes:
        await self.faults.begins("command")
        match data[:2].hex(), len(data):
            case "3111", 2:
                other = self.faults.kind == "wrong-version"
                return _frame(_WELL, _VERSION + (_OTHER_NUMBER if other else _NUMBER))
            case "3112", 2:
                return _frame("0002" if self.faults.kind == "self-test" else _WELL)
            case "3113", 5:
                self.beeps += data[4]
                return _frame(_WELL)
            case "ca01", 3:
                return await self._identity(data[2])
            case _:
                return _frame("00f4")

    async def _identity(self, what: int) -> bytes:
        if what > 3:
            return _frame("2100")
        if self.faults.kind in ("self-test", "not-authorised"):
            return _frame("6000" if self.faults.kind == "self-test" else "6600")
        document = self._document
        if document is None or (self._read and not self._finds_again):
            await self._takes(_FIND_S)
            return _frame("8000")
        self._light(on=True)
        try:
            await self._takes(_READ_S)
        finally:
            self._light(on=False)
        if self._document is not document:
            return _frame("4100")
        if self.faults.kind in ("unreadable", "wrong-type"):
            return _frame("3300" if self.faults.kind == "unreadable" else "4000")
        self._read = True
        text = text_block(document)
        told = {
            0: b"\x01\x00\x04\x00" + text + photo(document),
            1: text[122:158],
            2: text[:30] + text[122:158],
            3: text,
        }
        return _frame(_READ_WELL, told[what])


def _frame(status: str, data: bytes = b"") -> bytes:
    told = bytes.fromhex(status) + data
    check = 0
    for byte in told:
        check ^= byte
    return b"\x02" + len(told).to_bytes(2, "big") + told + bytes([check, 0x03])
