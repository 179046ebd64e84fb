"""The files of the eMRTD application: reading them whole, and what DG1 and DG2 hold.

Source: ICAO 9303 part 10 section 3.6 (commands), 4.6 (EF.COM), 4.7.1 (DG1), 4.7.2 (DG2); ISO/IEC 19794-5:2005 section 5
(the facial record inside DG2).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from drivers.card import tlv
from drivers.card.apdu import Command, StatusWord, status_name
from drivers.card.travel.messaging import Chip, MessagingError
from drivers.card.travel.mrz import Mrz, MrzError, parse_mrz

APPLICATION: Final = bytes.fromhex("A0000002471001")

_HEAD_BYTES: Final = 8
_PIECE_BYTES: Final = 0xDF
"""What a protected answer of 256 bytes has room for, padding and signature taken off."""
_SHORT_OFFSETS: Final = 0x8000
"""From here on the offset goes into a data object, with the odd instruction byte. Part 10 section 3.6.3.2."""
_LARGEST_FILE: Final = 1 << 18
_FACE: Final = b"FAC\0"
_FACE_HEADER: Final = 14
_FACE_BLOCK: Final = 20
_LANDMARK: Final = 8
_PICTURE_INFO: Final = 12
_KINDS: Final = {0: "image/jpeg", 1: "image/jp2"}
_SIGNS: Final = {"image/jpeg": b"\xff\xd8\xff", "image/jp2": b"\0\0\0\x0cjP  \r\n\x87\n"}
_CODE_STREAM: Final = b"\xff\x4f\xff\x51"
"""JPEG 2000 without the boxes of a file around it."""


class File(IntEnum):
    """Files, by their identifier."""

    CARD_ACCESS = 0x011C
    SECURITY_OBJECT = 0x011D
    COMMON = 0x011E
    DG1 = 0x0101
    DG2 = 0x0102


class FileMissing(MessagingError):
    """The chip has no such file, or does not let it be read."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Face:
    """The picture of the holder, as it is stored."""

    kind: str
    """"image/jpeg" or "image/jp2"."""
    data: bytes


def select_application(chip: Chip) -> int:
    """Select the eMRTD application; return the status word."""
    return chip.send(Command(ins=0xA4, p1=0x04, p2=0x0C, data=APPLICATION)).status


def read_file(chip: Chip, file: File) -> bytes:
    """Select ``file`` and read it to its end.

    Raises:
        FileMissing: it is not there or not for us.
        MessagingError: it is no data object, or larger than any such file.
    """
    answer = chip.send(Command(ins=0xA4, p1=0x02, p2=0x0C, data=file.to_bytes(2, "big")))
    if answer.status != StatusWord.OK:
        raise FileMissing(f"select {file.name}: {status_name(answer.status)}")
    content = bytearray(_read(chip, file, 0, _HEAD_BYTES))
    try:
        whole = tlv.whole_length(bytes(content))
    except tlv.TlvError as error:
        raise MessagingError(f"{file.name}: {error}") from error
    if whole > _LARGEST_FILE:
        raise MessagingError(f"{file.name} says that it has {whole} bytes")
    while len(content) < whole:
        content += _read(chip, file, len(content), min(whole - len(content), _PIECE_BYTES))
    return bytes(content[:whole])


def _read(chip: Chip, file: File, offset: int, count: int) -> bytes:
    if offset < _SHORT_OFFSETS:
        answer = chip.send(Command(ins=0xB0, p1=offset >> 8, p2=offset & 0xFF, expected=count))
        data = answer.data
    else:
        # The answer comes inside a data object, whose head of up to four bytes counts, too.
        count = min(count, _PIECE_BYTES - 4)
        wanted = tlv.encode(0x54, offset.to_bytes(3, "big").lstrip(b"\0").rjust(2, b"\0"))
        answer = chip.send(Command(ins=0xB1, data=wanted, expected=count + 4))
        try:
            data = tlv.find(answer.data, 0x53) if answer.data else b""
        except tlv.TlvError as error:
            raise MessagingError(f"{file.name}: {error}") from error
    if answer.status not in (StatusWord.OK, StatusWord.END_OF_FILE):
        raise FileMissing(f"read {file.name} at {offset}: {status_name(answer.status)}")
    if not data:
        raise MessagingError(f"{file.name} ends at {offset}")
    return data


def listed_groups(common: bytes) -> frozenset[int]:
    """Return the tags of the data groups that EF.COM lists, for example 0x61 for DG1.

    Raises:
        MessagingError: it is no EF.COM.
    """
    try:
        return frozenset(tlv.find(common, 0x60, 0x5C))
    except tlv.TlvError as error:
        raise MessagingError(f"EF.COM: {error}") from error


def zone(dg1: bytes) -> Mrz:
    """Return the machine-readable zone in DG1.

    Raises:
        MessagingError: there is none, or its check digits are wrong.
    """
    try:
        return parse_mrz(tlv.find(dg1, 0x61, 0x5F1F).decode("ascii"))
    except (tlv.TlvError, MrzError, UnicodeDecodeError) as error:
        detail = "not ASCII" if isinstance(error, UnicodeDecodeError) else str(error)
        raise MessagingError(f"DG1: {detail}") from None


def face(dg2: bytes) -> Face:
    """Return the first picture in DG2.

    Raises:
        MessagingError: there is none.
    """
    try:
        template = tlv.find(dg2, 0x75, 0x7F61, 0x7F60)
        blocks = {item.tag: item.value for item in tlv.objects(template)}
    except tlv.TlvError as error:
        raise MessagingError(f"DG2: {error}") from error
    record = blocks.get(0x5F2E) or blocks.get(0x7F2E) or b""
    if record[:4] != _FACE:
        raise MessagingError("DG2: no facial record")
    length = int.from_bytes(record[8:12], "big")
    block_length = int.from_bytes(record[_FACE_HEADER : _FACE_HEADER + 4], "big")
    landmarks = int.from_bytes(record[_FACE_HEADER + 4 : _FACE_HEADER + 6], "big")
    info = _FACE_HEADER + _FACE_BLOCK + landmarks * _LANDMARK
    start, end = info + _PICTURE_INFO, _FACE_HEADER + block_length
    if not start < end <= length <= len(record):
        raise MessagingError(f"DG2: a record of {len(record)} bytes with a picture from {start} to {end}")
    kind = _KINDS.get(record[info + 1], "")
    data = record[start:end]
    if not kind or not data.startswith((_SIGNS[kind], *([_CODE_STREAM] if kind == "image/jp2" else []))):
        raise MessagingError("DG2: the picture is neither JPEG nor JPEG 2000")
    return Face(kind=kind, data=data)
