"""What a value of each kind is."""

from __future__ import annotations

import re
from datetime import date

from kiosk.forms.model import Address, Element, Kind
from kiosk.forms.numbers import is_time_of_day

LONGEST = 2000
"""Characters of any text, whatever its rules allow: more is an accident."""
LARGEST = 10**15
"""Bound of any number, in its unit or in fen."""

_INVISIBLE = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]")
"""Controls, line breaks, direction marks, lone surrogates. Not ``str.isprintable``: that refuses rare characters of
names that are younger than Python's tables."""


def is_of_kind(element: Element, value: object) -> bool:
    """Say whether ``value`` is a value of the element's kind; of a choice, one of its choices."""
    match element.kind:
        case Kind.YES_NO:
            return type(value) is bool
        case Kind.INTEGER | Kind.AMOUNT:
            return type(value) is int and -LARGEST <= value <= LARGEST
        case Kind.DATE:
            return type(value) is date
        case Kind.TIME:
            return isinstance(value, str) and is_time_of_day(value)
        case Kind.ADDRESS:
            return isinstance(value, Address) and _is_text(value.division) and _is_text(value.detail)
        case Kind.CHOICES:
            known = {choice.value for choice in element.choices}
            return type(value) is tuple and len(set(value)) == len(value) and known.issuperset(value)
        case Kind.CHOICE:
            return any(choice.value == value for choice in element.choices)
        case _:
            return _is_text(value)


def _is_text(value: object) -> bool:
    return type(value) is str and len(value) <= LONGEST and _INVISIBLE.search(value) is None
