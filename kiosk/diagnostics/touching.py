"""What the reports of a touch panel say about it: pure, over samples in millimetres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kiosk.diagnostics.bench import Panel, Phase, Spot, Touch


def size_mm(panel: Panel) -> tuple[float, float]:
    """Return width and height of a panel as the terminal draws on it."""
    return panel.width_px / panel.pixels_per_mm, panel.height_px / panel.pixels_per_mm


def grid(panel: Panel, columns: int, rows: int, inset_mm: float) -> tuple[Spot, ...]:
    """Return places spread evenly over the panel, row by row, the outermost ``inset_mm`` from its edges.

    Args:
        panel: Wider and higher than twice the inset.
        columns: At least 2.
        rows: At least 2.
        inset_mm: From edge to centre of the outermost.
    """
    width, height = size_mm(panel)
    return tuple(
        Spot(
            x_mm=inset_mm + (width - 2 * inset_mm) * column / (columns - 1),
            y_mm=inset_mm + (height - 2 * inset_mm) * row / (rows - 1),
        )
        for row in range(rows)
        for column in range(columns)
    )


def apart_mm(touch: Touch, spot: Spot) -> float:
    """Return how far a report is from a place."""
    return math.hypot(touch.x_mm - spot.x_mm, touch.y_mm - spot.y_mm)


def error_mm(target: Spot, touches: Sequence[Touch]) -> float:
    """Return how far from ``target`` a finger was felt when it came down; infinite when it was not felt."""
    first = next((touch for touch in touches if touch.phase is Phase.DOWN), None)
    return math.inf if first is None else apart_mm(first, target)


def crooked_mm(begin: Spot, end: Spot, touches: Iterable[Touch]) -> float:
    """Return the greatest distance of a report from the straight line between two places; infinite without reports."""
    length = math.hypot(end.x_mm - begin.x_mm, end.y_mm - begin.y_mm)
    across = (
        abs((end.x_mm - begin.x_mm) * (begin.y_mm - t.y_mm) - (begin.x_mm - t.x_mm) * (end.y_mm - begin.y_mm)) / length
        for t in touches
    )
    return max(across, default=math.inf)


def short_mm(begin: Spot, end: Spot, touches: Iterable[Touch]) -> float:
    """Return how far before ``end`` a finger that went from ``begin`` beyond it was felt last; infinite: not at all."""
    length = math.hypot(end.x_mm - begin.x_mm, end.y_mm - begin.y_mm)
    along = (
        ((t.x_mm - begin.x_mm) * (end.x_mm - begin.x_mm) + (t.y_mm - begin.y_mm) * (end.y_mm - begin.y_mm)) / length
        for t in touches
    )
    return max(0.0, length - max(along, default=-math.inf))


def gap_mm(touches: Sequence[Touch]) -> float:
    """Return the greatest distance between two reports of one finger, one after the other; 0 with fewer than two."""
    paths: dict[int, list[Touch]] = {}
    for touch in touches:
        paths.setdefault(touch.point, []).append(touch)
    return max(
        (
            math.hypot(after.x_mm - before.x_mm, after.y_mm - before.y_mm)
            for path in paths.values()
            for before, after in pairwise(path)
            if after.phase is not Phase.DOWN
        ),
        default=0.0,
    )


def most_at_once(touches: Iterable[Touch]) -> int:
    """Return how many fingers were down at the same time at most."""
    down: set[int] = set()
    most = 0
    for touch in touches:
        if touch.phase is Phase.UP:
            down.discard(touch.point)
        else:
            down.add(touch.point)
        most = max(most, len(down))
    return most


def ghosts(touches: Iterable[Touch]) -> int:
    """Return how often something came down."""
    return sum(touch.phase is Phase.DOWN for touch in touches)
