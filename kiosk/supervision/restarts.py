"""When a process that ended is started again: soon at first, slower each time, and never in a tight circle."""

from __future__ import annotations

from typing import Final

import msgspec

FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 30.0
GROWTH: Final = 3.0
SETTLED_S: Final = 60.0
"""Who lived this long is well again: the next pause is the first one."""
WRONG_SETTINGS: Final = 2
"""Exit code of a process that was started with arguments or settings it cannot use."""
HOPELESS_AFTER: Final = 4
"""Ends in a row of a process that was never ready: something is wrong that starting again does not mend."""


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """Start it again."""

    pause_s: float


class GiveUp(msgspec.Struct, frozen=True, kw_only=True):
    """It cannot run here: tell a person."""

    ends: int


class Restarts(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered of one process."""

    ends: int = 0
    """In a row, without having settled between."""
    was_ready: bool = False
    """Whether it was ever ready in this run of the supervisor."""

    def after_end(self, *, lived_s: float, ready: bool, code: int) -> tuple[Restarts, Again | GiveUp]:
        """Return what is remembered now and what to do.

        Args:
            lived_s: From its start to its end.
            ready: Whether it said that it was ready, this time.
            code: Its exit code; 0 is an end of its own accord, as of a terminal after its citizen.
        """
        was_ready = self.was_ready or ready
        if code == 0 and ready:
            return Restarts(was_ready=was_ready), Again(pause_s=0.0)
        ends = 1 if lived_s >= SETTLED_S else self.ends + 1
        now = Restarts(ends=ends, was_ready=was_ready)
        if not was_ready and (ends >= HOPELESS_AFTER or code == WRONG_SETTINGS):
            return now, GiveUp(ends=ends)
        pause_s: float = FIRST_PAUSE_S * GROWTH ** min(ends - 1, 20)
        return now, Again(pause_s=min(pause_s, LONGEST_PAUSE_S))
