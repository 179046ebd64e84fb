"""What the operators and functions compute, once their operands are known.

An operation that has no result returns ``UNKNOWN``: division by zero, a whole number beyond 64 bits, a double that is
not finite, the age of someone not yet born. CEL calls these errors; here they refer to a person like any other unknown.
"""

from __future__ import annotations

import calendar
import math
import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from kiosk.forms.conditions.values import (
    BOOL,
    DATE,
    DOUBLE,
    INT,
    INT_MAX,
    INT_MIN,
    STRING,
    UNKNOWN,
    ListOf,
    Scalar,
    Type,
    Unknown,
)

Operation = Callable[..., Any]
"""Takes known values of the declared types; returns a value or ``UNKNOWN``."""

_ORDERED: Final = (INT, DOUBLE, STRING, DATE)
COMPARISONS: Final[Mapping[str, tuple[tuple[Scalar, ...], Operation]]] = {
    "==": (tuple(Scalar), operator.eq),
    "!=": (tuple(Scalar), operator.ne),
    "<": (_ORDERED, operator.lt),
    "<=": (_ORDERED, operator.le),
    ">": (_ORDERED, operator.gt),
    ">=": (_ORDERED, operator.ge),
}
"""Per operator, the types it compares (both sides of one type) and what it does."""


def _whole(number: int) -> int | Unknown:
    return number if INT_MIN <= number <= INT_MAX else UNKNOWN


def _finite(number: float) -> float | Unknown:
    return number if math.isfinite(number) else UNKNOWN


def _divide(a: int, b: int) -> int | Unknown:
    """Divide towards zero as CEL does; Python's ``//`` goes down."""
    if b == 0:
        return UNKNOWN
    quotient = abs(a) // abs(b)
    return _whole(quotient if (a < 0) == (b < 0) else -quotient)


def _remainder(a: int, b: int) -> int | Unknown:
    """Return the rest of :func:`_divide`, which has the sign of ``a``."""
    quotient = _divide(a, b)
    return UNKNOWN if quotient is UNKNOWN else a - b * quotient


ARITHMETIC: Final[Mapping[tuple[str, Scalar], Operation]] = {
    ("+", INT): lambda a, b: _whole(a + b),
    ("-", INT): lambda a, b: _whole(a - b),
    ("*", INT): lambda a, b: _whole(a * b),
    ("/", INT): _divide,
    ("%", INT): _remainder,
    ("+", DOUBLE): lambda a, b: _finite(a + b),
    ("-", DOUBLE): lambda a, b: _finite(a - b),
    ("*", DOUBLE): lambda a, b: _finite(a * b),
    ("/", DOUBLE): lambda a, b: _finite(a / b) if b else UNKNOWN,
    ("+", STRING): operator.add,
}
"""Per operator and type of both operands, which is also the type of the result."""

SIGNS: Final[Mapping[tuple[str, Scalar], Operation]] = {
    ("!", BOOL): operator.not_,
    ("-", INT): lambda a: _whole(-a),
    ("-", DOUBLE): operator.neg,
}
"""Per sign and type of the operand, which is also the type of the result."""


def contains(element: object, listed: Any) -> bool:
    """Say whether ``element`` is in ``listed``."""
    return element in listed


def months_between(start: date, end: date) -> int:
    """Return the full months from ``start`` to ``end``, negative when ``end`` is earlier.

    A month is full on the day of the same number, or on the last day of a month that has no such day.

    Source: Civil Code (民法典), article 202.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day and end.day < calendar.monthrange(end.year, end.month)[1]:
        months -= 1
    return months


def years_between(start: date, end: date) -> int:
    """Return the full years from ``start`` to ``end``, negative when ``end`` is earlier."""
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def days_between(start: date, end: date) -> int:
    """Return the days from ``start`` to ``end``, negative when ``end`` is earlier."""
    return end.toordinal() - start.toordinal()


def age(today: date, birth_date: date) -> int | Unknown:
    """Return the full years (周岁) of someone born on ``birth_date``; unknown before birth."""
    return UNKNOWN if birth_date > today else years_between(birth_date, today)


def _to_double(number: int) -> float:
    return float(number)


def _to_int(number: float) -> int | Unknown:
    """Drop the fraction. Both ends of the range are out of it, as in CEL: a double cannot tell them from beyond."""
    return int(number) if INT_MIN < number < -INT_MIN else UNKNOWN


class Signature:
    """A function's parameter types, result and operation."""

    __slots__ = ("operation", "parameters", "result")

    def __init__(self, parameters: tuple[Scalar, ...], result: Type, operation: Operation) -> None:
        """Describe a function of ``parameters``."""
        self.parameters = parameters
        self.result = result
        self.operation = operation


FUNCTIONS: Final[Mapping[str, Signature]] = {
    "double": Signature((INT,), DOUBLE, _to_double),
    "int": Signature((DOUBLE,), INT, _to_int),
    "years_between": Signature((DATE, DATE), INT, years_between),
    "months_between": Signature((DATE, DATE), INT, months_between),
    "days_between": Signature((DATE, DATE), INT, days_between),
}
"""Functions of known values alone. ``size`` takes two types, ``age`` and ``today`` need the day: see the checker."""

METHODS: Final[Mapping[str, Signature]] = {
    "startsWith": Signature((STRING, STRING), BOOL, str.startswith),
    "endsWith": Signature((STRING, STRING), BOOL, str.endswith),
    "contains": Signature((STRING, STRING), BOOL, str.__contains__),
}
"""Methods; the first parameter is the target."""


def has_size(kind: Type) -> bool:
    """Say whether ``size`` applies to ``kind``."""
    return kind is STRING or isinstance(kind, ListOf)
