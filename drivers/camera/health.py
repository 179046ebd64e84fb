"""Whether a stream that flows flows well enough."""

from __future__ import annotations

from collections import deque
from typing import Final

from drivers.status import WELL, Condition

LEAST_PER_S: Final = 5.0
"""Pictures a second below which a live picture is no help in laying a paper straight. Cameras fall to this in the dark,
when they expose longer, and on a cable or network that is too slow."""
WELL_PER_S: Final = 7.0
"""It must be clearly better before it counts as well again."""
MOST_LOST: Final = 0.2
"""Share of the pictures that came broken."""
WINDOW_S: Final = 3.0

SLOW: Final = "camera.slow"


class Flow:
    """Judges a stream by the counts that its child process tells. Pure: time is what the counts say."""

    def __init__(self) -> None:
        self._counts: deque[tuple[float, int, int]] = deque()
        self.condition: Condition = WELL

    def note(self, now_s: float, arrived: int, lost: int) -> Condition:
        """Take the counts of this moment and return how the stream is; as before until a window is full."""
        counts = self._counts
        counts.append((now_s, arrived, lost))
        while len(counts) > 2 and counts[1][0] <= now_s - WINDOW_S:
            counts.popleft()
        then_s, arrived_then, lost_then = counts[0]
        took_s = now_s - then_s
        if took_s < WINDOW_S:
            return self.condition
        came, broken = arrived - arrived_then, lost - lost_then
        per_s, share = came / took_s, broken / max(1, came + broken)
        least = WELL_PER_S if self.condition.cause else LEAST_PER_S
        if per_s >= least and share <= MOST_LOST:
            self.condition = WELL
        elif not self.condition.cause:
            self.condition = Condition(cause=SLOW, detail=f"{per_s:.1f} pictures a second, {share:.0%} of them broken")
        return self.condition
