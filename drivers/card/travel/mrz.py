"""The machine-readable zone (MRZ) of a travel document: two or three lines, with check digits.

Source: ICAO 9303 part 3 section 4.9 (check digits), part 4 section 4.2 (TD3, passports), part 5 section 4.2 (TD1,
cards), part 6 section 4.2 (TD2). 港澳居民来往内地通行证 and 台湾居民来往大陆通行证 are cards.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_ALLOWED: Final = re.compile(r"[A-Z0-9<]+")
_WEIGHTS: Final = (7, 3, 1)
_DATE: Final = re.compile(r"[0-9]{6}")
_NUMBER_LENGTH: Final = 9
_TD1, _TD2, _TD3 = 90, 72, 88


class MrzError(ValueError):
    """Text that is no machine-readable zone; names the field, never its value."""


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Mrz:
    """What stands in the zone. No readable ``repr``: it is all personal."""

    text: str
    """As it came, without line ends."""
    kind: str
    """Document code, for example "P", "ID", "CR"."""
    issuer: str
    surname: str
    given_names: str
    number: str
    nationality: str
    birth: str
    """YYMMDD, as it stands there: parts may be unknown ("<<"), and no century is given."""
    sex: str
    """"M", "F" or ""."""
    expiry: str
    optional: str
    """Whatever the issuer writes into the optional data, for example a personal number."""


def check_digit(text: str) -> str:
    """Return the check digit of ``text``. Source: ICAO 9303 part 3 section 4.9.

    Raises:
        MrzError: a character that no zone has.
    """
    if text and not _ALLOWED.fullmatch(text):
        raise MrzError("a character other than A-Z, 0-9 and <")
    total = sum(_value(character) * _WEIGHTS[at % len(_WEIGHTS)] for at, character in enumerate(text))
    return str(total % 10)


def parse_mrz(text: str) -> Mrz:
    """Read a zone of a card (TD1: 3 × 30), an older card (TD2: 2 × 36) or a passport (TD3: 2 × 44).

    Args:
        text: With or without line ends and spaces.

    Raises:
        MrzError: another length, another character, or a check digit that is wrong.
    """
    if len(text) > _TD1 * 2:
        raise MrzError(f"{len(text)} characters")
    zone = "".join(text.split())
    if not _ALLOWED.fullmatch(zone):
        raise MrzError("a character other than A-Z, 0-9 and <")
    match len(zone):
        case length if length == _TD1:
            return _card(zone)
        case length if length in (_TD2, _TD3):
            return _book(zone, length // 2)
    raise MrzError(f"{len(zone)} characters")


def _card(zone: str) -> Mrz:
    """TD1. A number of more than nine characters goes on in the optional data: "<", rest, check digit, "<"."""
    upper, middle, lower = zone[:30], zone[30:60], zone[60:]
    number, digit, optional = upper[5:14], upper[14], upper[15:30]
    if digit == "<" and optional.strip("<"):
        rest, _, optional = optional.partition("<")
        number, digit = number + rest[:-1], rest[-1:]
    _check("number", number, digit)
    _check("birth", middle[:6], middle[6])
    _check("expiry", middle[8:14], middle[14])
    _check("whole", upper[5:] + middle[:7] + middle[8:15] + middle[18:29], middle[29])
    surname, given_names = _names(lower)
    return Mrz(
        text=zone,
        kind=_filled(upper[:2]),
        issuer=_filled(upper[2:5]),
        surname=surname,
        given_names=given_names,
        number=_filled(number),
        nationality=_filled(middle[15:18]),
        birth=middle[:6],
        sex=_filled(middle[7]),
        expiry=middle[8:14],
        optional=" ".join(filter(None, (_filled(optional), _filled(middle[18:29])))),
    )


def _book(zone: str, width: int) -> Mrz:
    """TD2 and TD3; only the length of the optional data and its check digit differ."""
    upper, lower = zone[:width], zone[width:]
    number, optional = lower[:9], lower[28:-1]
    whole = lower[:10] + lower[13:20] + lower[21:-1]
    if width * 2 == _TD3:
        _check("optional", optional[:-1], optional[-1] if optional.strip("<") else check_digit(optional[:-1]))
        optional = optional[:-1]
        _check("number", number, lower[9])
    elif lower[9] == "<" and optional.strip("<"):  # as in TD1
        rest, _, optional = optional.partition("<")
        number += rest[:-1]
        _check("number", number, rest[-1:])
    else:
        _check("number", number, lower[9])
    _check("birth", lower[13:19], lower[19])
    _check("expiry", lower[21:27], lower[27])
    _check("whole", whole, lower[-1])
    surname, given_names = _names(upper[5:])
    return Mrz(
        text=zone,
        kind=_filled(upper[:2]),
        issuer=_filled(upper[2:5]),
        surname=surname,
        given_names=given_names,
        number=_filled(number),
        nationality=_filled(lower[10:13]),
        birth=lower[13:19],
        sex=_filled(lower[20]),
        expiry=lower[21:27],
        optional=_filled(optional),
    )


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class MrzKey:
    """The three values of the zone that open the chip; what a person types when no camera reads the zone."""

    number: str
    birth: str
    """YYMMDD."""
    expiry: str
    """YYMMDD."""

    @classmethod
    def of(cls, mrz: Mrz) -> MrzKey:
        """Return the key that ``mrz`` holds."""
        return cls(number=mrz.number, birth=mrz.birth, expiry=mrz.expiry)

    @classmethod
    def typed(cls, number: str, birth: date, expiry: date) -> MrzKey:
        """Return the key of a document by what is printed on it."""
        return cls(number=number.strip().upper(), birth=f"{birth:%y%m%d}", expiry=f"{expiry:%y%m%d}")

    @property
    def information(self) -> bytes:
        """MRZ_information: each value with its check digit. Source: ICAO 9303 part 11 section 4.3.2 and 9.7.2.

        Raises:
            MrzError: a value that no zone can hold.
        """
        number = self.number.replace(" ", "<").ljust(_NUMBER_LENGTH, "<")
        if not _DATE.fullmatch(self.expiry):
            raise MrzError("expiry is not six digits")
        parts = (number, self.birth, self.expiry)
        return "".join(part + check_digit(part) for part in parts).encode("ascii")


def _check(field: str, text: str, digit: str) -> None:
    if check_digit(text) != digit:
        raise MrzError(f"the check digit of {field} is wrong")


def _value(character: str) -> int:
    return 0 if character == "<" else int(character, 36)


def _filled(text: str) -> str:
    return " ".join(text.replace("<", " ").split())


def _names(text: str) -> tuple[str, str]:
    surname, _, given_names = text.partition("<<")
    return _filled(surname), _filled(given_names)
