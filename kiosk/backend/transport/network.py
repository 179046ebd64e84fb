"""The road network a heavy vehicle travels on: segments of two authorities as columns of numbers, and what is on them.

A segment is a stretch between two junctions. Its limits are whole numbers; ``UNLIMITED`` where nothing is limited,
``UNKNOWN`` where nobody has written down what it carries. Unknown is not no, and it is not yes either: its authority is
asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from kiosk.words import Text

Column: TypeAlias = NDArray[np.int32]
"""One whole number a segment, or a junction."""

UNLIMITED = 2**30
UNKNOWN = -1
MAIN_KMH = 30
"""Where heavy vehicles are this fast, it is no side street."""


class Structure(IntEnum):
    """What carries a segment."""

    ROAD = 0
    BRIDGE = 1
    TUNNEL = 2
    RAMP = 3


class Closure(msgspec.Struct, frozen=True, kw_only=True):
    """When segments are closed: hours of some weekdays, between two days; past midnight where it ends before it begins.

    The hours belong to the weekday they begin on.
    """

    weekdays: int
    """One bit a weekday, Monday the lowest."""
    from_minute: int
    to_minute: int
    """Minutes since midnight; 1440 is the end of the day."""
    first_day: date | None = None
    last_day: date | None = None


class Landmark(msgspec.Struct, frozen=True, kw_only=True):
    """A place people know, and the junction vehicles leave it by."""

    id: str
    name: Text
    division: str
    """Empty at the border of the city."""
    junction: int


class Tale(msgspec.Struct, frozen=True, kw_only=True):
    """What of a network is words, not numbers."""

    roads: tuple[Text, ...]
    closures: tuple[Closure, ...]
    landmarks: tuple[Landmark, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Segments:
    """Every segment, column by column."""

    start: Column
    end: Column
    """Junctions."""
    length_m: Column
    speed_kmh: Column
    """At which a heavy vehicle travels there."""
    road: Column
    """Index into ``Tale.roads``."""
    authority: Column
    structure: Column
    one_way: Column
    """1: from start to end only."""
    closed: Column
    """Index into ``Tale.closures``; -1: never."""
    limits: tuple[Column, ...]
    """By ``MEASURES``."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """Junctions, segments between them, and places."""

    east_m: Column
    north_m: Column
    """Of each junction."""
    segments: Segments
    tale: Tale

    def __len__(self) -> int:
        """Return how many segments there are."""
        return len(self.segments.start)

    @cached_property
    def landmarks(self) -> Mapping[str, Landmark]:
        """Return the places by id."""
        return {each.id: each for each in self.tale.landmarks}

    @cached_property
    def _joined(self) -> tuple[Column, Column]:
        """Return the junctions that a segment ends at (elsewhere is water), and those on main roads."""
        segments = self.segments
        main = segments.speed_kmh >= MAIN_KMH
        return (
            np.unique(np.concatenate((segments.start, segments.end))),
            np.unique(np.concatenate((segments.start[main], segments.end[main]))),
        )

    def nearest(self, east_m: float, north_m: float, *, on_main_roads: bool = False) -> int:
        """Return the junction nearest to a point, of those that can be left."""
        among = self._joined[on_main_roads]
        away = (self.east_m[among] - east_m) ** 2.0 + (self.north_m[among] - north_m) ** 2.0
        return int(among[np.argmin(away)])
