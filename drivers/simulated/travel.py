"""The chip of a travel document: the other end of the wire of a contactless reader.

Written from ICAO 9303 parts 10 and 11 and ISO/IEC 7816-4, not from the driver. It speaks T=1 as contactless cards do,
BAC and PACE (generic mapping), short and extended lengths, READ BINARY by offset, by short identifier and with the odd
instruction. What it does not understand it refuses; a command that is not protected ends a protected session.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from functools import cache, reduce
from operator import xor
from typing import Final

from drivers.simulated.travel_issuer import TRAVELLERS, Issuer, Traveller, key_text, zone
from drivers.simulated.travel_keys import (
    PROTOCOLS,
    PaceSide,
    Session,
    Wrong,
    basic_session,
    piece,
    piece_value,
    pieces,
)

__all__ = ["TRAVELLERS", "TravelChip"]

_HISTORICAL: Final = b"UTOPIA01"
_APPLICATION: Final = bytes.fromhex("A0000002471001")
_GENERIC_MAPPING: Final = bytes.fromhex("04007F000702020402")
_CARD_ACCESS: Final = 0x011C
_FOR_ALL: Final = frozenset({_CARD_ACCESS})
_SHORT_IDENTIFIERS: Final = {0x1C: _CARD_ACCESS, 0x1D: 0x011D, 0x1E: 0x011E, 0x01: 0x0101, 0x02: 0x0102}
_MOST_PLAIN: Final = 0xDF
"""What of a file fits into a protected answer of 256 bytes."""


class TravelChip:
    """One document's chip.

    Args:
        traveller: Whose.
        issuer: Who signs it.
        picture: JPEG of the holder; a drawn one without.
        spoilt: Changes a file after it was signed, by identifier: a forgery.
    """

    def __init__(
        self,
        traveller: Traveller,
        issuer: Issuer,
        picture: bytes | None = None,
        spoilt: Callable[[dict[int, bytes]], None] | None = None,
    ) -> None:
        answer = b"\x80\x80\x01"[1:]
        answer = bytes([0x80 | len(_HISTORICAL)]) + answer + _HISTORICAL
        self.atr = b"\x3b" + answer + bytes([reduce(xor, answer)])
        self._traveller = traveller
        self._files = issuer.files(traveller, picture or drawn_face())
        if spoilt:
            spoilt(self._files)
        self._root: dict[int, bytes] = {}
        if traveller.cipher:
            self._identifier = _GENERIC_MAPPING + bytes([PROTOCOLS[traveller.cipher]])
            info = piece(0x06, self._identifier) + b"\x02\x01\x02" + piece(0x02, bytes([traveller.curve]))
            self._root[_CARD_ACCESS] = piece(0x31, piece(0x30, info))
        self._key_text = key_text(zone(traveller))
        self.reset()

    def reset(self) -> None:
        """Lose power and get it again."""
        self._in_application = False
        self._file: bytes | None = None
        self._challenge = b""
        self._pace: PaceSide | None = None
        self._session: Session | None = None

    def obey(self, message: bytes) -> bytes:
        """Return data and status word for one command."""
        try:
            header, body, expected = _taken_apart(message)
        except Wrong as wrong:
            self._session = None
            return _status(wrong.status)
        if header[0] & 0x0C == 0x0C:
            return self._protected(header, body, short=expected is not None and expected <= 256)
        self._session = None  # part 11 section 9.8: a plain command ends a session
        try:
            data, status = self._do(header, body, expected)
        except Wrong as wrong:
            return _status(wrong.status)
        return data + _status(status)

    def _protected(self, header: bytes, body: bytes, *, short: bool) -> bytes:
        session = self._session
        if session is None:
            return _status(0x6982)
        try:
            data, expected = session.unwrap(header, body)
        except Wrong as wrong:
            self._session = None
            return _status(wrong.status if wrong.status in (0x6987, 0x6988) else 0x6988)
        if short and expected is not None:
            expected = min(expected, _MOST_PLAIN)
        try:
            answer, status = self._do(header, data, expected)
        except Wrong as wrong:
            answer, status = b"", wrong.status
        return session.wrap(answer, status, objects=bool(header[1] & 1))

    def _do(self, header: bytes, data: bytes, expected: int | None) -> tuple[bytes, int]:
        kind = header[0] & ~0x0C
        if kind not in (0x00, 0x10):
            raise Wrong(0x6E00)
        if kind == 0x10 and header[1] != 0x86:
            raise Wrong(0x6884)
        match header[1]:
            case 0xA4:
                return self._select(header[2:], data)
            case 0xB0:
                return self._read(header[2:], data, expected)
            case 0xB1:
                return self._read_far(header[2:], data, expected)
            case 0x84:
                return self._give_challenge(header[2:], data, expected)
            case 0x82:
                return self._authenticate(header[2:], data)
            case 0x22:
                return self._choose_pace(header[2:], data)
            case 0x86:
                return self._agree(header, data)
        raise Wrong(0x6D00)

    def _select(self, how: bytes, name: bytes) -> tuple[bytes, int]:
        if how[1] & 0xF3 != 0 or how[1] & 0x0C not in (0x00, 0x0C):
            raise Wrong(0x6A86)
        if how[0] == 0x04:
            if name != _APPLICATION:
                raise Wrong(0x6A82)
            if not self._traveller.basic and self._session is None:
                raise Wrong(0x6982)
            self._in_application, self._file = True, None
            return b"", 0x9000
        if how[0] == 0x00 and name in (b"", b"\x3f\x00"):
            self._in_application, self._file = False, None
            return b"", 0x9000
        if how[0] not in (0x00, 0x02):
            raise Wrong(0x6A86)
        if len(name) != 2:
            raise Wrong(0x6700)
        self._file = self._find(int.from_bytes(name, "big"))
        return b"", 0x9000

    def _find(self, identifier: int) -> bytes:
        files = self._files if self._in_application else self._root
        if identifier not in files:
            raise Wrong(0x6A82)
        if identifier not in _FOR_ALL and self._session is None:
            raise Wrong(0x6982)
        return files[identifier]

    def _read(self, where: bytes, data: bytes, expected: int | None) -> tuple[bytes, int]:
        if data or expected is None:
            raise Wrong(0x6700)
        if where[0] & 0x80:
            if where[0] & 0x60 or where[0] & 0x1F not in _SHORT_IDENTIFIERS:
                raise Wrong(0x6A86 if where[0] & 0x60 else 0x6A82)
            self._file = self._find(_SHORT_IDENTIFIERS[where[0] & 0x1F])
            return self._piece(where[1], expected)
        return self._piece(int.from_bytes(where, "big"), expected)

    def _read_far(self, where: bytes, data: bytes, expected: int | None) -> tuple[bytes, int]:
        """Part 10 section 3.6.3.2: the offset in object 54, the answer in object 53."""
        if where != b"\0\0":
            raise Wrong(0x6A86)
        if expected is None:
            raise Wrong(0x6700)
        offset = int.from_bytes(piece_value(data, 0x54), "big")
        room = expected - (2 if expected < 0x82 else 3 if expected < 0x103 else 4)
        found, status = self._piece(offset, max(room, 0))
        return piece(0x53, found), status

    def _piece(self, offset: int, count: int) -> tuple[bytes, int]:
        if self._file is None:
            raise Wrong(0x6986)
        if offset >= len(self._file):
            raise Wrong(0x6B00)
        found = self._file[offset : offset + count]
        # Asked for 256 or more is "as much as there is"; a number that is too large is told.
        return found, 0x6282 if len(found) < count < 256 else 0x9000

    def _give_challenge(self, how: bytes, data: bytes, expected: int | None) -> tuple[bytes, int]:
        if how != b"\0\0":
            raise Wrong(0x6A86)
        if not self._in_application or not self._traveller.basic:
            raise Wrong(0x6985)
        if data or expected not in (8, 256):
            raise Wrong(0x6700)
        self._challenge = secrets.token_bytes(8)
        return self._challenge, 0x9000

    def _authenticate(self, how: bytes, data: bytes) -> tuple[bytes, int]:
        if how != b"\0\0":
            raise Wrong(0x6A86)
        challenge, self._challenge = self._challenge, b""
        if not challenge:
            raise Wrong(0x6985)
        answer, self._session = basic_session(self._key_text, challenge, data)
        return answer, 0x9000

    def _choose_pace(self, how: bytes, data: bytes) -> tuple[bytes, int]:
        """MSE:Set AT, part 11 section 4.4.4.1."""
        if how != b"\xc1\xa4":
            raise Wrong(0x6A86)
        given = {tag: value for tag, value, _ in pieces(data)}
        if not self._traveller.cipher or given.get(0x80) != self._identifier:
            raise Wrong(0x6A80)
        if given.get(0x84, bytes([self._traveller.curve])) != bytes([self._traveller.curve]):
            raise Wrong(0x6A80)
        if given.get(0x83) == b"\x01":
            password = hashlib.sha1(self._key_text, usedforsecurity=False).digest()
        elif given.get(0x83) == b"\x02":
            password = self._traveller.access_number.encode("ascii")
        else:
            raise Wrong(0x6A88)
        self._pace = PaceSide(self._traveller.cipher, self._identifier, self._traveller.curve, password)
        return b"", 0x9000

    def _agree(self, header: bytes, data: bytes) -> tuple[bytes, int]:
        if header[2:] != b"\0\0":
            raise Wrong(0x6A86)
        side = self._pace
        if side is None:
            raise Wrong(0x6985)
        try:
            answer, session = side.step(data)
        except Wrong:
            self._pace = None
            raise
        if bool(header[0] & 0x10) is (session is not None):  # all but the last step are marked as a chain
            self._pace = None
            raise Wrong(0x6883)
        if session is not None:
            self._session, self._pace = session, None
        return answer, 0x9000


def _taken_apart(message: bytes) -> tuple[bytes, bytes, int | None]:
    """Return header, data and expected length, None without. ISO/IEC 7816-3 section 12.1."""
    header, rest = message[:4], message[4:]
    if len(header) < 4:
        raise Wrong(0x6700)
    if not rest:
        return header, b"", None
    if len(rest) == 1:
        return header, b"", rest[0] or 256
    width, at = (1, 1) if rest[0] else (2, 3)
    if width == 2 and len(rest) == 3:
        return header, b"", int.from_bytes(rest[1:], "big") or 65536
    count = int.from_bytes(rest[at - width : at], "big")
    data, tail = rest[at : at + count], rest[at + count :]
    if not count or len(data) != count or len(tail) not in (0, width):
        raise Wrong(0x6700)
    return header, data, (int.from_bytes(tail, "big") or 1 << 8 * width) if tail else None


def _status(status: int) -> bytes:
    return status.to_bytes(2, "big")


@cache
def drawn_face() -> bytes:
    """Return a JPEG of a face that nobody has, 240 × 320."""
    import cv2
    import numpy

    picture = numpy.full((320, 240, 3), 235, numpy.uint8)
    cv2.ellipse(picture, (120, 150), (70, 95), 0, 0, 360, (190, 205, 230), -1)
    for x in (92, 148):
        cv2.circle(picture, (x, 130), 8, (60, 60, 60), -1)
    cv2.ellipse(picture, (120, 195), (28, 12), 0, 0, 180, (80, 80, 160), 3)
    cv2.putText(picture, "SPECIMEN", (48, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (90, 90, 90), 2)
    return bytes(cv2.imencode(".jpg", picture)[1])
