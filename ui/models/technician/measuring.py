"""How measures are read: figures, limits, and where a value lies between them. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from kiosk.diagnostics.model import Measure, Verdict
from kiosk.diagnostics.words import Words
from ui.models.technician.part import OF_VERDICT, capital

YES_OR_NO: Final = frozenset(
    {
        "idreader.well",
        "printer.cover",
        "printer.cutter",
        "loop.match",
        "disk.writable",
        "disk.well",
        "system.synchronised",
        "power.line",
        "power.battery",
    }
)
"""Measures that are 1 or 0: there is no bar to draw."""
_LARGE: Final = 1000
_BEYOND: Final = 1.25
"""How far a bar goes beyond the limit, so that there is room to miss it."""


def figure(value: float) -> str:
    """Return a value with the digits that say something; a dash for what is no number."""
    if not math.isfinite(value):
        return "—"
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.4g}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A bar, its zones and the value on it, as shares of its length."""

    shown: bool = False
    pass_from: float = 0.0
    pass_to: float = 1.0
    good_from: float = 0.0
    good_to: float = 1.0
    marker: float = 0.0


def scale(measure: Measure) -> Scale:
    """Return where the value of a measure lies among its limits; not shown where it has none."""
    limits = [
        limit
        for limit in (measure.at_least, measure.at_most, measure.warn_at_least, measure.warn_at_most)
        if limit is not None
    ]
    if not limits or measure.name in YES_OR_NO:
        return Scale()
    value = measure.value if math.isfinite(measure.value) else None
    known = limits if value is None else [*limits, value]
    low = min(0.0, *known)
    high = max(*known, _BEYOND * max(limits), low + 1e-9)
    if value is not None and value > _BEYOND * max(limits):
        high = low + 1.05 * (high - low)

    def share(at: float) -> float:
        return max(0.0, min(1.0, (at - low) / (high - low)))

    passed = (_or(measure.at_least, low), _or(measure.at_most, high))
    good = (
        max(passed[0], _or(measure.warn_at_least, low)),
        min(passed[1], _or(measure.warn_at_most, high)),
    )
    return Scale(
        shown=True,
        pass_from=share(passed[0]),
        pass_to=share(passed[1]),
        good_from=share(good[0]),
        good_to=share(good[1]),
        marker=1.0 if value is None else share(value),
    )


def _or(limit: float | None, otherwise: float) -> float:
    return otherwise if limit is None else limit


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureRow:
    """One measure of a result."""

    name: str
    title: str
    value: str
    unit: str
    tone: str
    verdict: str
    """In words."""
    limits: str
    basis: str
    bar: bool
    pass_from: float
    pass_to: float
    good_from: float
    good_to: float
    marker: float
    chosen: bool
    """Its past is plotted."""
    plotted: bool
    """It has a past."""


def row(measure: Measure, words: Words, *, yes: str, no: str, chosen: bool, plotted: bool) -> MeasureRow:
    """Return a measure as a row.

    Args:
        measure: What was measured.
        words: To say it in.
        yes: For 1, of what is only there or not.
        no: For 0.
        chosen: Whether its past is plotted now.
        plotted: Whether it has a past.
    """
    found = scale(measure)
    said = (yes if measure.value else no) if measure.name in YES_OR_NO else figure(measure.value)
    return MeasureRow(
        name=measure.name,
        title=capital(words.measure(measure.name)),
        value=said,
        unit=words.unit(measure.unit) if math.isfinite(measure.value) else "",
        tone=OF_VERDICT[measure.verdict],
        verdict=words.label(measure.verdict.value),
        limits="" if measure.name in YES_OR_NO else limits(measure, words),
        basis=words.basis(measure),
        bar=found.shown,
        pass_from=found.pass_from,
        pass_to=found.pass_to,
        good_from=found.good_from,
        good_to=found.good_to,
        marker=found.marker,
        chosen=chosen,
        plotted=plotted,
    )


def limits(measure: Measure, words: Words) -> str:
    """Return the limits of a measure in words."""
    named = (
        ("not-below", measure.at_least),
        ("not-above", measure.at_most),
        ("better-above", measure.warn_at_least),
        ("better-below", measure.warn_at_most),
    )
    return " · ".join(
        f"{words.label(name)} {figure(limit)} {words.unit(measure.unit)}".rstrip()
        for name, limit in named
        if limit is not None
    )


def headline(measures: tuple[Measure, ...], words: Words) -> str:
    """Return the measure that decided, for a line of a list; empty without measures."""
    worst = sorted(measures, key=lambda each: _ORDER[each.verdict])
    if not worst:
        return ""
    first = worst[0]
    if first.name in YES_OR_NO:
        return words.measure(first.name)
    return f"{words.measure(first.name)} {figure(first.value)} {words.unit(first.unit)}".rstrip()


_ORDER: Final = {Verdict.FAIL: 0, Verdict.WARN: 1, Verdict.PASS: 2, Verdict.SKIPPED: 3}
