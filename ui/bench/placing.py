"""Where on the panel things are, in pixels of the window: what is drawn and what is touched are the same numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from kiosk.diagnostics.bench import Pattern, Spot

MARGIN_MM: Final = 6.0
CLEAR_MM: Final = 3.0
"""Between the words and what is to be touched."""
BUTTON_MM: Final = (46.0, 14.0)
"""Width and height: more than the least of a thing to touch, 12.7 mm."""
STRIP_MM: Final = 20.0
"""Height of the words on a pattern: they hide no middle of a cell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rect:
    """A rectangle."""

    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    def holds(self, x: float, y: float) -> bool:
        """Return whether a place lies in it."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """A straight line with a breadth on either side that nothing may cover; a cross is one without length."""

    x1: float
    y1: float
    x2: float
    y2: float
    radius: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """Where the words and the buttons are."""

    card: Rect
    words: Rect
    stop: Rect
    none: Rect = Rect()
    """"I see none"; empty: nothing is to be found."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """The window.

    Attributes:
        width: In pixels, like the height.
        mm: Pixels to a millimetre.
        ratio: Device pixels to a pixel of the window, 1 on a terminal.
    """

    width: float
    height: float
    mm: float
    ratio: float = 1.0

    def lane(self, begin: Spot, end: Spot, width_mm: float) -> Lane:
        """Return a lane in pixels."""
        mm = self.mm
        return Lane(
            x1=begin.x_mm * mm, y1=begin.y_mm * mm, x2=end.x_mm * mm, y2=end.y_mm * mm, radius=width_mm * mm / 2
        )

    def whole(self, value: float) -> float:
        """Return the nearest place between two device pixels."""
        return round(value * self.ratio) / self.ratio


def bar_clear_of(area: Area, lane: Lane | None, *, high_mm: float = 36.0) -> Bar:
    """Return where the words are so that they cover nothing of ``lane``: at the lower edge if they can."""
    mm, margin = area.mm, MARGIN_MM * area.mm
    long, high = 0.7 * area.width, high_mm * mm
    left = (area.width - long) / 2
    narrow, tall = 0.42 * area.width, 62 * mm
    beside = area.height * 0.25 - tall / 2
    wide = [Rect(x=left, y=y, width=long, height=high) for y in (area.height - margin - high, margin)]
    slim = [Rect(x=x, y=beside, width=narrow, height=tall) for x in (margin, area.width - margin - narrow)]
    rects = [*wide, *slim]
    if lane is None:
        return _beside(wide[0], mm)
    best = next((r for r in rects if _apart(r, lane) >= CLEAR_MM * mm), None) or max(
        rects, key=lambda rect: _apart(rect, lane)
    )
    return _beside(best, mm) if best in wide else _below(best, mm)


def strip(area: Area, *, below: bool) -> Bar:
    """Return where the words are on a pattern, with a button for whoever sees no difference."""
    mm = area.mm
    long, high = 0.9 * area.width, STRIP_MM * mm
    y = area.height - high - 1.5 * mm if below else 1.5 * mm
    bar = _beside(Rect(x=(area.width - long) / 2, y=y, width=long, height=high), mm)
    wide = 0.8 * BUTTON_MM[0] * mm
    none = Rect(x=bar.stop.x - 2.6 * mm - wide, y=bar.stop.y, width=wide, height=bar.stop.height)
    words = Rect(x=bar.words.x, y=bar.words.y, width=none.x - bar.words.x - 2.6 * mm, height=bar.words.height)
    return Bar(card=bar.card, words=words, stop=bar.stop, none=none)


def _beside(card: Rect, mm: float) -> Bar:
    width, height = BUTTON_MM[0] * mm, BUTTON_MM[1] * mm
    pad = 3 * mm
    stop = Rect(x=card.x + card.width - pad - width, y=card.y + (card.height - height) / 2, width=width, height=height)
    words = Rect(x=card.x + 2 * pad, y=card.y, width=stop.x - card.x - 3 * pad, height=card.height)
    return Bar(card=card, words=words, stop=stop)


def _below(card: Rect, mm: float) -> Bar:
    width, height = BUTTON_MM[0] * mm, BUTTON_MM[1] * mm
    pad = 3 * mm
    stop = Rect(x=card.x + (card.width - width) / 2, y=card.y + card.height - pad - height, width=width, height=height)
    words = Rect(x=card.x + 2 * pad, y=card.y, width=card.width - 4 * pad, height=stop.y - card.y - pad)
    return Bar(card=card, words=words, stop=stop)


def _apart(rect: Rect, lane: Lane) -> float:
    """Return how far a rectangle is from a lane; less than 0: it covers some of it."""
    steps = 200
    return (
        min(
            math.hypot(max(rect.x - x, 0.0, x - rect.x - rect.width), max(rect.y - y, 0.0, y - rect.y - rect.height))
            for x, y in (
                (
                    lane.x1 + (lane.x2 - lane.x1) * step / steps,
                    lane.y1 + (lane.y2 - lane.y1) * step / steps,
                )
                for step in range(steps + 1)
            )
        )
        - lane.radius
    )


def cell(area: Area, pattern: Pattern, number: int) -> Rect:
    """Return the cell ``number`` of a pattern; cells meet, each on whole device pixels."""
    column, row = number % pattern.columns, number // pattern.columns
    x, right = (area.whole(area.width * at / pattern.columns) for at in (column, column + 1))
    y, lower = (area.whole(area.height * at / pattern.rows) for at in (row, row + 1))
    return Rect(x=x, y=y, width=right - x, height=lower - y)


def odd(area: Area, pattern: Pattern) -> Rect:
    """Return what differs: the cell, or a square of ``odd_px`` device pixels in its middle; empty: nothing does."""
    if not pattern.columns or not pattern.rows or not 0 <= pattern.odd < pattern.columns * pattern.rows:
        return Rect()
    whole = cell(area, pattern, pattern.odd)
    if not pattern.odd_px:
        return whole
    side = pattern.odd_px / area.ratio
    return Rect(
        x=area.whole(whole.x + (whole.width - side) / 2),
        y=area.whole(whole.y + (whole.height - side) / 2),
        width=side,
        height=side,
    )


def cell_at(area: Area, pattern: Pattern, x: float, y: float) -> int | None:
    """Return the number of the cell at a place; None: there is none."""
    every = range(pattern.columns * pattern.rows)
    return next((number for number in every if cell(area, pattern, number).holds(x, y)), None)
