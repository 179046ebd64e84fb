"""What the layer shows, as a value: made from a call, shown by ``BenchModel``, and again when a call was cancelled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.diagnostics.bench import Pattern, Spot
from ui.bench import placing
from ui.bench.placing import Area, Bar, Lane, Rect


class Kind(StrEnum):
    """Of what is shown."""

    NOTHING = ""
    """The page."""
    CROSS = "cross"
    LANE = "lane"
    FINGERS = "fingers"
    """A plain ground that shows where fingers are felt."""
    NOBODY = "nobody"
    FLASH = "flash"
    """The ground changes with every touch."""
    PATTERN = "pattern"
    CODE = "code"


CODE_HIGH_MM: Final = 56.0
"""Height of the words beside a code: that sentence is the longest."""
NOBODY_PLACE: Final = Rect()


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One picture. All in pixels of the window."""

    kind: Kind
    bar: Bar | None = None
    """None: there are no words."""
    target: Rect = NOBODY_PLACE
    """Of a cross; of a lane before it is turned about the middle of its left edge; of a code; of what differs."""
    turned: float = 0.0
    """Degrees."""
    ground: str = ""
    """Colour of a pattern."""
    colour: str = ""
    """Of what differs."""
    source: str = ""
    """Address of a code."""


NOTHING: Final = View(kind=Kind.NOTHING)


def cross(area: Area, target: Spot, size_mm: float) -> View:
    """Show a cross."""
    lane = area.lane(target, target, size_mm)
    size = size_mm * area.mm
    place = Rect(x=lane.x1 - size / 2, y=lane.y1 - size / 2, width=size, height=size)
    return View(kind=Kind.CROSS, bar=placing.bar_clear_of(area, lane), target=place)


def lane(area: Area, begin: Spot, end: Spot, width_mm: float) -> View:
    """Show a lane."""
    line: Lane = area.lane(begin, end, width_mm)
    across, down = line.x2 - line.x1, line.y2 - line.y1
    width = 2 * line.radius
    place = Rect(x=line.x1, y=line.y1 - width / 2, width=math.hypot(across, down), height=width)
    turned = math.degrees(math.atan2(down, across))
    return View(kind=Kind.LANE, bar=placing.bar_clear_of(area, line), target=place, turned=turned)


def plain(area: Area, kind: Kind) -> View:
    """Show words on a plain ground."""
    return View(kind=kind, bar=placing.bar_clear_of(area, None))


def pattern(area: Area, wanted: Pattern, *, bar: Bar | None = None) -> View:
    """Show a pattern; with words when somebody is to find what differs."""
    return View(
        kind=Kind.PATTERN,
        bar=bar,
        target=placing.odd(area, wanted),
        ground=wanted.colour,
        colour=wanted.odd_colour or wanted.colour,
    )


def code(area: Area, source: str, side_px: int) -> View:
    """Show a code of ``side_px`` device pixels in the middle of what the words leave."""
    side = side_px / area.ratio
    bar = placing.bar_clear_of(area, None, high_mm=CODE_HIGH_MM)
    place = Rect(x=area.whole((area.width - side) / 2), y=area.whole((bar.card.y - side) / 2), width=side, height=side)
    return View(kind=Kind.CODE, bar=bar, target=place, source=source)
