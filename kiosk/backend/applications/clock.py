"""The clock of a case: the working days that were promised, and what stops it.

Special steps (特殊环节) do not count towards the limit (行政许可法 第四十五条), nor does the time in which a case waits
for what its applicant was asked for (补正). The days announced for steps are in the day from the beginning, so that
nobody is promised what cannot be kept; when a step ends, the days it really took are put in their place.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from kiosk.backend.workdays import Deadline, workdays

WAITING = "waiting"
"""What stops the clock while the applicant supplements; anything else is a special step."""


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """The clock stood still."""

    what: str
    from_on: date
    to_on: date | None = None
    """None: it still does."""


class CaseClock(msgspec.Struct, frozen=True, kw_only=True):
    """When a case began, how long it may take, and when that did not count."""

    start: date
    days: int
    """Working days promised."""
    planned: Mapping[str, int] = msgspec.field(default_factory=dict)
    """Days announced for special steps that have not ended yet."""
    stops: tuple[Stop, ...] = ()
    extended: int = 0
    """Working days by which it was prolonged (行政许可法 第四十二条)."""

    @property
    def stopped(self) -> str:
        """What stops the clock now; empty: it runs."""
        return next((stop.what for stop in self.stops if stop.to_on is None), "")

    def stop(self, what: str, on: date) -> CaseClock:
        """Return the clock stopped; a stopped one as it is."""
        if self.stopped:
            return self
        return msgspec.structs.replace(self, stops=(*self.stops, Stop(what=what, from_on=on)))

    def go_on(self, on: date) -> CaseClock:
        """Return the clock running again; days announced for the step are replaced by those it took."""
        planned = {step: days for step, days in self.planned.items() if step != self.stopped}
        stops = tuple(
            stop if stop.to_on is not None else msgspec.structs.replace(stop, to_on=max(on, stop.from_on))
            for stop in self.stops
        )
        return msgspec.structs.replace(self, planned=planned, stops=stops)

    def due(self, today: date) -> Deadline:
        """Return the day by which the case is to be decided, as it looks ``today``."""
        days = self.days + self.extended + sum(self.planned.values())
        for stop in self.stops:
            took = working_days_between(stop.from_on, stop.to_on or max(today, stop.from_on))
            days += took if stop.to_on is not None else max(0, took - self.planned.get(stop.what, 0))
        return workdays().after(self.start, days)


def working_days_between(first: date, last: date) -> int:
    """Return the working days after ``first`` up to and with ``last``."""
    return sum(workdays().is_working(first + timedelta(days=ahead)) for ahead in range(1, (last - first).days + 1))
