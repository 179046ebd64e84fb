"""How much paper is left: from the dots fed since the roll was changed, and from the near-end sensor.

A roll is longer or shorter than its label says, and a sensor says "near end" some metres before there is none. So the
label counts until the sensor speaks; from then on counts how much earlier rolls still gave after it had spoken.
Everything here is pure: lengths in, a new roll out.
"""

from __future__ import annotations

from typing import Final

import msgspec

from drivers.printer.api import Paper

ROLL_MM: Final = 50_000.0
"""A roll of 80 mm paper with an outer diameter of 80 mm holds 50 to 80 m, depending on the paper; the least counts."""
TAIL_MM: Final = 2_000.0
"""What a roll gives after "near end" as long as none has shown it: sensors are set to some metres; less is safer."""
SHORTEST_TAIL_MM: Final = 200.0
"""A sensor that speaks later than this is out of its place; a shorter tail is not learned."""
CAUTION: Final = 0.9
"""Share of the shortest tail seen that is counted on."""


class Roll(msgspec.Struct, frozen=True, kw_only=True):
    """The roll in the printer, as far as the terminal can know it."""

    length_mm: float = ROLL_MM
    """As the label says."""
    fed_mm: float = 0.0
    """Since it was put in."""
    near_end_at_mm: float | None = None
    """What had been fed when the sensor first said "near end"."""
    out: bool = False
    has_sensor: bool = False
    """A near-end sensor has spoken, of this roll or an earlier one."""
    tail_mm: float = TAIL_MM
    """What rolls gave after "near end": the least that was seen, or ``TAIL_MM``."""

    @property
    def left_mm(self) -> float:
        """Return how much paper is left, rather too little than too much."""
        if self.out:
            return 0.0
        if self.near_end_at_mm is not None:
            return max(0.0, self.tail_mm * CAUTION - (self.fed_mm - self.near_end_at_mm))
        # a sensor that is known to speak and is silent means that the tail is there, whatever the label says
        least = self.tail_mm * CAUTION if self.has_sensor else 0.0
        return max(self.length_mm - self.fed_mm, least)

    def fed(self, length_mm: float) -> Roll:
        """Return the roll after so much was fed.

        Args:
            length_mm: 0 or more.
        """
        return msgspec.structs.replace(self, fed_mm=self.fed_mm + max(0.0, length_mm))

    def corrected(self, by_mm: float) -> Roll:
        """Return the roll after a slip took more than was counted for it, or, below 0, less."""
        return msgspec.structs.replace(self, fed_mm=max(0.0, self.fed_mm + by_mm))

    def sensed(self, paper: Paper) -> Roll:
        """Return the roll after the sensors spoke. Paper after none is a new roll."""
        match paper:
            case Paper.OUT if not self.out:
                return msgspec.structs.replace(self, out=True, tail_mm=self._tail_seen())
            case Paper.NEAR_END if self.out:
                return self.changed().sensed(paper)
            case Paper.NEAR_END if self.near_end_at_mm is None:
                return msgspec.structs.replace(self, near_end_at_mm=self.fed_mm, has_sensor=True)
            case Paper.OK if self.out or self.near_end_at_mm is not None:
                # a sensor that was wrong for a moment costs a roll's count at most: the sensor itself speaks again
                return self.changed()
            case _:
                return self

    def changed(self, length_mm: float | None = None) -> Roll:
        """Return a new roll; what earlier ones have shown is kept.

        Args:
            length_mm: As its label says; None: as the last one's.
        """
        length_mm = self.length_mm if length_mm is None else length_mm
        return Roll(length_mm=length_mm, tail_mm=self.tail_mm, has_sensor=self.has_sensor)

    def _tail_seen(self) -> float:
        if self.near_end_at_mm is None:
            return self.tail_mm
        seen = self.fed_mm - self.near_end_at_mm
        if seen < SHORTEST_TAIL_MM:
            return self.tail_mm
        # the first roll that shows its tail says more than the guess; from then on the least counts
        return seen if self.tail_mm == TAIL_MM else min(self.tail_mm, seen)
