"""The answer to reset of a card, taken apart: for diagnostics.

Source: ISO/IEC 7816-3:2006 section 8; of contactless cards PC/SC part 3 section 3.1.3.2.3, which has the reader make up
an answer (3B 8n 80 01 …) around the historical bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Final

_CONVENTIONS: Final = {0x3B: "direct", 0x3F: "inverse"}
_MOST_BYTES: Final = 33
_LETTERS: Final = "ABCD"
_CHECKED: Final = 15
"""T=15 names no protocol: it marks global interface bytes."""
_CLOCKS: Final = {1: 372, 2: 558, 3: 744, 4: 1116, 5: 1488, 6: 1860, 9: 512, 10: 768, 11: 1024, 12: 1536, 13: 2048}
_BITS: Final = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 12, 9: 20}


class AtrError(ValueError):
    """Bytes that are no answer to reset."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerToReset:
    """What a card says about itself when it gets power; nothing personal."""

    convention: str
    """"direct" or "inverse", from TS."""
    interface: tuple[tuple[str, int], ...]
    """The interface bytes as they came: ("TA1", 0x96), …"""
    protocols: tuple[int, ...]
    """Numbers of the transmission protocols offered, the first one preferred."""
    historical: bytes
    checked: bool | None
    """Whether TCK is right; None: there is none, as with cards of T=0 alone."""

    @property
    def clocks_per_bit(self) -> float:
        """Clock cycles for one bit after negotiation, F/D from TA1; 372 without."""
        value = dict(self.interface).get("TA1", 0x11)
        return _CLOCKS.get(value >> 4, 372) / _BITS.get(value & 0x0F, 1)

    @property
    def contactless(self) -> bool:
        """Whether it looks like the answer a reader makes up for a contactless card."""
        bytes_1 = [name for name, _ in self.interface]
        return bytes_1 == ["TD1", "TD2"] and self.protocols == (0, 1)


def parse_atr(data: bytes) -> AnswerToReset:
    """Take an answer to reset apart.

    Raises:
        AtrError: it breaks off, goes on after its end, or does not begin like one.
    """
    if not 2 <= len(data) <= _MOST_BYTES:
        raise AtrError(f"{len(data)} bytes")
    if data[0] not in _CONVENTIONS:
        raise AtrError(f"TS is {data[0]:02X}")
    announced, historical_count = data[1] >> 4, data[1] & 0x0F
    at, level = 2, 1
    interface: list[tuple[str, int]] = []
    protocols: list[int] = []
    checked = False
    while announced:
        following = 0
        for bit, letter in enumerate(_LETTERS):
            if not announced >> bit & 1:
                continue
            if at >= len(data):
                raise AtrError(f"T{letter}{level} is missing")
            interface.append((f"T{letter}{level}", data[at]))
            if letter == "D":
                following, protocol = data[at] >> 4, data[at] & 0x0F
                checked = checked or protocol != 0
                if protocol != _CHECKED and protocol not in protocols:
                    protocols.append(protocol)
            at += 1
        announced, level = following, level + 1
    end = at + historical_count + checked
    if len(data) != end:
        raise AtrError(f"{len(data)} bytes where {end} are announced")
    return AnswerToReset(
        convention=_CONVENTIONS[data[0]],
        interface=tuple(interface),
        protocols=tuple(protocols) or (0,),
        historical=data[at : at + historical_count],
        checked=reduce(xor, data[1:]) == 0 if checked else None,
    )
