"""What may be known of an ID reader's wire: commands, states and the module's number; text and photo of nobody.

Frames that are whole keep a good or a bad checksum as they had it; one that breaks off is told as far as it came.

Source: GA 450 and GA 467: the frame, the commands, the text block; 《多合一读卡器通讯协议》 for the packets.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Final

from drivers.idreader.textblock import LAYOUTS, MARKS
from drivers.traffic.made_up import BORN, EXPIRES, FILLER, ISSUED, citizen_number
from drivers.traffic.redacting import Piece

_PREAMBLE: Final = bytes.fromhex("AAAAAA9669")
_HEAD_BYTES: Final = 7
_STATUS_BYTES: Final = 3
_LONGEST: Final = 2314
_LONGEST_COMMAND_BYTES: Final = 11
_TEXT_BYTES, _PHOTO_BYTES = 256, 1024
_MARK_AT: Final = 248
_IDENTITY, _ADDRESS = b"\x12\xff", b"\x30\x03"
_READS: Final = {b"\x30\x01": 4, b"\x30\x10": 6}
"""Reading text and photo, and fingerprints beside; how many bytes of sizes come first."""
_STX, _ETX = b"\x02", b"\x03"
_READ_ALL: Final = bytes.fromhex("CA0100")
_TOLD_ANSWERS: Final = (bytes.fromhex("3111"), bytes.fromhex("3112"))
"""To what the reader is, and to a reset."""
_WITHOUT_END: Final = "长期"


class SamRedactor:
    """Of the SAM_V protocol, whatever carries it."""

    def __init__(self) -> None:
        self._asked = b""
        self._begun = b""
        self._held = b""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        before = self._broken_off()
        data, self._begun = self._begun + data, b""
        length = int.from_bytes(data[5:7], "big")
        if len(data) < _HEAD_BYTES + max(length, 3) <= _LONGEST_COMMAND_BYTES and _PREAMBLE.startswith(data[:5]):
            self._begun = data
            return before
        if not data.startswith(_PREAMBLE) or len(data) != _HEAD_BYTES + length or len(data) > _LONGEST_COMMAND_BYTES:
            self._asked = b""
            return [*before, Piece(True, len(data), None)]
        self._asked = data[7:9]
        return [*before, Piece(True, len(data), data)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        self._held += data
        pieces: list[Piece] = []
        while True:
            start = self._held.find(_PREAMBLE)
            noise = start if start >= 0 else max(len(self._held) - len(_PREAMBLE) + 1, 0)
            if noise:
                pieces.append(Piece(False, noise, None))
                self._held = self._held[noise:]
            if start < 0 or len(self._held) < _HEAD_BYTES:
                return pieces
            length = int.from_bytes(self._held[5:7], "big")
            if not _STATUS_BYTES < length <= _LONGEST:
                return [*pieces, *self._broken_off()]
            whole = _HEAD_BYTES + length
            if len(self._held) < whole:
                return pieces
            pieces.append(Piece(False, whole, self._whole(self._held[:whole])))
            self._held = self._held[whole:]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        begun, self._begun = self._begun, b""
        return [*self._broken_off(), *([Piece(True, len(begun), None)] if begun else [])]

    def _broken_off(self) -> list[Piece]:
        """Return an answer that will not become whole any more."""
        held, self._held = self._held, b""
        if not held:
            return []
        told = _HEAD_BYTES + _STATUS_BYTES
        if not held.startswith(_PREAMBLE) or len(held) < told:
            return [Piece(False, len(held), None)]
        return [Piece(False, len(held), held[:told] + self._made_up(held[told:]))]

    def _whole(self, frame: bytes) -> bytes:
        told = _HEAD_BYTES + _STATUS_BYTES
        wrong_by = reduce(xor, frame[len(_PREAMBLE) :], 0)
        clean = frame[:told] + self._made_up(frame[told:-1])
        return clean + bytes([reduce(xor, clean[len(_PREAMBLE) :], 0) ^ wrong_by])

    def _made_up(self, data: bytes) -> bytes:
        if self._asked == _IDENTITY:
            return data
        if self._asked == _ADDRESS:
            return _same_shape(data)
        sizes = _READS.get(self._asked, 0)
        if not sizes or data[:4] != bytes.fromhex("01000400"):
            return bytes(len(data))
        return data[:sizes] + _text_and_photo(data[sizes:])


class PacketRedactor:
    """Of the multi-function protocol: ``02 | length of data, 2 bytes | data | exclusive or of data | 03``."""

    def __init__(self) -> None:
        self._asked = b""
        self._begun = b""
        self._held = b""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        before = self._broken_off()
        data, self._begun = self._begun + data, b""
        if data[:1] == _STX and len(data) < 5 + int.from_bytes(data[1:3], "big") <= _LONGEST_COMMAND_BYTES:
            self._begun = data
            return before
        whole = 3 + int.from_bytes(data[1:3], "big") + 2
        good = data[:1] == _STX and len(data) == whole <= _LONGEST_COMMAND_BYTES
        self._asked = data[3:-2] if good else b""
        return [*before, Piece(True, len(data), data if good else None)]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        self._held += data
        pieces: list[Piece] = []
        while self._held:
            start = self._held.find(_STX)
            noise = start if start >= 0 else len(self._held)
            if noise:
                pieces.append(Piece(False, noise, None))
                self._held = self._held[noise:]
                continue
            whole = 3 + int.from_bytes(self._held[1:3], "big") + 2
            if whole > _LONGEST:
                return [*pieces, *self._broken_off()]
            if len(self._held) < max(whole, 5):
                return pieces
            body, given = self._held[3 : whole - 2], self._held[whole - 2]
            clean = self._made_up(body)
            check = reduce(xor, clean, 0) ^ reduce(xor, body, 0) ^ given
            end = self._held[whole - 1 : whole]
            pieces.append(Piece(False, whole, self._held[:3] + clean + bytes([check]) + end if end == _ETX else None))
            self._held = self._held[whole:]
        return pieces

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        begun, self._begun = self._begun, b""
        return [*self._broken_off(), *([Piece(True, len(begun), None)] if begun else [])]

    def _broken_off(self) -> list[Piece]:
        """Return an answer that will not become whole any more."""
        held, self._held = self._held, b""
        if not held:
            return []
        return [Piece(False, len(held), held[:5] + bytes(len(held) - 5) if len(held) >= 5 else None)]

    def _made_up(self, body: bytes) -> bytes:
        status, content = body[:2], body[2:]
        if self._asked in _TOLD_ANSWERS:
            return body
        if self._asked == _READ_ALL and content[:4] == bytes.fromhex("01000400"):
            return status + content[:4] + _text_and_photo(content[4:])
        return status + bytes(len(content))


def _text_and_photo(data: bytes) -> bytes:
    photo = data[_TEXT_BYTES:]
    return _text_block(data[:_TEXT_BYTES]) + b"WLf\0"[: len(photo)] + bytes(max(len(photo) - 4, 0))


def _text_block(block: bytes) -> bytes:
    mark = block[_MARK_AT : _MARK_AT + 2].decode("utf-16-le", "replace")
    if len(block) != _TEXT_BYTES or mark not in MARKS:
        return (b" \0" * len(block))[: len(block)]
    clean, start = b"", 0
    for name, size in LAYOUTS[MARKS[mark]]:
        clean += _field(name, block[start : start + size])
        start += size
    if mark == " ":  # the mark of a resident's card is a part of its reserve
        clean = clean[:_MARK_AT] + block[_MARK_AT : _MARK_AT + 2] + clean[_MARK_AT + 2 :]
    return clean


def _field(name: str, raw: bytes) -> bytes:
    shape = _same_shape(raw)
    written = shape.decode("utf-16-le").rstrip(" ")
    if name == "mark" or (name == "valid_until" and raw.decode("utf-16-le", "replace").rstrip(" ") == _WITHOUT_END):
        return raw
    made_up = {"sex": "1", "ethnicity": "01", "birth_date": BORN, "valid_from": ISSUED, "valid_until": EXPIRES}
    if name in made_up and len(written) == len(made_up[name]):
        written = made_up[name]
    elif name == "number" and written.rstrip("X") in ("0" * 17, "0" * 18):
        written = citizen_number()
    return (written.encode("utf-16-le") + b" \0" * len(raw))[: len(raw)]


def _same_shape(raw: bytes) -> bytes:
    """Return UTF-16 of as many units: letters, digits and spaces by their kind, everything else by 样."""
    units = (raw[at] | raw[at + 1] << 8 for at in range(0, len(raw) - 1, 2))
    return "".join(map(_same_kind, units)).encode("utf-16-le") + bytes(len(raw) % 2)


def _same_kind(unit: int) -> str:
    character = chr(unit)
    if character in " \0":
        return character
    if not character.isascii():
        return FILLER
    return "0" if character.isdecimal() else "X" if character.isupper() else "x"
