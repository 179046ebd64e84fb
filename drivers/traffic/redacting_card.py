"""What may be known of a card's answers: which files and records there are and how long; values of nobody.

What a terminal sends to a card is told, but for the data of commands that carry secrets or cryptograms. Under secure
messaging all data are zeros.

Source: ISO/IEC 7816-4 for commands; LD/T 33 for the records of EF05 and EF06; ICAO Doc 9303 part 10 for data groups.
"""

from __future__ import annotations

from typing import Final

from drivers.traffic.made_up import BORN, EXPIRES, FILLER, ISSUED, citizen_number, passport_mrz
from drivers.traffic.redacting import Piece, same_shape

_SELECT, _GET_RESPONSE, _READ_RECORD, _READ_BINARY = 0xA4, 0xC0, 0xB2, 0xB0
_TOLD: Final = frozenset({_SELECT, _GET_RESPONSE, _READ_RECORD, _READ_BINARY, 0xB1, 0xCA, 0xCB})
"""Commands whose data name a file, an offset or a tag."""
_LONGEST_TOLD_BYTES: Final = 5 + 16 + 1
_SECURE: Final = 0x0C
_STATUS_BYTES: Final = 2
_NAME_TAG: Final = 0x84
_FCI_TAG: Final = 0x6F
_MRZ_HEAD: Final = bytes.fromhex("615B5F1F58")
"""Data group 1 of a passport: 88 characters of the machine-readable zone."""


class CardRedactor:
    """Of commands and answers, one in each call."""

    def __init__(self) -> None:
        self._asked = b""

    def sent(self, data: bytes) -> list[Piece]:
        """See ``Redactor.sent``."""
        if len(data) < 4:
            self._asked = b""
            return [Piece(True, len(data), None)]
        if data[1] != _GET_RESPONSE:
            self._asked = data[:4]
        told = data[1] in _TOLD and not data[0] & _SECURE and len(data) <= _LONGEST_TOLD_BYTES
        return [Piece(True, len(data), data if told or len(data) <= 5 else data[:5] + bytes(len(data) - 5))]

    def came(self, data: bytes) -> list[Piece]:
        """See ``Redactor.came``."""
        if len(data) < _STATUS_BYTES or not self._asked:
            return [Piece(False, len(data), None)]
        answer, status = data[:-_STATUS_BYTES], data[-_STATUS_BYTES:]
        return [Piece(False, len(data), self._made_up(answer) + status)]

    def ended(self) -> list[Piece]:
        """See ``Redactor.ended``."""
        return []

    def _made_up(self, answer: bytes) -> bytes:
        cla, command, record, _ = self._asked
        if cla & _SECURE:
            return bytes(len(answer))
        if command == _SELECT:
            return _file_information(answer)
        if command == _READ_RECORD and len(answer) > 2 and answer[0] == record:
            return answer[:2] + _record(record, answer[2:])
        if command == _READ_BINARY and answer.startswith(_MRZ_HEAD):
            return (_MRZ_HEAD + passport_mrz() + bytes(len(answer)))[: len(answer)]
        if command == _READ_BINARY and self._asked[2:] == b"\0\0" and answer[:1] >= b"\x60":
            head = 2 if answer[1:2] < b"\x80" else 2 + (answer[1] & 0x03)
            return answer[:head] + bytes(max(len(answer) - head, 0))
        return bytes(len(answer))


def _file_information(answer: bytes) -> bytes:
    """Return what selecting a file told: the name that was asked for, zeros for everything else."""
    if len(answer) > 4 and answer[0] == _FCI_TAG and answer[2] == _NAME_TAG and 4 + answer[3] <= len(answer) < 130:
        end = 4 + answer[3]
        return answer[:end] + bytes(len(answer) - end)
    return bytes(len(answer))


def _record(tag: int, value: bytes) -> bytes:
    """Return a value of nobody for a record of a social security card."""
    match tag:
        case 0x03 if len(value) == 4:
            return value  # of the standard, as "3.00"
        case 0x05 | 0x06 | 0x0D if len(value) == 4:
            return bytes.fromhex({0x05: ISSUED, 0x06: EXPIRES}.get(tag, BORN))
        case 0x08 if len(value) == 18:
            return citizen_number().encode("ascii")
        case 0x07 | 0x08 | 0x09:
            return _same_text(value)
        case 0x0A if len(value) == 1:
            return b"1" if value >= b"0" else b"\1"
        case 0x0B if len(value) == 1:
            return b"\1"
    return bytes(len(value))


def _same_text(value: bytes) -> bytes:
    """Return GBK of as many bytes: 样 for every two of a Chinese character."""
    filler, text = FILLER.encode("gbk"), bytearray()
    while len(text) < len(value):
        byte = value[len(text) : len(text) + 1]
        wide = byte >= b"\x80" and len(text) + 1 < len(value)
        text += filler if wide else byte if byte == b"\0" else same_shape(byte)
    return bytes(text)
