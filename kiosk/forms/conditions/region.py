"""Sets of values, exact enough to say whether two table rows overlap and what no row covers.

Values that have an order (int, double, date) make :class:`Spans`; those that are only equal or not (string, bool) make
:class:`Choices`. Both are closed under union, intersection and complement, and equal sets compare equal.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeAlias

import msgspec

from kiosk.forms.conditions.tree import literal_text
from kiosk.forms.conditions.values import BOOL, DATE, DOUBLE, INT, INT_MAX, INT_MIN, Scalar, Value

Cut: TypeAlias = tuple[float, bool]
"""A place between values: just before a value, or with ``True`` just after it. Dates stand as their ordinal."""

_SMALLEST: Final[dict[Scalar, Cut]] = {
    INT: (INT_MIN, False),
    DATE: (date.min.toordinal(), False),
    DOUBLE: (-math.inf, True),
}
_LARGEST: Final[dict[Scalar, Cut]] = {
    INT: (INT_MAX + 1, False),
    DATE: (date.max.toordinal() + 1, False),
    DOUBLE: (math.inf, False),
}


class Spans(msgspec.Struct, frozen=True):
    """A set of ordered values, as the cuts where it begins and ends: begin, end, begin, end, rising."""

    kind: Scalar
    cuts: tuple[Cut, ...]

    @property
    def is_empty(self) -> bool:
        """Whether it holds no value."""
        return not self.cuts

    @property
    def is_full(self) -> bool:
        """Whether it holds every value of its type."""
        return self.cuts == (_SMALLEST[self.kind], _LARGEST[self.kind])

    def __contains__(self, value: Value) -> bool:
        """Say whether ``value``, of this type, is in the set."""
        # a value stands after the cut before it and before the cut after it
        return bisect.bisect_right(self.cuts, (_key(value), False)) % 2 == 1

    def union(self, other: Region) -> Spans:
        """Return what is in either."""
        return self._fold(other, lambda here, there: here or there)

    def intersection(self, other: Region) -> Spans:
        """Return what is in both."""
        return self._fold(other, lambda here, there: here and there)

    def complement(self) -> Spans:
        """Return every other value of the type."""
        return self._fold(everything(self.kind), lambda here, there: there and not here)

    def _fold(self, other: Region, keeps: Callable[[bool, bool], bool]) -> Spans:
        """Walk the cuts of both sets from left to right and keep the stretches that ``keeps`` wants."""
        if not isinstance(other, Spans) or other.kind is not self.kind:
            raise TypeError(other)
        kept: list[Cut] = []
        for cut in sorted({*self.cuts, *other.cuts}):
            here = bisect.bisect_right(self.cuts, cut) % 2 == 1
            there = bisect.bisect_right(other.cuts, cut) % 2 == 1
            if keeps(here, there) != (len(kept) % 2 == 1):
                kept.append(cut)
        return Spans(self.kind, tuple(kept))

    def example(self) -> Value | None:
        """Return one value of the set, for a message or a test; ``None`` when it is empty."""
        if not self.cuts:
            return None
        low, high = self.cuts[0], self.cuts[1]
        if self.kind is DATE:
            return date.fromordinal(int(low[0]))
        if self.kind is INT:
            return 0 if 0 in self else int(low[0])
        if 0.0 in self:
            return 0.0
        inside = (low[0], high[0], math.nextafter(low[0], math.inf), low[0] / 2 + high[0] / 2)
        return next((value for value in inside if value in self), None)

    def __str__(self) -> str:
        """Return the set as a unary test."""
        if self.is_full:
            return "-"
        pairs = zip(self.cuts[::2], self.cuts[1::2], strict=True)
        return ", ".join(self._span_text(low, high) for low, high in pairs) or "not(-)"

    def _span_text(self, low: Cut, high: Cut) -> str:
        first, last = self._end_text(low, below=True), self._end_text(high, below=False)
        if low == _SMALLEST[self.kind]:
            return f"{'<=' if self._closed(high) else '<'} {last}"
        if high == _LARGEST[self.kind]:
            return f"{'>' if low[1] else '>='} {first}"
        if first == last:
            return first
        return f"{'(' if low[1] else '['}{first}..{last}{']' if self._closed(high) else ')'}"

    def _closed(self, high: Cut) -> bool:
        return high[1] or self.kind is not DOUBLE

    def _end_text(self, cut: Cut, *, below: bool) -> str:
        """Return the value at ``cut``; whole numbers and days are shown with both ends inside."""
        if self.kind is DOUBLE:
            return repr(cut[0])
        whole = int(cut[0]) - (0 if below else 1)
        if self.kind is INT:
            return str(whole)
        inside = date.min.toordinal() <= whole <= date.max.toordinal()
        return literal_text(date.fromordinal(whole), DATE) if inside else ""


class Choices(msgspec.Struct, frozen=True):
    """A set of strings or bools: the ``values``, or with ``others`` everything but them."""

    kind: Scalar
    values: frozenset[Value]
    others: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it holds no value."""
        return not self.others and not self.values

    @property
    def is_full(self) -> bool:
        """Whether it holds every value of its type. There is always one more string."""
        return self.others and not self.values

    def __contains__(self, value: Value) -> bool:
        """Say whether ``value``, of this type, is in the set."""
        return (value in self.values) is not self.others

    def union(self, other: Region) -> Choices:
        """Return what is in either."""
        return self.complement().intersection(other.complement()).complement()

    def intersection(self, other: Region) -> Choices:
        """Return what is in both."""
        if not isinstance(other, Choices) or other.kind is not self.kind:
            raise TypeError(other)
        if self.others and other.others:
            return _choices(self.kind, self.values | other.values, others=True)
        if self.others:
            return _choices(self.kind, other.values - self.values)
        return _choices(self.kind, self.values - other.values if other.others else self.values & other.values)

    def complement(self) -> Choices:
        """Return every other value of the type."""
        return _choices(self.kind, self.values, others=not self.others)

    def example(self) -> Value | None:
        """Return one value of the set, for a message or a test; ``None`` when it is empty."""
        if not self.others:
            return min(self.values, key=str, default=None)
        return next(text for text in ("x" * length for length in range(len(self.values) + 1)) if text in self)

    def __str__(self) -> str:
        """Return the set as a unary test."""
        listed = ", ".join(literal_text(value, self.kind) for value in sorted(self.values, key=str))
        if self.others:
            return f"not({listed})" if listed else "-"
        return listed or "not(-)"


Region: TypeAlias = Spans | Choices
"""A set of values of one type."""

_BOTH: Final = frozenset({False, True})


def _choices(kind: Scalar, values: Iterable[Value], *, others: bool = False) -> Choices:
    """Return the set in its one form: both bools are all bools, and a bool's others are the other bool."""
    held = frozenset(values)
    if kind is BOOL:
        held = _BOTH - held if others else held
        return Choices(kind, frozenset(), others=True) if held == _BOTH else Choices(kind, held)
    return Choices(kind, held, others)


def _key(value: Value) -> float:
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, str):
        raise TypeError(value)
    return value


def everything(kind: Scalar) -> Region:
    """Return all values of ``kind``."""
    if kind in _SMALLEST:
        return Spans(kind, (_SMALLEST[kind], _LARGEST[kind]))
    return _choices(kind, (), others=True)


def only(kind: Scalar, values: Iterable[Value]) -> Region:
    """Return exactly ``values``; of an enumerated string, for instance, its codes."""
    if kind not in _SMALLEST:
        return _choices(kind, values)
    region = Spans(kind, ())
    for value in values:
        region = region.union(span(kind, value, value))
    return region


def span(
    kind: Scalar, low: Value | None, high: Value | None, *, low_open: bool = False, high_open: bool = False
) -> Spans:
    """Return the values from ``low`` to ``high``, without an open end itself; ``None`` is no bound on that side."""
    begin = _SMALLEST[kind] if low is None else _cut(kind, low, after=low_open)
    end = _LARGEST[kind] if high is None else _cut(kind, high, after=not high_open)
    return Spans(kind, (begin, end) if begin < end else ())


def _cut(kind: Scalar, value: Value, *, after: bool) -> Cut:
    """Return the cut at ``value``. Just after a whole number is just before the next, so that equal sets are equal."""
    if kind is DOUBLE:
        return (_key(value), after)
    return (_key(value) + after, False)
