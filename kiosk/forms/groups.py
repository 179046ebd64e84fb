"""Numbers while they are typed: the groups people read them in, and the earliest moment a slip can be known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate, pairwise
from typing import Final

from kiosk.forms.model import Kind
from kiosk.forms.numbers import is_bank_card, is_credit_code, is_id_number

_CUTS: Final = {
    Kind.PHONE: (3, 4, 4),
    Kind.ID_NUMBER: (6, 4, 4, 4),
    Kind.CREDIT_CODE: (2, 6, 9, 1),
    Kind.BANK_CARD: (4, 4, 4, 4, 3),
}
"""Lengths of the groups.

Source: GB 11643-1999 (area, year, month with day, serial with check), GB 32100-2015 (authority with kind, area, body,
check), the embossing of cards, and how telephone numbers are said.
"""
LENGTHS: Final = {Kind.PHONE: 11, Kind.ID_NUMBER: 18, Kind.CREDIT_CODE: 18, Kind.BANK_CARD: 19, Kind.TIME: 4}
"""Most characters of each."""
_BORN, _DAY, _BIRTH_ENDS = 1, 2, 14
_LETTERS: Final = re.compile(r"[0-9A-HJ-NPQRTUWXY]*", re.ASCII)


class SlipKind(StrEnum):
    """What is wrong with what was typed so far."""

    START = "start"
    """No number begins like that."""
    DAY = "day"
    """There is no such day of birth."""
    FUTURE = "future"
    """Nobody was born on it yet."""
    LETTER = "letter"
    """A letter that no such number has."""
    CHECK = "check"
    """The check character does not fit: some character is another one."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip of the finger.

    Attributes:
        kind: What is wrong.
        group: In which group, from 0; -1 where that cannot be known.
    """

    kind: SlipKind
    group: int = -1


def groups(kind: Kind, typed: str) -> tuple[str, ...]:
    """Return ``typed`` in the groups it is read in, as far as it goes."""
    if kind is Kind.TIME:
        return (f"{typed[:2]}:{typed[2:]}",) if len(typed) > 2 else (typed,) if typed else ()
    edges = (0, *accumulate(_CUTS.get(kind, ())), max(len(typed), LENGTHS.get(kind, 0)))
    return tuple(typed[start:end] for start, end in pairwise(edges) if typed[start:end])


def birth_date(typed: str) -> date | None:
    """Return the day of birth inside an identity number, once it is typed; ``None`` for no day.

    Source: GB 11643-1999, places 7 to 14.
    """
    if len(typed) < _BIRTH_ENDS or not typed[6:_BIRTH_ENDS].isdecimal():
        return None
    try:
        return date(int(typed[6:10]), int(typed[10:12]), int(typed[12:14]))
    except ValueError:
        return None


def slip(kind: Kind, typed: str, today: date) -> Slip | None:  # a row for each kind of number
    """Return what is wrong with a number typed so far, as soon as it can be known; ``None`` while it may become one."""
    match kind:
        case Kind.PHONE:
            wrong = typed[:1] not in ("", "1") or typed[1:2] in ("0", "1", "2")
            return Slip(SlipKind.START, 0) if wrong and typed[1:2] != "" else None
        case Kind.ID_NUMBER if len(typed) >= _BIRTH_ENDS:
            born = birth_date(typed)
            if born is None:
                month = typed[10:12]
                return Slip(SlipKind.DAY, _DAY if "01" <= month <= "12" or typed[6:8] in ("19", "20") else _BORN)
            if born > today:
                return Slip(SlipKind.FUTURE, _BORN if born.year > today.year else _DAY)
            if "X" in typed[:17]:
                return Slip(SlipKind.LETTER, 3)
            return Slip(SlipKind.CHECK) if len(typed) == LENGTHS[kind] and not is_id_number(typed) else None
        case Kind.CREDIT_CODE:
            good = _LETTERS.match(typed)
            at = 0 if good is None else good.end()
            if at < len(typed):
                return Slip(
                    SlipKind.LETTER, next(n for n, end in enumerate(accumulate(_CUTS[kind])) if at < end or n == 3)
                )
            return Slip(SlipKind.CHECK) if len(typed) == LENGTHS[kind] and not is_credit_code(typed) else None
        case Kind.BANK_CARD:
            return Slip(SlipKind.CHECK) if len(typed) == LENGTHS[kind] and not is_bank_card(typed) else None
        case _:
            return None
