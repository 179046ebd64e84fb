"""What comes back from an ESC/POS printer, cut into answers: several kinds share one stream and have no lengths.

A printer that reports changes by itself may do so at any moment, so its four bytes meet answers to DLE EOT and GS r.
Fixed bits tell them apart (see ``drivers.printer.status``). Bytes that fit nothing are given back as ``Garbage``; the
next byte that can begin something does.

Source: Epson ESC/POS Application Programming Guide, "Identification of transmission status".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drivers.printer.status import (
    AUTOMATIC_BYTES,
    PRESENTER_BYTES,
    PRESENTER_HEAD,
    is_automatic,
    is_in_order,
    is_realtime,
)

_BLOCK_HEADS: Final = frozenset(b"_=7")
"""5F: answers to GS I; 3D: those of its other functions; 37: an emptied buffer. All end with NUL."""
_LONGEST_BLOCK: Final = 96
_XON, _XOFF = 0x11, 0x13


@dataclass(frozen=True, kw_only=True, slots=True)
class Realtime:
    """One byte, the answer to some DLE EOT."""

    value: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InOrder:
    """The answer to GS r: all before it is worked off."""

    value: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Automatic:
    """Four bytes that nobody asked for."""

    frame: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Presenter:
    """Six bytes, the answer to DLE EOT 20."""

    answer: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """Text between a head byte and NUL."""

    head: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Garbage:
    """A byte that no answer is."""

    value: int


Answer = Realtime | InOrder | Automatic | Presenter | Block | Garbage


class AnswerReader:
    """Cuts a stream into answers. Raises nothing, whatever comes, and holds fewer than a hundred bytes.

    Args:
        automatic: Whether the printer may report by itself. One that cannot never begins such a report.
        torn_bit: See ``is_realtime``.
    """

    def __init__(self, *, automatic: bool, torn_bit: bool = False) -> None:
        self._automatic = automatic
        self._torn_bit = torn_bit
        self._report = bytearray()
        self._block = bytearray()
        self._presenter = bytearray()
        self._presenter_asked = False

    def expect_presenter(self) -> None:
        """Say that DLE EOT 20 was asked: its six bytes have no fixed bits, so only then are they looked for."""
        self._presenter_asked = True
        self._presenter.clear()

    def feed(self, data: bytes) -> list[Answer]:
        """Take bytes and return the answers that came to their end."""
        found: list[Answer] = []
        for byte in data:
            if self._presenter_asked and self._in_presenter(byte, found):
                continue
            if self._block and self._in_block(byte, found):
                continue
            self._outside(byte, found)
        return found

    def _in_presenter(self, byte: int, found: list[Answer]) -> bool:
        """Return whether the byte belongs to the answer of the presenter."""
        at = len(self._presenter)
        if at < len(PRESENTER_HEAD) and byte != PRESENTER_HEAD[at]:
            self._presenter.clear()
            if byte != PRESENTER_HEAD[0]:
                return False
        self._presenter.append(byte)
        if len(self._presenter) == PRESENTER_BYTES:
            found.append(Presenter(answer=bytes(self._presenter)))
            self._presenter.clear()
            self._presenter_asked = False
        return True

    def _in_block(self, byte: int, found: list[Answer]) -> bool:
        """Return whether the byte belongs to a text."""
        if byte == 0:
            text = bytes(self._block[1:]).decode("ascii")
            found.append(Block(head=self._block[0], text=text))
            self._block.clear()
            return True
        if 0x20 <= byte < 0x7F and len(self._block) < _LONGEST_BLOCK:
            self._block.append(byte)
            return True
        found.append(Garbage(value=self._block[0]))
        self._block.clear()
        return False

    def _outside(self, byte: int, found: list[Answer]) -> None:
        if is_realtime(byte, torn_bit=self._torn_bit):
            found.append(Realtime(value=byte))  # it may stand amid a report
        elif byte in (_XON, _XOFF):
            return
        elif is_in_order(byte):
            if not self._report:
                found.append(InOrder(value=byte))
                return
            self._report.append(byte)
            if len(self._report) == AUTOMATIC_BYTES:
                found.append(Automatic(frame=bytes(self._report)))
                self._report.clear()
        elif is_automatic(byte) and self._automatic:
            self._report = bytearray([byte])  # one that was not finished has lost bytes on the way
        elif byte in _BLOCK_HEADS and not self._report:
            self._block = bytearray([byte])
        else:
            self._report.clear()
            found.append(Garbage(value=byte))
