"""A camera's JPEG, handed on as it came: what it measures, whether it is whole, and made readable by itself.

Cameras pad their pictures, break them off when a transfer fails, and many leave out the Huffman tables, which Motion
JPEG takes for granted and other readers do not. Nothing is decoded here; all reading is bounded by the bytes given.

Source: ITU-T T.81 (09/1992), annex B (the segments) and annex K.3 (the typical Huffman tables).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LARGEST_PIXELS: Final = 50_000_000
"""More than any document camera's picture; decoded it is 150 MB."""

_SOI, _END = b"\xff\xd8", b"\xff\xd9"
_DHT, _SOS, _EOI = 0xC4, 0xDA, 0xD9
_FRAMES: Final = (0xC0, 0xC1, 0xC2)
"""Start of frame: baseline, extended, progressive (table B.1). Cameras send the first, no reader here the others."""
_LATER_SCANS: Final = (0xC4, 0xDA, 0xDB, 0xDC, 0xDD, 0xFE, *range(0xE0, 0xF0))
_RESTARTS: Final = range(0xD0, 0xD8)
_MARK: Final = re.compile(rb"\xff[^\x00\xd0-\xd7]")
"""What may not stand amid a scan: 0.3 ms for a picture of 300 kB, a fifth of what a loop takes."""
_NO_SEGMENT: Final = (0x00, 0x01, 0xD8, _EOI, *_RESTARTS)


class BrokenJpeg(ValueError):
    """The bytes are no JPEG, not all of one, or a larger one than is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """What a JPEG says of itself."""

    width: int
    """Pixels."""
    height: int
    """Pixels."""
    end: int
    """Bytes up to and with its end mark; what follows is padding."""
    tables_at: int
    """Where the Huffman tables belong that it leaves out; 0: it has them."""


def outline(data: bytes) -> Outline:
    """Return what the JPEG at the beginning of ``data`` measures and where it ends.

    Raises:
        BrokenJpeg: it is none, breaks off, has marks where none may be, or has more than ``LARGEST_PIXELS``.
    """
    if data[:2] != _SOI:
        raise BrokenJpeg("no JPEG")
    at, size, tables, first_scan = 2, (0, 0), False, 0
    while not first_scan or data[at : at + 2] != _END:
        at, mark, length = _segment(data, at)
        if mark in _FRAMES:
            size = _size(data, at)
        tables = tables or mark == _DHT
        if mark != _SOS:
            at += 2 + length
            continue
        if not size[0]:
            raise BrokenJpeg("a scan before its frame")
        first_scan = first_scan or at
        at = _end_of_scan(data, at + 2 + length)
    return Outline(width=size[0], height=size[1], end=at + 2, tables_at=0 if tables else first_scan)


def whole(data: bytes) -> tuple[bytes, Outline]:
    """Return the JPEG at the beginning of ``data`` without its padding and with Huffman tables, and its outline.

    Raises:
        BrokenJpeg: see ``outline``.
    """
    seen = outline(data)
    if seen.tables_at:
        data = data[: seen.tables_at] + TYPICAL_TABLES + data[seen.tables_at : seen.end]
    elif seen.end < len(data):
        data = data[: seen.end]
    return data, seen


def _segment(data: bytes, at: int) -> tuple[int, int, int]:
    """Return where the mark of the segment at ``at`` stands, which it is, and how long its segment is without it."""
    while data[at : at + 2] == b"\xff\xff":  # fill bytes before a mark (B.1.1.2)
        at += 1
    if at + 4 > len(data):
        raise BrokenJpeg(f"breaks off after {len(data)} bytes")
    mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
    if data[at] != 0xFF or mark in _NO_SEGMENT or length < 2:
        raise BrokenJpeg(f"no segment at byte {at}")
    return at, mark, length


def _size(data: bytes, at: int) -> tuple[int, int]:
    if at + 9 > len(data):
        raise BrokenJpeg(f"breaks off after {len(data)} bytes")
    height, width = int.from_bytes(data[at + 5 : at + 7], "big"), int.from_bytes(data[at + 7 : at + 9], "big")
    if not 0 < width * height <= LARGEST_PIXELS:
        raise BrokenJpeg(f"a picture of {width} × {height}")
    return width, height


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the mark after the scan is that begins at ``at``; bytes like a mark in it are followed by 0."""
    while found := _MARK.search(data, at):
        at, following = found.start(), data[found.end() - 1]
        if following == _EOI or following in _LATER_SCANS:
            return at
        if following != 0xFF:
            raise BrokenJpeg(f"mark {following:02x} amid the picture")
        at += 1  # a fill byte
    raise BrokenJpeg(f"breaks off after {len(data)} bytes")


def _table(kind: int, counts: str, values: str) -> bytes:
    """Return one table of a DHT segment: class and number, how many codes of each length, what they stand for."""
    return bytes([kind]) + bytes.fromhex(counts) + bytes.fromhex(values)


_LIGHT_AC: Final = """
01 02 03 00 04 11 05 12 21 31 41 06 13 51 61 07 22 71 14 32 81 91 a1 08 23 42 b1 c1 15 52 d1 f0 24 33 62 72 82 09 0a 16
17 18 19 1a 25 26 27 28 29 2a 34 35 36 37 38 39 3a 43 44 45 46 47 48 49 4a 53 54 55 56 57 58 59 5a 63 64 65 66 67 68 69
6a 73 74 75 76 77 78 79 7a 83 84 85 86 87 88 89 8a 92 93 94 95 96 97 98 99 9a a2 a3 a4 a5 a6 a7 a8 a9 aa b2 b3 b4 b5 b6
b7 b8 b9 ba c2 c3 c4 c5 c6 c7 c8 c9 ca d2 d3 d4 d5 d6 d7 d8 d9 da e1 e2 e3 e4 e5 e6 e7 e8 e9 ea f1 f2 f3 f4 f5 f6 f7 f8
f9 fa"""
_COLOUR_AC: Final = """
00 01 02 03 11 04 05 21 31 06 12 41 51 07 61 71 13 22 32 81 08 14 42 91 a1 b1 c1 09 23 33 52 f0 15 62 72 d1 0a 16 24 34
e1 25 f1 17 18 19 1a 26 27 28 29 2a 35 36 37 38 39 3a 43 44 45 46 47 48 49 4a 53 54 55 56 57 58 59 5a 63 64 65 66 67 68
69 6a 73 74 75 76 77 78 79 7a 82 83 84 85 86 87 88 89 8a 92 93 94 95 96 97 98 99 9a a2 a3 a4 a5 a6 a7 a8 a9 aa b2 b3 b4
b5 b6 b7 b8 b9 ba c2 c3 c4 c5 c6 c7 c8 c9 ca d2 d3 d4 d5 d6 d7 d8 d9 da e2 e3 e4 e5 e6 e7 e8 e9 ea f2 f3 f4 f5 f6 f7 f8
f9 fa"""
_DC: Final = "00 01 02 03 04 05 06 07 08 09 0a 0b"
_TABLES: Final = (
    _table(0x00, "00 01 05 01 01 01 01 01 01 00 00 00 00 00 00 00", _DC)
    + _table(0x10, "00 02 01 03 03 02 04 03 05 05 04 04 00 00 01 7d", _LIGHT_AC)
    + _table(0x01, "00 03 01 01 01 01 01 01 01 01 01 00 00 00 00 00", _DC)
    + _table(0x11, "00 02 01 02 04 04 03 04 07 05 04 04 00 01 02 77", _COLOUR_AC)
)
TYPICAL_TABLES: Final = b"\xff\xc4" + (2 + len(_TABLES)).to_bytes(2, "big") + _TABLES
"""The segment that Motion JPEG leaves out: tables K.3 to K.6."""
