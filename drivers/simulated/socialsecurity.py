"""A social security card (社保卡), as its issuer wrote it.

Written from the specification (ISO/IEC 7816-3 and -4, LD/T 33), not from the driver. The card speaks T=0: answers to
commands with data wait for GET RESPONSE (61xx), a wrong length is corrected (6Cxx), the unknown is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from drivers.simulated.people import Person

_ATR: Final = bytes.fromhex("3B 69 00 00 53 49 4D 43 41 52 44 30 31")
"""T=0, direct convention, nine historical bytes: SIMCARD01."""
_APPLICATION: Final = bytes.fromhex("7378312E73682E C9E7BBE1B1A3D5CF")
_VALID_UNTIL: Final = date(2041, 12, 31)
"""Of every card: who is out of date in the simulated city is so by identity card."""


class SocialSecurityChip:
    """The files of one card and where its reader stands in them.

    Args:
        applications: Files of each application by its name.
        answers: What selecting an application tells, by the same name.
    """

    atr = _ATR

    def __init__(self, applications: Mapping[bytes, Mapping[int, Mapping[int, bytes]]], answers: Mapping[bytes, bytes]):
        self._applications = applications
        self._answers = answers
        self.reset()

    def reset(self) -> None:
        """Forget what was selected."""
        self._files: Mapping[int, Mapping[int, bytes]] | None = None
        self._records: Mapping[int, bytes] | None = None
        self._waiting = b""

    def obey(self, command: bytes) -> bytes:
        """Return data and status word for one T=0 command of five header bytes and, for SELECT, data."""
        if len(command) < 5:
            return b"\x67\x00"
        if command[0] != 0x00:
            return b"\x6e\x00"
        waiting, self._waiting = self._waiting, b""
        match command[1]:
            case 0xA4:
                return self._select(command)
            case 0xC0:
                return self._hand_out(waiting, command)
            case 0xB2:
                return self._read_record(command)
            case _:
                return b"\x6d\x00"

    def _select(self, command: bytes) -> bytes:
        wanted = command[5:]
        if len(wanted) != command[4]:
            return b"\x67\x00"
        if command[2:4] == b"\x04\x00":
            if wanted not in self._applications:
                return b"\x6a\x82"
            self._files, self._records = self._applications[wanted], None
            self._waiting = self._answers[wanted]
            return bytes([0x61, len(self._waiting)])
        if command[2:4] == b"\x02\x00":
            file = int.from_bytes(wanted, "big")
            if self._files is None or file not in self._files:
                return b"\x6a\x82"
            self._records = self._files[file]
            return b"\x90\x00"
        return b"\x6a\x86"

    def _hand_out(self, waiting: bytes, command: bytes) -> bytes:
        if len(command) != 5:
            return b"\x67\x00"
        if not waiting:
            return b"\x69\x85"
        wanted = command[4] or 256
        if wanted > len(waiting):
            self._waiting = waiting
            return bytes([0x6C, len(waiting)])
        self._waiting = waiting[wanted:]
        return waiting[:wanted] + (bytes([0x61, len(self._waiting)]) if self._waiting else b"\x90\x00")

    def _read_record(self, command: bytes) -> bytes:
        if len(command) != 5:
            return b"\x67\x00"
        if command[3] != 0x00:
            return b"\x6a\x86"
        if self._records is None:
            return b"\x69\x86"
        if command[2] not in self._records:
            return b"\x6a\x83"
        value = self._records[command[2]]
        record = bytes([command[2], len(value)]) + value
        return record + b"\x90\x00" if command[4] == len(record) else bytes([0x6C, len(record)])


def social_security_card(person: Person) -> SocialSecurityChip:
    """Return the card of ``person`` as its issuer wrote it."""
    number = (person.social_security_card or "").encode("ascii")
    about_card = {
        0x01: bytes.fromhex("00010100") + number.rjust(12, b"\0"),
        0x02: b"\x03",
        0x03: b"3.00",
        0x05: bytes.fromhex(f"{person.valid_from:%Y%m%d}"),
        0x06: bytes.fromhex(f"{_VALID_UNTIL:%Y%m%d}"),
        0x07: number.ljust(9, b"\0"),
    }
    about_holder = {
        0x08: person.number.encode("ascii").ljust(18, b"\0"),
        0x09: person.name.encode("gb18030").ljust(30, b"\0"),
        0x0A: person.sex.encode("ascii"),
        0x0B: bytes.fromhex(person.ethnicity or "97"),
        0x0C: bytes.fromhex(person.number[:6]),
        0x0D: bytes.fromhex(f"{person.birth_date:%Y%m%d}"),
    }
    told = bytes([0x6F, len(_APPLICATION) + 2, 0x84, len(_APPLICATION)]) + _APPLICATION
    return SocialSecurityChip({_APPLICATION: {0xEF05: about_card, 0xEF06: about_holder}}, {_APPLICATION: told})
