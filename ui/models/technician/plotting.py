"""How a measure went on this machine, as a plot: points, the band of its own past, axes, where it began to drift."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.drift import Direction, Drift
from kiosk.diagnostics.visit import Trend
from kiosk.diagnostics.words import Words
from ui.models.rows import Rows
from ui.models.technician.measuring import figure
from ui.models.technician.part import GOOD, NEAR, OFF, capital

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_LINES: Final = 4
"""How many lines across there should be, about."""
_ROOM: Final = 0.08
"""Of the span, above and below what is drawn."""
_EDGE: Final = 0.02
"""Of the width, kept free at both sides: a point is round."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PointRow:
    """One result: shares of the width from the left, of the height from the top."""

    across: float
    down: float
    outside: bool
    newest: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TickRow:
    """A line or mark of an axis, and what it says."""

    at: float
    text: str


def ticks(low: float, high: float) -> Iterator[float]:
    """Yield round values between two others, about as many as an eye takes in."""
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return
    rough = span / _LINES
    power = 10.0 ** math.floor(math.log10(rough))
    wide = next(power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))
    number = math.ceil(low / wide - 1e-9)
    while number * wide <= high + 1e-9 * span:
        yield number * wide if number else 0.0
        number += 1


def days(first: datetime, last: datetime) -> tuple[tuple[datetime, ...], str]:
    """Return up to four moments between two others, ends included, and how they are written."""
    span = last - first
    written = "%m-%d" if span >= timedelta(days=3) else "%m-%d %H:%M" if span >= timedelta(hours=20) else "%H:%M"
    if span >= timedelta(days=400):
        written = "%Y-%m"
    if span <= timedelta(0):
        return (first,), "%m-%d %H:%M"
    return tuple(first + share * span for share in (0.0, 1 / 3, 2 / 3, 1.0)), written


@QmlElement
class PlotModel(QObject):
    """One plot.

    Args:
        zone: Of the terminal.
        parent: Owner.
    """

    changed = Signal()

    def __init__(self, zone: ZoneInfo, parent: QObject) -> None:
        super().__init__(parent)
        self._zone = zone
        self._points = Rows(PointRow, self)
        self._values = Rows(TickRow, self)
        self._times = Rows(TickRow, self)
        self._title = self._unit = self._direction = self._since_text = ""
        self._tone = OFF
        self._top = self._bottom = self._middle = 0.0
        self._since = -1.0

    def show(self, trend: Trend | None, words: Words) -> None:
        """Show how a measure went; None: nothing is known."""
        drift = trend.drift if trend is not None else Drift(points=())
        self._title = "" if trend is None else capital(words.measure(trend.measure))
        self._unit = "" if trend is None else words.unit(trend.unit)
        self._draw(drift)
        self._direction = words.label(f"drift.{drift.direction.value}")
        self._tone = {Direction.STEADY: GOOD, Direction.UNKNOWN: OFF}.get(drift.direction, NEAR)
        self._since_text = "" if drift.since is None else f"{drift.since.astimezone(self._zone):%Y-%m-%d}"
        self.changed.emit()

    def _draw(self, drift: Drift) -> None:
        points = drift.points
        if not points:
            self._points.show([])
            self._values.show([])
            self._times.show([])
            self._since = -1.0
            return
        values = [point.value for point in points]
        low, high = min(*values, drift.low), max(*values, drift.high)
        room = _ROOM * (high - low) or 0.1 * abs(high) or 1.0
        low, high = low - room, high + room
        first, last = points[0].at, points[-1].at
        span_s = max((last - first).total_seconds(), 1e-9)

        def up(value: float) -> float:
            return (high - value) / (high - low)

        def along(at: datetime) -> float:
            share = 0.5 if first == last else (at - first).total_seconds() / span_s
            return _EDGE + (1 - 2 * _EDGE) * share

        self._points.show(
            [
                PointRow(across=along(each.at), down=up(each.value), outside=each.outside, newest=each is points[-1])
                for each in points
            ]
        )
        self._values.show([TickRow(at=up(value), text=figure(round(value, 9))) for value in ticks(low, high)])
        moments, written = days(first, last)
        self._times.show([TickRow(at=along(at), text=at.astimezone(self._zone).strftime(written)) for at in moments])
        self._top, self._bottom, self._middle = up(drift.high), up(drift.low), up(drift.middle)
        self._since = -1.0 if drift.since is None else along(drift.since)

    @property
    def shown(self) -> tuple[PointRow, ...]:
        """What is drawn, oldest first."""
        return self._points.rows()

    @Property(QObject, constant=True)
    def points(self) -> QObject:
        """``PointRow``s."""
        return self._points

    @Property(QObject, constant=True)
    def values(self) -> QObject:
        """``TickRow``s of the upright axis."""
        return self._values

    @Property(QObject, constant=True)
    def times(self) -> QObject:
        """``TickRow``s of the lying axis."""
        return self._times

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self._points.rows()

    @Property(str, notify=changed)
    def title(self) -> str:
        """What was measured."""
        return self._title

    @Property(str, notify=changed)
    def unit(self) -> str:
        """Of the values."""
        return self._unit

    @Property(str, notify=changed)
    def direction(self) -> str:
        """Where it goes, in words."""
        return self._direction

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Of where it goes."""
        return self._tone

    @Property(float, notify=changed)
    def top(self) -> float:
        """Upper edge of the band, as a share of the height."""
        return self._top

    @Property(float, notify=changed)
    def bottom(self) -> float:
        """Lower edge of the band."""
        return self._bottom

    @Property(float, notify=changed)
    def middle(self) -> float:
        """Median of its own past."""
        return self._middle

    @Property(float, notify=changed)
    def since(self) -> float:
        """Where it began to drift, as a share of the width; -1: it does not."""
        return self._since

    @Property(str, notify=changed)
    def sinceText(self) -> str:  # noqa: N802  # as QML writes it
        """The day on which it began to drift."""
        return self._since_text
