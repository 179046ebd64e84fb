"""Charts as SVG with attributes alone: the policy of the pages (CSP) lets no style stand in them, and no script.

A chart is a picture of a table that stands beside it; so it is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

WIDTH: Final = 720
HEIGHT: Final = 200
_FOOT: Final = 24
_TOP: Final = 18
_LABELS: Final = 8
"""Names under the columns, at most: more would run into each other."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a chart, in units of the picture."""

    x: float
    y: float
    width: float
    height: float
    label: str
    """Under it; empty: none."""
    title: str
    """What it says when it is pointed at."""


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of columns."""

    columns: tuple[Column, ...]
    most: int
    """The value of the line at the top."""
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - _FOOT
    top: int = _TOP


def columns(values: Sequence[tuple[str, int | None]]) -> Columns:
    """Return the chart of named values; None is too few to tell, and drawn as nothing."""
    most = rounded_up(max((value or 0 for _, value in values), default=0))
    room = WIDTH / max(1, len(values))
    every = max(1, -(-len(values) // _LABELS))
    made = []
    for at, (name, value) in enumerate(values):
        height = (HEIGHT - _FOOT - _TOP) * (value or 0) / most
        made.append(
            Column(
                x=round(at * room + room * 0.1, 1),
                y=round(HEIGHT - _FOOT - height, 1),
                width=round(max(0.5, room * 0.8), 1),
                height=round(height, 1),
                label=name if at % every == 0 else "",
                title=f"{name}：{'少于 10' if value is None else value}",
            )
        )
    return Columns(columns=tuple(made), most=most)


def rounded_up(value: int) -> int:
    """Return the next number of one figure that is 1, 2 or 5, and noughts; at least 1."""
    size = 1
    while True:
        for figure in (1, 2, 5):
            if value <= figure * size:
                return figure * size
        size *= 10
