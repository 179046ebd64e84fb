"""Commands and answers of a contact card, and the two detours of T=0.

A T=0 card cannot send data in answer to a command that carried data: it answers ``61xx`` and waits for GET RESPONSE.
Asked for another length than it has, it answers ``6Cxx`` and is asked again. pyscard leaves both to its caller.

Source: ISO/IEC 7816-3:2006 section 10 (T=0), 7816-4:2020 section 5.6 (status words).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_GET_RESPONSE: Final = bytes.fromhex("00C00000")
_MORE_WAITS: Final = 0x61
_OTHER_LENGTH: Final = 0x6C
_MOST_DETOURS: Final = 16
_STATUS_BYTES: Final = 2
_HEADER_BYTES: Final = 4


class StatusWord(IntEnum):
    """Status words with a meaning for us; a card may answer any other."""

    OK = 0x9000
    LENGTH_WRONG = 0x6700
    SECURITY_NOT_SATISFIED = 0x6982
    CONDITIONS_NOT_SATISFIED = 0x6985
    NO_FILE_SELECTED = 0x6986
    FUNCTION_NOT_SUPPORTED = 0x6A81
    FILE_NOT_FOUND = 0x6A82
    RECORD_NOT_FOUND = 0x6A83
    PARAMETERS_WRONG = 0x6A86
    INSTRUCTION_UNKNOWN = 0x6D00
    CLASS_UNKNOWN = 0x6E00


class ApduError(ValueError):
    """An answer that ISO/IEC 7816 does not allow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a card answered, detours taken."""

    data: bytes
    status: int
    """The status word; compare with ``StatusWord``."""


def exchange(transmit: Callable[[bytes], bytes], command: bytes) -> Answer:
    """Send ``command`` and take the detours of T=0.

    Args:
        transmit: Sends one command and returns data and status word, or raises whatever the connection raises.
        command: Header, and data or the wanted length.

    Raises:
        ApduError: an answer without status word, or a card that leads in circles.
    """
    data = b""
    for _ in range(_MOST_DETOURS):
        answer = transmit(command)
        if len(answer) < _STATUS_BYTES:
            raise ApduError(f"answer of {len(answer)} bytes")
        data += answer[:-_STATUS_BYTES]
        first, second = answer[-_STATUS_BYTES:]
        if first == _MORE_WAITS:
            command = _GET_RESPONSE + bytes([second])
        elif first == _OTHER_LENGTH:
            command = command[:_HEADER_BYTES] + bytes([second])
        else:
            return Answer(data=data, status=first << 8 | second)
    raise ApduError(f"no end after {_MOST_DETOURS} answers")


def status_name(status: int) -> str:
    """Return ``status`` as a technician knows it, for example "6A82 FILE_NOT_FOUND"."""
    known = {word.value: f" {word.name}" for word in StatusWord}
    return f"{status:04X}{known.get(status, '')}"
