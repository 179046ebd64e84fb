"""What stands in a recording in place of what was somebody's: visibly made up, and what the standards allow."""

from __future__ import annotations

from typing import Final

BORN: Final = "19900101"
ISSUED: Final = "20200101"
EXPIRES: Final = "20400101"
FILLER: Final = "样"
"""In place of every Chinese character: 样, sample."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_MRZ_WEIGHTS: Final = (7, 3, 1)


def citizen_number() -> str:
    """Return an identity number of the district 000000, which is none, with a good check digit.

    Source: GB 11643, MOD 11-2.
    """
    body = f"000000{BORN}000"
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def passport_mrz() -> bytes:
    """Return the 88 characters of a passport of nobody, with good check digits.

    Source: ICAO Doc 9303 part 4, section 4.2.
    """
    number, born, expires, own = "000000000", BORN[2:], EXPIRES[2:], "<" * 14
    checked = [field + _mrz_check(field) for field in (number, born, expires, own)]
    second = f"{checked[0]}XXX{checked[1]}X{checked[2]}{checked[3]}"
    return ("P<XXXXX<<XX".ljust(44, "<") + second + _mrz_check("".join(checked))).encode("ascii")


def _mrz_check(field: str) -> str:
    values = (0 if character == "<" else int(character) for character in field)
    return str(sum(value * _MRZ_WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)
