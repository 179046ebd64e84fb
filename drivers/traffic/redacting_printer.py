"""What may be known of a slip on its way to the printer: every command, and no word of the text, no dot of a picture.

Lengths stay, so that a recording is as long as the slip: characters are x, pictures white, codes zeros. A command that
is not known hides everything up to the next ESC @, because where its data end cannot be told.

Source: Epson ESC/POS Application Programming Guide, for the length of each command.
"""

from __future__ import annotations

from typing import Final

from drivers.traffic.redacting import Piece

_DLE, _ESC, _FS, _GS = 0x10, 0x1B, 0x1C, 0x1D
_RESET: Final = b"\x1b@"
_CONTROLS: Final = frozenset(b"\n\r\t\x0c\x18")
_LONGEST_ANSWER_BYTES: Final = 64
_ADRIFT: Final = -1
_TEXT: Final = ord("x")

_LENGTHS: Final = {
    (_DLE, 0x04): 3,
    (_DLE, 0x05): 3,
    (_DLE, 0x14): 5,
    **{(_ESC, byte): 2 for byte in b"@2LSim"},
    **{(_ESC, byte): 3 for byte in b" !%-3=EGJKMRTVadert{"},
    **{(_ESC, byte): 4 for byte in b"$\\cB"},
    (_ESC, ord("p")): 5,
    **{(_FS, byte): 2 for byte in b"&."},
    **{(_FS, byte): 3 for byte in b"!C-W"},
    **{(_FS, byte): 4 for byte in b"Sp"},
    **{(_GS, byte): 3 for byte in b"!BHahwfrIbEj"},
    **{(_GS, byte): 4 for byte in b"LWP$\\"},
}
"""Of commands that carry no data, by their first two bytes."""


class PrinterRedactor:
    """Of an ESC/POS printer, whatever carries it."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._kept = 0
        self._filled = 0
        self._filler = 0
        self._until_nul = False
        self._adrift = False

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        pieces: list[Piece] = []
        clean = bytearray()
        at = 0
        while at < len(data):
            if self._adrift:
                reset = data.find(_RESET, at)
                end = reset if reset >= 0 else len(data)
                pieces.append(Piece(True, end - at, None))
                self._adrift, at = reset < 0, end
                continue
            if self._kept or self._filled:
                at += self._carry(data, at, clean)
                continue
            if self._until_nul:
                self._until_nul = data[at] != 0
                clean.append(ord("0") if data[at] else 0)
                at += 1
                continue
            at += 1
            if not self._head and not self._begins(data[at - 1]):
                clean.append(data[at - 1] if data[at - 1] in _CONTROLS or data[at - 1] == 0x20 else _TEXT)
                continue
            self._head.append(data[at - 1])
            if self._complete():
                clean += self._head
                self._head.clear()
            elif self._adrift:
                pieces += [Piece(True, len(clean), bytes(clean))] if clean else []
                clean.clear()
                pieces.append(Piece(True, len(self._head), None))
                self._head.clear()
        return [*pieces, Piece(True, len(clean), bytes(clean))] if clean else pieces

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``: states and what the printer is, which is nobody's."""
        return [Piece(False, len(data), data if len(data) <= _LONGEST_ANSWER_BYTES else None)]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        held = len(self._head)
        self._head.clear()
        self._kept = self._filled = 0
        self._until_nul = self._adrift = False
        return [Piece(True, held, None)] if held else []

    def _carry(self, data: bytes, at: int, clean: bytearray) -> int:
        """Pass on what is to be kept, then filler; return how many bytes that were."""
        kept = min(self._kept, len(data) - at)
        if kept:
            clean += data[at : at + kept]
            self._kept -= kept
            return kept
        filled = min(self._filled, len(data) - at)
        clean += bytes([self._filler]) * filled
        self._filled -= filled
        return filled

    def _begins(self, byte: int) -> bool:
        """Whether a command begins; an unknown control character begins one that nobody knows."""
        return byte < 0x20 and byte not in _CONTROLS

    def _complete(self) -> bool:
        """Whether the head of a command is whole; sets what follows it, or that nobody knows."""
        head = self._head
        if head[0] not in (_DLE, _ESC, _FS, _GS):
            self._adrift = True
            return False
        if len(head) < 2:
            return False
        known = _LENGTHS.get((head[0], head[1]))
        if known is None:
            known = self._with_data(bytes(head))
        if known == _ADRIFT:
            self._adrift = True
            return False
        return len(head) >= known

    def _with_data(self, head: bytes) -> int:
        """Return how long the head of a command with data is, and set what follows once it is whole."""
        match head[:2]:
            case b"\x1d(" if len(head) >= 5:
                self._parameters(head[2], int.from_bytes(head[3:5], "little"))
                return 5
            case b"\x1d(":
                return 5
            case b"\x1dv":
                if len(head) == 8:
                    size = int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")
                    self._fill(size, 0)
                return 8
            case b"\x1b*":
                if len(head) == 5:
                    self._fill(int.from_bytes(head[3:5], "little") * (1 if head[2] < 2 else 3), 0)
                return 5
            case b"\x1bD":
                self._until_nul = True
                return 2
            case b"\x1dk":
                return self._barcode(head)
            case b"\x1dV":
                return 4 if len(head) > 2 and head[2] in (65, 66, 97, 98, 103, 104) else 3
        return _ADRIFT

    def _parameters(self, group: int, length: int) -> None:
        """GS ( …: a few parameters are told; of longer ones and of the text of a code only the first three."""
        self._kept = length if group != ord("k") and length <= 6 else min(length, 3)
        self._filled, self._filler = length - self._kept, ord("0")

    def _barcode(self, head: bytes) -> int:
        if len(head) < 3:
            return 3
        if head[2] <= 6:
            self._until_nul = True
            return 3
        if len(head) == 4:
            self._fill(head[3], ord("0"))
        return 4

    def _fill(self, length: int, filler: int) -> None:
        self._filled, self._filler = length, filler
