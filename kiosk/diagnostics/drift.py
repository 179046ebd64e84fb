"""Whether a measure drifts away from this machine's own past: pure, robust, and as points for a plot.

The first results of a device are its past; what comes after is compared with their median, in units of their scatter.
A single bad result is no drift: the sums of CUSUM grow only when results stay on one side.

Source: E. S. Page, Continuous inspection schemes, Biometrika 41 (1954); NIST/SEMATECH e-Handbook of Statistical
Methods, 6.3.2.3 (k = 0.5, h = 4 to 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import Final

import msgspec

from kiosk.diagnostics.figures import scatter

BASELINE: Final = 20
"""Results at the beginning that are the past."""
LEAST: Final = 8
"""With fewer nothing is said."""
_SLACK: Final = 0.5
_ALARM: Final = 5.0
_BAND: Final = 4.0
"""Scatters from the median to the edge of the band."""
_LEAST_SCATTER: Final = 0.02
"""Of the median: a measure that never changed has no scatter, and the first small change would be infinitely far."""
_FARTHEST: Final = 4.0
"""Scatters that one result adds at most: one outlier alone raises no alarm."""


class Direction(StrEnum):
    """Where a measure went."""

    STEADY = "steady"
    UP = "up"
    DOWN = "down"
    UNKNOWN = "unknown"
    """Too few results."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One result in a plot."""

    at: datetime
    value: float
    outside: bool
    """Of the band."""


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """How a measure went."""

    points: tuple[Point, ...]
    """Oldest first."""
    middle: float = 0.0
    low: float = 0.0
    high: float = 0.0
    """The band in which this machine's own past lies; all 0 without points."""
    direction: Direction = Direction.UNKNOWN
    since: datetime | None = None
    """When it began to drift."""


def drift(values: Sequence[tuple[datetime, float]]) -> Drift:
    """Return how a measure went.

    Args:
        values: Finite, oldest first.
    """
    if not values:
        return Drift(points=())
    past = [value for _, value in values[:BASELINE]]
    middle = median(past)
    spread = max(scatter(past), _LEAST_SCATTER * abs(middle), 1e-9)
    low, high = middle - _BAND * spread, middle + _BAND * spread
    points = tuple(Point(at=at, value=value, outside=not low <= value <= high) for at, value in values)
    if len(values) < LEAST:
        return Drift(points=points, middle=middle, low=low, high=high)
    direction, since = _summed(values, middle, spread)
    return Drift(points=points, middle=middle, low=low, high=high, direction=direction, since=since)


def _summed(
    values: Sequence[tuple[datetime, float]], middle: float, spread: float
) -> tuple[Direction, datetime | None]:
    """Return where the values go now, and since when; a drift that came back is none."""
    sums = {Direction.UP: 0.0, Direction.DOWN: 0.0}
    began: dict[Direction, datetime | None] = {Direction.UP: None, Direction.DOWN: None}
    for at, value in values:
        off = max(-_FARTHEST, min(_FARTHEST, (value - middle) / spread))
        for direction, signed in ((Direction.UP, off), (Direction.DOWN, -off)):
            # bounded, so that it also comes back within a few good results
            sums[direction] = min(2 * _ALARM, max(0.0, sums[direction] + signed - _SLACK))
            if not sums[direction]:
                began[direction] = None
            elif began[direction] is None:
                began[direction] = at
    for direction in (Direction.UP, Direction.DOWN):
        if sums[direction] > _ALARM:
            return direction, began[direction]
    return Direction.STEADY, None
