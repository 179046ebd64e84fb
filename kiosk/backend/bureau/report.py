"""The bureau's report over a period: sums of whole months and of the days at its ends.

A year of a city is twelve months and no days. What is few is not told: numbers under ten of a theme or a terminal are
named as such, and small rows are put together, with the next larger one when their sum alone would still be small.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from kiosk.backend.bureau.counting import BUCKETS, LONGER
from kiosk.backend.bureau.counts import ALL, DAY, MONTH, TERMINAL, THEME
from kiosk.backend.storage import schema

FEW: Final = 10
"""Fewer than this are not told of a part."""
ROWS: Final = 100
"""Terminals that are listed, those with the most first."""
DAYS_MOST: Final = 92
"""A longer period is drawn by months."""
_SUMMED: Final = ("filed", "cases", "at-once", "saved-for", "saved-questions", "saved-materials", "left", "rating")


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """From a day to a day, both within."""

    first: date
    last: date

    def parts(self) -> tuple[tuple[str, date, date], ...]:
        """Return grain, first and last start of what it is put together of: whole months, days at the ends."""
        begin = self.first if self.first.day == 1 else _next_month(self.first)
        end = _next_month(self.last) if (self.last + timedelta(days=1)).day == 1 else self.last.replace(day=1)
        if begin >= end:
            return ((DAY, self.first, self.last),)
        parts = [(MONTH, begin, end - timedelta(days=1))]
        if self.first < begin:
            parts.append((DAY, self.first, begin - timedelta(days=1)))
        if end <= self.last:
            parts.append((DAY, end, self.last))
        return tuple(parts)


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A theme or a terminal in the table; what is few is None."""

    subject: str
    """Empty: several small ones together."""
    filed: int | None
    at_once: float | None = None
    """Share of its cases."""
    left: int | None = None
    questions: int | None = None
    """Spared, an application."""
    materials: int | None = None


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """How many came to a page, and ended there."""

    page: str
    reached: int | None
    left: int | None

    @property
    def share(self) -> float | None:
        """How many of those who came ended there; None: too few to tell."""
        return None if not self.reached or self.left is None else self.left / self.reached


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the bureau reads."""

    period: Period
    theme: str
    terminal: str
    filed: int | None
    cases: int | None
    at_once: float | None
    """Share of the cases that were decided at once."""
    questions: int | None
    """Spared in all."""
    materials: int | None
    ratings: Mapping[int, int | None]
    outcomes: Mapping[str, int | None]
    took: tuple[tuple[str, int | None], ...]
    """Time to the outcome."""
    hours: tuple[int, ...]
    """Applications by the hour of the day; empty of a part."""
    over_time: tuple[tuple[date, int | None], ...]
    """Applications by day, or by month."""
    by_month: bool
    pages: tuple[Page, ...]
    """Those where the most ended first; empty of a terminal."""
    themes: tuple[Part, ...]
    terminals: tuple[Part, ...]

    @property
    def good(self) -> float | None:
        """Share of the two best levels among all ratings; None: too few to tell."""
        told = [many for many in self.ratings.values() if many is not None]
        if not told or sum(told) < FEW:
            return None
        return sum(self.ratings.get(level) or 0 for level in (4, 5)) / sum(told)


def report(connection: Connection, period: Period, *, theme: str = "", terminal: str = "") -> Report:
    """Return the report of everything, of a theme, or of a terminal."""
    scope, subject = (THEME, theme) if theme else (TERMINAL, terminal) if terminal else (ALL, "")
    part = scope != ALL
    sums = _sums(connection, period, scope, subject)
    total = {kind: sum(details.values()) for kind, details in sums.items()}
    by_month = (period.last - period.first).days >= DAYS_MOST
    detailed = scope != TERMINAL
    ratings = {level: _told(sums["rating"].get(str(level), 0), part) for level in range(5, 0, -1)}
    outcomes = {state: _told(many, part) for state, many in sorted(sums["outcome"].items())}
    took = tuple((name, _told(sums["took"].get(name, 0), part)) for name in _BUCKETS)
    return Report(
        period=period,
        theme=theme,
        terminal=terminal,
        filed=_told(total.get("filed", 0), part),
        cases=_told(total.get("cases", 0), part),
        at_once=_share(total.get("at-once", 0), total.get("cases", 0)),
        questions=_spared(total, "saved-questions", part),
        materials=_spared(total, "saved-materials", part),
        ratings=ratings if detailed else {},
        outcomes=outcomes if detailed else {},
        took=took if detailed else (),
        hours=tuple(sums["hour"].get(f"{hour:02d}", 0) for hour in range(24)) if not part else (),
        over_time=_over_time(connection, period, scope, subject, by_month=by_month),
        by_month=by_month,
        pages=_pages(sums, part) if detailed else (),
        themes=_parts(connection, period, THEME) if not part else (),
        terminals=_parts(connection, period, TERMINAL)[:ROWS] if not part else (),
    )


_BUCKETS: Final = (*(name for name, _ in BUCKETS), LONGER)


def _sums(connection: Connection, period: Period, scope: str, subject: str) -> dict[str, dict[str, int]]:
    """Return the sum of each detail of each kind."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    table = schema.bureau_count
    for where in _within(period, scope, _KINDS):
        statement = (
            select(table.c.kind, table.c.detail, func.sum(table.c.value).label("many"))
            .where(where, table.c.subject == subject)
            .group_by(table.c.kind, table.c.detail)
        )
        for row in connection.execute(statement):
            sums[row.kind][row.detail] += int(row.many)
    return sums


_KINDS: Final = (*_SUMMED, "reached", "outcome", "took", "hour")


def _over_time(
    connection: Connection, period: Period, scope: str, subject: str, *, by_month: bool
) -> tuple[tuple[date, int | None], ...]:
    table = schema.bureau_count
    starts = _starts(period, by_month=by_month)
    statement = (
        select(table.c.starts_on, func.sum(table.c.value).label("many"))
        .where(
            table.c.kind == "filed",
            table.c.grain == (MONTH if by_month else DAY),
            table.c.scope == scope,
            table.c.starts_on.between(starts[0], starts[-1]),
            table.c.subject == subject,
        )
        .group_by(table.c.starts_on)
    )
    found = {row.starts_on: int(row.many) for row in connection.execute(statement)}
    return tuple((start, _told(found.get(start, 0), scope != ALL)) for start in starts)


def _starts(period: Period, *, by_month: bool) -> list[date]:
    if not by_month:
        return [period.first + timedelta(days=at) for at in range((period.last - period.first).days + 1)]
    starts = [period.first.replace(day=1)]
    while (following := _next_month(starts[-1])) <= period.last:
        starts.append(following)
    return starts


def _pages(sums: Mapping[str, Mapping[str, int]], part: bool) -> tuple[Page, ...]:
    reached, left = sums.get("reached", {}), sums.get("left", {})
    pages = [
        Page(page=page, reached=_told(reached.get(page, 0), part), left=_told(left.get(page, 0), part))
        for page in sorted({*reached, *left}, key=lambda page: (-left.get(page, 0), page))
    ]
    return tuple(pages)


def _parts(connection: Connection, period: Period, scope: str) -> tuple[Part, ...]:
    """Return every theme or terminal, the largest first, small ones together."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    table = schema.bureau_count
    for where in _within(period, scope, _SUMMED):
        statement = (
            select(table.c.subject, table.c.kind, func.sum(table.c.value).label("many"))
            .where(where)
            .group_by(table.c.subject, table.c.kind)
        )
        for row in connection.execute(statement):
            found[row.subject][row.kind] += int(row.many)
    ordered = sorted(found.items(), key=lambda each: (-each[1].get("filed", 0), each[0]))
    told, small = split_small([(subject, sums.get("filed", 0)) for subject, sums in ordered])
    parts = [_part(subject, found[subject]) for subject in told]
    if small:
        together: dict[str, int] = defaultdict(int)
        for subject in small:
            for kind, many in found[subject].items():
                together[kind] += many
        if together["filed"]:
            parts.append(_part("", together))
    return tuple(parts)


def split_small(parts: Sequence[tuple[str, int]]) -> tuple[list[str], list[str]]:
    """Return which parts may be told by themselves, and which only together; the largest comes first.

    What is left over must not be few either, or the sum of all less what is told would tell it.
    """
    told = [subject for subject, many in parts if many >= FEW]
    small = [subject for subject, many in parts if many < FEW]
    sizes = dict(parts)
    while told and 0 < sum(sizes[subject] for subject in small) < FEW:
        small.insert(0, told.pop())
    return told, small


def _part(subject: str, sums: Mapping[str, int]) -> Part:
    filed, cases, saved_for = sums.get("filed", 0), sums.get("cases", 0), sums.get("saved-for", 0)
    enough = saved_for >= FEW
    return Part(
        subject=subject,
        filed=_told(filed, True),
        at_once=_share(sums.get("at-once", 0), cases),
        left=_told(sums.get("left", 0), True),
        questions=round(sums.get("saved-questions", 0) / saved_for) if enough else None,
        materials=round(sums.get("saved-materials", 0) / saved_for) if enough else None,
    )


def _told(many: int, part: bool) -> int | None:
    """Return a number, or None where it is a few of a part."""
    return None if part and 0 < many < FEW else many


def _share(some: int, of_all: int) -> float | None:
    return None if of_all < FEW else some / of_all


def _spared(total: Mapping[str, int], kind: str, part: bool) -> int | None:
    return None if part and 0 < total.get("saved-for", 0) < FEW else total.get(kind, 0)


def _within(period: Period, scope: str, kinds: Sequence[str]) -> Iterator[ColumnElement[bool]]:
    """Yield a condition for each part of a period; each is read by the key alone, which one of all would not be."""
    table = schema.bureau_count.c
    for grain, first, last in period.parts():
        yield and_(
            table.kind.in_(kinds), table.grain == grain, table.scope == scope, table.starts_on.between(first, last)
        )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
