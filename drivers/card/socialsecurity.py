"""The part of a social security card (社保卡) that is free to read: files EF05 and EF06 of its application.

Regions deviate from the national layout, so where each value stands is data: a ``CardLayout``.

Source: 《社会保障(个人)卡规范》 LD/T 32 and 33: files of the application DF 社会保障; records are tag, length, value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from drivers.card.apdu import Answer, ApduError, StatusWord, exchange, status_name
from drivers.card.api import SocialSecurityCard
from drivers.errors import MediaUnreadable, WrongMedia

_FILLER_TEXT: Final = "\0 "
_FILLER_DIGITS: Final = "f"
_NO_SUCH_APPLICATION: Final = frozenset(
    {
        StatusWord.FILE_NOT_FOUND,
        StatusWord.FUNCTION_NOT_SUPPORTED,
        StatusWord.PARAMETERS_WRONG,
        StatusWord.INSTRUCTION_UNKNOWN,
        StatusWord.CLASS_UNKNOWN,
    }
)
_ID_NUMBER: Final = re.compile(r"[0-9]{17}[0-9X]")
_CARD_NUMBER: Final = re.compile(r"[0-9A-Z]{6,9}")
_NEVER_PRINTED: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffd-\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a value stands."""

    file: int
    """Short file identifier, such as 0xEF05."""
    tag: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CardLayout:
    """The application and the place of each value; the defaults are the national layout."""

    application: bytes = field(default="sx1.sh.社会保障".encode("gbk"))
    card_id: Place = Place(file=0xEF05, tag=0x01)
    issued: Place = Place(file=0xEF05, tag=0x05)
    valid_until: Place = Place(file=0xEF05, tag=0x06)
    card_number: Place = Place(file=0xEF05, tag=0x07)
    number: Place = Place(file=0xEF06, tag=0x08)
    name: Place = Place(file=0xEF06, tag=0x09)
    sex: Place = Place(file=0xEF06, tag=0x0A)
    ethnicity: Place = Place(file=0xEF06, tag=0x0B)
    birth_date: Place = Place(file=0xEF06, tag=0x0D)


NATIONAL_LAYOUT: Final = CardLayout()


def read_card(transmit: Callable[[bytes], bytes], layout: CardLayout = NATIONAL_LAYOUT) -> SocialSecurityCard:
    """Select the application and read what is free to read.

    Args:
        transmit: Sends one command to the card and returns data and status word.
        layout: Where the values stand.

    Raises:
        WrongMedia: the card has no such application.
        MediaUnreadable: it has, and a value is missing or not what the standard allows.
    """
    try:
        return _Session(transmit, layout).card()
    except ApduError as error:
        raise MediaUnreadable(str(error)) from error


class _Session:
    """One card, with the application selected and one file after the other."""

    def __init__(self, transmit: Callable[[bytes], bytes], layout: CardLayout) -> None:
        self._transmit = transmit
        self._layout = layout
        self._file: int | None = None

    def card(self) -> SocialSecurityCard:
        """Values are asked for file by file: selecting a file costs an exchange."""
        layout = self._layout
        answer = self._select(0x04, 0x00, layout.application)
        if answer.status in _NO_SUCH_APPLICATION:
            raise WrongMedia(f"no social security application: {status_name(answer.status)}")
        _expect(answer, "select application")
        return SocialSecurityCard(
            card_id=self._at("card_id").hex().upper(),
            issued=_day("issued", self._at("issued")),
            valid_until=_day("valid_until", self._at("valid_until")),
            card_number=_matching("card_number", _text("card_number", self._at("card_number")), _CARD_NUMBER),
            number=_matching("number", _text("number", self._at("number")), _ID_NUMBER),
            name=_text("name", self._at("name")),
            sex=_sex(self._at("sex")),
            ethnicity=_digits("ethnicity", self._at("ethnicity"), 2),
            birth_date=_day("birth_date", self._at("birth_date")),
        )

    def _at(self, name: str) -> bytes:
        return self._value(name, getattr(self._layout, name))

    def _value(self, name: str, place: Place) -> bytes:
        if self._file != place.file:
            _expect(self._select(0x02, 0x00, place.file.to_bytes(2, "big")), f"select {place.file:04X}")
            self._file = place.file
        answer = exchange(self._transmit, bytes([0x00, 0xB2, place.tag, 0x00, 0x00]))
        _expect(answer, f"read record {place.tag:02X} of {place.file:04X}")
        return record_value(name, place.tag, answer.data)

    def _select(self, p1: int, p2: int, name: bytes) -> Answer:
        return exchange(self._transmit, bytes([0x00, 0xA4, p1, p2, len(name)]) + name)


def record_value(name: str, tag: int, record: bytes) -> bytes:
    """Return the value of a record of tag, length, value.

    Raises:
        MediaUnreadable: another tag, or a length that does not fit; names the field.
    """
    header = 2
    if len(record) < header or record[0] != tag:
        raise MediaUnreadable(f"field {name}: record of {len(record)} bytes is not tag {tag:02X}")
    value = record[header:]
    if len(value) != record[1]:
        raise MediaUnreadable(f"field {name}: length {record[1]} of {len(value)} bytes")
    return value


def _expect(answer: Answer, what: str) -> None:
    if answer.status != StatusWord.OK:
        raise MediaUnreadable(f"{what}: {status_name(answer.status)}")


def _text(name: str, value: bytes) -> str:
    """AN items: GBK, right-filled with 00. GB 18030 holds all of GBK and the rare characters some regions write."""
    try:
        text = value.decode("gb18030").rstrip(_FILLER_TEXT)
    except UnicodeDecodeError:
        raise MediaUnreadable(f"field {name} is no GBK") from None
    if not text or _NEVER_PRINTED.search(text):
        raise MediaUnreadable(f"field {name} is empty or holds what is never printed")
    return text


def _matching(name: str, text: str, pattern: re.Pattern[str]) -> str:
    if not pattern.fullmatch(text):
        raise MediaUnreadable(f"field {name} is not {pattern.pattern}")
    return text


def _digits(name: str, value: bytes, count: int) -> str:
    """CN items: two digits a byte, right-filled with F."""
    digits = value.hex().rstrip(_FILLER_DIGITS)
    if len(digits) != count or not digits.isdecimal():
        raise MediaUnreadable(f"field {name} is not {count} digits")
    return digits


def _day(name: str, value: bytes) -> date:
    digits = _digits(name, value, 8)
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise MediaUnreadable(f"field {name} is no date") from None


def _sex(value: bytes) -> str:
    """Return the digit of GB/T 2261.1; the standard writes it as a character, some regions as a number."""
    digit = value.decode("ascii", errors="replace")
    if len(value) == 1 and value[0] <= 9:
        digit = str(value[0])
    if digit not in ("0", "1", "2", "9"):
        raise MediaUnreadable("field sex is no digit of GB/T 2261.1")
    return digit
