"""Types, values, and the one value that is neither.

An answer arrives from a draft, a register or the wire, so nothing here trusts its Python type: :func:`admission`
decides whether it is a value of the declared type. What is not, counts as unanswered.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NoReturn, TypeAlias

import msgspec

INT_MIN: Final = -(2**63)
INT_MAX: Final = 2**63 - 1
_EXACT_DOUBLE: Final = 2**53
"""Whole numbers up to here are exactly a double."""


class Unknown(enum.Enum):
    """The type of :data:`UNKNOWN`."""

    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        """Refuse: unknown is neither true nor false.

        Raises:
            TypeError: Always. Write ``is UNKNOWN``, ``is True`` or ``is False``.
        """
        msg = "UNKNOWN is neither true nor false: compare with `is UNKNOWN`"
        raise TypeError(msg)

    def __repr__(self) -> str:
        """Return the public name."""
        return "UNKNOWN"

    def __str__(self) -> str:
        """Return the word for a log or a clerk."""
        return self.value


UNKNOWN: Final = Unknown.UNKNOWN
"""No value is known, or none can be computed."""


class Scalar(enum.Enum):
    """A type whose values have no parts."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    DATE = "date"

    def __str__(self) -> str:
        """Return the name used in messages."""
        return self.value


BOOL: Final = Scalar.BOOL
INT: Final = Scalar.INT
"""Whole numbers of 64 bits. Money is an ``int``, in fen (分) or yuan (元) as the data element says."""
DOUBLE: Final = Scalar.DOUBLE
STRING: Final = Scalar.STRING
DATE: Final = Scalar.DATE


class Group(msgspec.Struct, frozen=True):
    """One row of a repeat: its fields by name, relative to the row. A field's name may be dotted."""

    fields: Mapping[str, Type]

    def __str__(self) -> str:
        """Return the name used in messages."""
        return "group"


class ListOf(msgspec.Struct, frozen=True):
    """A list of values of one type: ``ListOf(STRING)`` for a choice of several, ``ListOf(Group(…))`` for a repeat."""

    element: Scalar | Group

    def __str__(self) -> str:
        """Return the name used in messages."""
        return f"list<{self.element}>"


Type: TypeAlias = Scalar | ListOf | Group
"""The type of a name or of a part of a condition."""
Types: TypeAlias = Mapping[str, Type]
"""The declared names. Keys are flat and dotted: ``{"person.birth_date": DATE, "children": ListOf(Group({…}))}``."""
Value: TypeAlias = bool | int | float | str | date
"""What a condition evaluates to."""
Answers: TypeAlias = Mapping[str, object]
"""Answers by flat dotted name. A repeat is a sequence of mappings whose keys are relative to the row.

A name that is absent, ``None``, ``UNKNOWN`` or not a value of its declared type is unanswered.
"""

Admission: TypeAlias = Callable[[object], Any]
"""Returns the value, or ``UNKNOWN`` when it is none of the type."""


def _bool(value: object) -> bool | Unknown:
    return value if type(value) is bool else UNKNOWN


def _int(value: object) -> int | Unknown:
    return value if type(value) is int and INT_MIN <= value <= INT_MAX else UNKNOWN


def _double(value: object) -> float | Unknown:
    if type(value) is float and math.isfinite(value):
        return value
    # JSON writes 60.0 as 60: reading a whole number as the declared double loses nothing
    if type(value) is int and -_EXACT_DOUBLE <= value <= _EXACT_DOUBLE:
        return float(value)
    return UNKNOWN


def _string(value: object) -> str | Unknown:
    return value if type(value) is str else UNKNOWN


def _date(value: object) -> date | Unknown:
    # a datetime is a date to isinstance, and does not compare with one
    return value if type(value) is date else UNKNOWN


def _group(value: object) -> Mapping[str, object] | Unknown:
    return value if isinstance(value, Mapping) else UNKNOWN


_SCALARS: Final[Mapping[Scalar, Admission]] = {BOOL: _bool, INT: _int, DOUBLE: _double, STRING: _string, DATE: _date}


def admission(kind: Type) -> Admission:
    """Return the function that admits values of ``kind`` and turns everything else into ``UNKNOWN``."""
    if isinstance(kind, Scalar):
        return _SCALARS[kind]
    if isinstance(kind, Group):
        return _group
    admit = admission(kind.element)

    def _list(value: object) -> Sequence[Any] | Unknown:
        if type(value) is not tuple and type(value) is not list:
            return UNKNOWN
        elements = tuple(admit(element) for element in value)
        return UNKNOWN if UNKNOWN in elements else elements

    return _list
