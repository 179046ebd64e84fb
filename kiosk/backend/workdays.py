"""Working days (工作日): what a department's deadline is counted in.

The State Council announces every year which days are free and which weekends are worked (调休). A year that is not
announced yet has its weekends and statutory holidays off, and no worked weekend: a date counted through it is
provisional and says so.

Source: 全国年节及纪念日放假办法 (2024); the yearly notices, as kept by the library ``holidays``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import msgspec
from holidays import country_holidays

_SATURDAY = 5
_AHEAD_YEARS = 30
"""Of the last announced year: no deadline reaches further."""


class Deadline(msgspec.Struct, frozen=True, kw_only=True):
    """A day counted in working days."""

    on: date
    provisional: bool
    """Part of the way lies in a year whose worked weekends are not announced yet."""


class Workdays:
    """The working days of mainland China."""

    def __init__(self) -> None:
        self._announced = frozenset(country_holidays("CN").special_public_holidays)
        # at once: asked for a year it has not looked at, the library knows no worked weekend of it, nor does it tell
        # one thread to wait while another looks
        years = range(min(self._announced), max(self._announced) + _AHEAD_YEARS)
        self._holidays = country_holidays("CN", years=years)

    def is_working(self, day: date) -> bool:
        """Return whether departments work on ``day``."""
        if day.year in self._announced and day in self._holidays.weekend_workdays:
            return True
        return day.weekday() < _SATURDAY and day not in self._holidays

    def announced(self, year: int) -> bool:
        """Return whether the calendar of ``year`` is known, with its worked weekends."""
        return year in self._announced

    def after(self, day: date, count: int) -> Deadline:
        """Return the ``count``-th working day after ``day`` (民法典 第二百零一条: the first day does not count)."""
        provisional = False
        on = day
        left = count
        while left > 0:
            on += timedelta(days=1)
            provisional = provisional or not self.announced(on.year)
            left -= self.is_working(on)
        return Deadline(on=on, provisional=provisional)


@cache
def workdays() -> Workdays:
    """Return the calendar, made once: it takes some milliseconds."""
    return Workdays()
