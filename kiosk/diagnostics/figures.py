"""A few robust figures over rows of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` (0 to 1) of ``values`` do not exceed (nearest rank).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("a percentile of nothing")
    ordered = sorted(values)
    rank = -int(-share * len(ordered) // 1)  # rounded up
    return ordered[min(len(ordered), max(1, rank)) - 1]


def scatter(values: Sequence[float]) -> float:
    """Return 1.4826 times the median distance from the median: the standard deviation, where values are normal.

    Source: P. J. Rousseeuw, C. Croux, Alternatives to the median absolute deviation, JASA 88 (1993).

    Raises:
        statistics.StatisticsError: there are no values.
    """
    middle = median(values)
    return 1.4826 * median(abs(value - middle) for value in values)
