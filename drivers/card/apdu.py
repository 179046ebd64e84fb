"""Commands and answers of a smart card, and the detours between them.

A T=0 card cannot send data in answer to a command that carried data: it answers ``61xx`` and waits for GET RESPONSE.
Asked for another length than it has, it answers ``6Cxx`` and is asked again. What is longer than a short command can
carry goes in a chain of commands. pyscard leaves all of it to its caller.

Source: ISO/IEC 7816-3:2006 section 10 (T=0) and 12.1 (length fields), 7816-4:2020 sections 5.3.3 (command chaining),
5.3.4 (response chaining), 5.4.1 (class byte), 5.6 (status words).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final, Protocol

_MORE_WAITS: Final = 0x61
_OTHER_LENGTH: Final = 0x6C
_MOST_DETOURS: Final = 16
_MOST_ANSWERS: Final = 1024
_MOST_BYTES: Final = 1 << 18
"""No card has a larger file; one that sends on and on is left."""
_STATUS_BYTES: Final = 2
_HEADER_BYTES: Final = 4

SHORT_DATA: Final = 255
SHORT_EXPECTED: Final = 256
EXTENDED_DATA: Final = 65535
EXTENDED_EXPECTED: Final = 65536

_CHAINED: Final = 0x10
"""Bit 5 of the class byte: not the last command of a chain."""
_GET_RESPONSE: Final = 0xC0
_FIRST_CLASSES: Final = 0x20
_FIRST_CHANNELS: Final = 0x03
_PROPRIETARY: Final = 0x80
_FURTHER_CHANNELS: Final = 0x4F


class StatusWord(IntEnum):
    """Status words with a meaning for us; a card may answer any other."""

    OK = 0x9000
    END_OF_FILE = 0x6282
    FILE_DEACTIVATED = 0x6283
    VERIFICATION_FAILED = 0x6300
    LENGTH_WRONG = 0x6700
    LAST_OF_CHAIN_EXPECTED = 0x6883
    CHAINING_NOT_SUPPORTED = 0x6884
    SECURITY_NOT_SATISFIED = 0x6982
    BLOCKED = 0x6983
    REFERENCE_DATA_UNUSABLE = 0x6984
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_FILE_SELECTED = 0x6986
    PROTECTION_MISSING = 0x6987
    PROTECTION_WRONG = 0x6988
    DATA_WRONG = 0x6A80
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    RECORD_NOT_FOUND = 0x6A83
    PARAMETERS_WRONG = 0x6A86
    REFERENCE_NOT_FOUND = 0x6A88
    OFFSET_WRONG = 0x6B00
    INSTRUCTION_UNKNOWN = 0x6D00
    CLASS_UNKNOWN = 0x6E00


class ApduError(ValueError):
    """An answer that ISO/IEC 7816 does not allow, or bytes that are no command."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Command:
    """A command before it is bytes. No readable ``repr``: the data may be a key or a name."""

    cla: int = 0x00
    ins: int
    p1: int = 0x00
    p2: int = 0x00
    data: bytes = b""
    expected: int = 0
    """Most bytes wanted in the answer; 0: none, 256: as many as there are."""

    def encode(self, *, extended: bool | None = None) -> bytes:
        """Return the bytes: short length fields where they suffice, extended ones otherwise or when asked for.

        Raises:
            ApduError: longer than a command can be.
        """
        header = bytes([self.cla, self.ins, self.p1, self.p2])
        if extended is None:
            extended = len(self.data) > SHORT_DATA or self.expected > SHORT_EXPECTED
        most_data, most_expected = (EXTENDED_DATA, EXTENDED_EXPECTED) if extended else (SHORT_DATA, SHORT_EXPECTED)
        if len(self.data) > most_data or self.expected > most_expected:
            raise ApduError(f"{len(self.data)} bytes of data, {self.expected} expected")
        width = 2 if extended else 1
        told = (self.expected % (most_expected)).to_bytes(width, "big") if self.expected else b""
        if not self.data:
            return header + (b"\0" if extended and told else b"") + told
        return header + (b"\0" if extended else b"") + len(self.data).to_bytes(width, "big") + self.data + told

    @classmethod
    def decode(cls, message: bytes) -> Command:
        """Return the command that ``message`` is.

        Raises:
            ApduError: it is none; its length fields say otherwise.
        """
        if len(message) < _HEADER_BYTES:
            raise ApduError(f"a command of {len(message)} bytes")
        head = cls(cla=message[0], ins=message[1], p1=message[2], p2=message[3])
        body = message[_HEADER_BYTES:]
        if not body:
            return head
        if len(body) == 1:
            return replace(head, expected=body[0] or SHORT_EXPECTED)
        if body[0]:
            return _with_body(head, body[1 : 1 + body[0]], body[0], body[1 + body[0] :], 1)
        if len(body) == 3:
            return replace(head, expected=int.from_bytes(body[1:], "big") or EXTENDED_EXPECTED)
        count = int.from_bytes(body[1:3], "big")
        if len(body) < 3 or not count:
            raise ApduError("an extended length of nothing")
        return _with_body(head, body[3 : 3 + count], count, body[3 + count :], 2)


def _with_body(head: Command, data: bytes, count: int, rest: bytes, width: int) -> Command:
    if len(data) != count or len(rest) not in (0, width):
        raise ApduError(f"length {count} of {len(data)} bytes, {len(rest)} after them")
    whole = EXTENDED_EXPECTED if width > 1 else SHORT_EXPECTED
    expected = (int.from_bytes(rest, "big") or whole) if rest else 0
    return replace(head, data=data, expected=expected)


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Answer:
    """What a card answered, detours taken."""

    data: bytes
    status: int
    """The status word; compare with ``StatusWord``."""


class Card(Protocol):
    """As much of ``api.Connection`` as is needed here."""

    @property
    def protocol(self) -> str:
        """The transmission protocol, "T=0" or "T=1"."""

    def transmit(self, command: bytes) -> bytes:
        """Send one command; return data and status word."""


def send(card: Card, command: Command, *, extended: bool = False) -> Answer:
    """Send ``command`` to ``card``, in a chain when it is long, and take the detours.

    Args:
        card: Raises whatever the connection raises.
        command: Data of any length.
        extended: The card takes extended length fields, so that no chain is needed.

    Raises:
        ApduError: an answer without status word, or a card that leads in circles.
    """
    if extended and card.protocol != "T=0":
        return exchange(card.transmit, command.encode(extended=True))
    pieces = [command.data[at : at + SHORT_DATA] for at in range(0, len(command.data), SHORT_DATA)] or [b""]
    for piece in pieces[:-1]:
        link = replace(command, cla=command.cla | _CHAINED, data=piece, expected=0)
        answer = exchange(card.transmit, link.encode())
        if answer.status != StatusWord.OK:
            return answer
    last = replace(command, data=pieces[-1], expected=min(command.expected, SHORT_EXPECTED))
    if card.protocol == "T=0" and last.data:
        last = replace(last, expected=0)  # T=0 knows no command with data both ways; 61xx tells of the answer
    return exchange(card.transmit, last.encode())


def exchange(transmit: Callable[[bytes], bytes], command: bytes) -> Answer:
    """Send ``command`` and take the detours: 61xx, 6Cxx, and an answer that comes in pieces.

    Args:
        transmit: Sends one command and returns data and status word, or raises whatever the connection raises.
        command: Header, and data or the wanted length.

    Raises:
        ApduError: an answer without status word, or a card that leads in circles.
    """
    fetch = bytes([_class_to_fetch_by(command[0]), _GET_RESPONSE, 0, 0]) if command else b""
    data = bytearray()
    detours = 0
    for _ in range(_MOST_ANSWERS):
        answer = transmit(command)
        if len(answer) < _STATUS_BYTES:
            raise ApduError(f"answer of {len(answer)} bytes")
        data += answer[:-_STATUS_BYTES]
        first, second = answer[-_STATUS_BYTES:]
        # A piece of the answer is progress, everything else a detour.
        detours = 0 if first == _MORE_WAITS and len(answer) > _STATUS_BYTES else detours + 1
        if first == _MORE_WAITS:
            command = fetch + bytes([second])
        elif first == _OTHER_LENGTH:
            command = command[:_HEADER_BYTES] + bytes([second])
        else:
            return Answer(data=bytes(data), status=first << 8 | second)
        if detours >= _MOST_DETOURS or len(data) > _MOST_BYTES:
            break
    raise ApduError(f"no end after {len(data)} bytes and {_MOST_DETOURS} detours")


def _class_to_fetch_by(cla: int) -> int:
    """GET RESPONSE goes to the same logical channel, without chaining and secure messaging. 7816-4 section 5.4.1."""
    if cla < _FIRST_CLASSES:
        return cla & _FIRST_CHANNELS
    return cla & _FURTHER_CHANNELS if cla < _PROPRIETARY else 0x00


def status_name(status: int) -> str:
    """Return ``status`` as a technician knows it, for example "6A82 FILE_NOT_FOUND"."""
    known = {word.value: f" {word.name}" for word in StatusWord}
    return f"{status:04X}{known.get(status, '')}"
