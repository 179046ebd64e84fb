"""Frames of the SAM_V serial protocol: pure functions from bytes to meaning and back.

    AA AA AA 96 69 | length, 2 bytes | body | checksum

The length counts body and checksum; the checksum is the exclusive or over length and body. To the reader the body is
``command parameter [data]``, from the reader ``SW1 SW2 SW3 [data]``.

Source: GA 450 (the module) and GA 467 (its interface), sections on the UART frame, commands and status words.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import reduce
from operator import xor
from typing import Final

PREAMBLE: Final = bytes.fromhex("AAAAAA9669")
_LENGTH_BYTES: Final = 2
_STATUS_BYTES: Final = 3
_CHECKSUM_BYTES: Final = 1
_SHORTEST: Final = _STATUS_BYTES + _CHECKSUM_BYTES
_LONGEST: Final = 2321 - len(PREAMBLE) - _LENGTH_BYTES
"""The longest answer there is: text, photo and two fingerprints, 2,321 bytes in all."""

TEXT_BYTES: Final = 256
PHOTO_BYTES: Final = 1024


class Command(Enum):
    """Command and parameter byte. GA 467, commands of the module and of the card."""

    RESET = (0x10, 0xFF)
    STATUS = (0x11, 0xFF)
    IDENTITY = (0x12, 0xFF)
    FIND = (0x20, 0x01)
    SELECT = (0x20, 0x02)
    READ_TEXT_AND_PHOTO = (0x30, 0x01)
    READ_NEWEST_ADDRESS = (0x30, 0x03)


class Status(IntEnum):
    """SW3. GA 467, table of status words."""

    OK = 0x90
    ITEM_EMPTY = 0x91
    """Nothing is stored under this item, on a card that is there."""
    FOUND = 0x9F
    CHECKSUM_WRONG = 0x10
    LENGTH_WRONG = 0x11
    COMMAND_WRONG = 0x21
    NOT_PERMITTED = 0x23
    UNKNOWN_ERROR = 0x24
    CARD_REJECTED_READER = 0x31
    READER_REJECTED_CARD = 0x32
    INFORMATION_NOT_VERIFIED = 0x33
    WRONG_CARD_TYPE = 0x40
    READ_FAILED = 0x41
    RANDOM_FAILED = 0x47
    SELF_TEST_FAILED = 0x60
    NOT_AUTHORISED = 0x66
    NO_CARD = 0x80
    SELECT_FAILED = 0x81


class FrameError(ValueError):
    """Bytes that the frame format does not allow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a reader answered."""

    status: Status
    data: bytes


def encode(command: Command, data: bytes = b"") -> bytes:
    """Return the frame that carries ``command``."""
    body = bytes(command.value) + data
    counted = struct.pack(">H", len(body) + _CHECKSUM_BYTES) + body
    return PREAMBLE + counted + bytes([checksum(counted)])


def checksum(counted: bytes) -> int:
    """Return the exclusive or over length and body."""
    return reduce(xor, counted, 0)


def take(received: bytes) -> tuple[Reply | None, bytes]:
    """Take the first whole reply from the front of ``received``.

    Bytes ahead of a preamble are line noise and are dropped.

    Returns:
        The reply, or None while it is not whole, and what remains.

    Raises:
        FrameError: a frame whose length, checksum or status cannot be; throw away what was received.
    """
    start = received.find(PREAMBLE)
    if start < 0:
        return None, _possible_start(received)
    frame = received[start:]
    head = len(PREAMBLE) + _LENGTH_BYTES
    if len(frame) < head:
        return None, frame
    (length,) = struct.unpack_from(">H", frame, len(PREAMBLE))
    if not _SHORTEST <= length <= _LONGEST:
        raise FrameError(f"length {length}, allowed {_SHORTEST} to {_LONGEST}")
    end = head + length
    if len(frame) < end:
        return None, frame
    if checksum(frame[len(PREAMBLE) : end]) != 0:  # a good checksum cancels itself out
        raise FrameError(f"checksum of a frame of length {length}")
    body = frame[head : end - _CHECKSUM_BYTES]
    try:
        status = Status(body[_STATUS_BYTES - 1])
    except ValueError:
        raise FrameError(f"status {body[:_STATUS_BYTES].hex(' ')}") from None
    return Reply(status=status, data=body[_STATUS_BYTES:]), frame[end:]


def _possible_start(received: bytes) -> bytes:
    """Return the end of ``received`` that may be the beginning of a preamble."""
    longest = min(len(received), len(PREAMBLE) - 1)
    return next((received[-n:] for n in range(longest, 0, -1) if PREAMBLE.startswith(received[-n:])), b"")


def text_and_photo(data: bytes) -> tuple[bytes, bytes]:
    """Split the data of ``READ_TEXT_AND_PHOTO``: two lengths, the text block, the photo.

    Raises:
        FrameError: other lengths than the standard's 256 and 1,024, or other data than the lengths say.
    """
    if len(data) < 2 * _LENGTH_BYTES:
        raise FrameError(f"{len(data)} bytes of text and photo")
    text, photo = struct.unpack_from(">HH", data)
    if (text, photo) != (TEXT_BYTES, PHOTO_BYTES) or len(data) != 2 * _LENGTH_BYTES + text + photo:
        raise FrameError(f"text {text}, photo {photo} in {len(data)} bytes")
    return data[4 : 4 + text], data[4 + text :]


def identity(data: bytes) -> str:
    """Return the number of the module as it is printed: "05.01-yyyymmdd-nnnnnnnnnn-nnnnnnnnnn".

    Raises:
        FrameError: not 16 bytes.
    """
    layout = struct.Struct("<HHIII")
    if len(data) != layout.size:
        raise FrameError(f"{len(data)} bytes of module number")
    maker, kind, made, first, second = layout.unpack(data)
    return f"{maker:02d}.{kind:02d}-{made:08d}-{first:010d}-{second:010d}"
