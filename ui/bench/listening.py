"""What a test waits for on the touch panel, fed with every report: pure, no Qt, no clock."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.diagnostics.bench import Phase, Touch


class NextTouch:
    """The next touch: from the first finger down until none is.

    A finger that is down already when this begins is not told: it belongs to whatever was before.
    """

    def __init__(self) -> None:
        self._down: set[int] = set()
        self._touches: list[Touch] = []
        self._over = False

    def take(self, touch: Touch) -> None:
        """Take a report."""
        if touch.phase is Phase.DOWN:
            self._down.add(touch.point)
        elif touch.point not in self._down:
            return
        if not self._over:
            self._touches.append(touch)
        if touch.phase is Phase.UP:
            self._down.discard(touch.point)
            self._over = self._over or not self._down

    @property
    def still(self) -> bool:
        """Whether the touch is over and no finger is down.

        Whoever waits looks for how long this holds: a finger that the panel loses and feels again in the middle of a
        lane is lifted in the reports, and what comes then must not be taken for the touch of the next lane.
        """
        return self._over and not self._down

    @property
    def touches(self) -> tuple[Touch, ...]:
        """Its reports."""
        return tuple(self._touches)


class Everything:
    """Every report."""

    def __init__(self) -> None:
        self._touches: list[Touch] = []

    def take(self, touch: Touch) -> None:
        """Take a report."""
        self._touches.append(touch)

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What came."""
        return tuple(self._touches)


class Choice:
    """A touch that goes down and up on the same part of the panel.

    Args:
        part_at: Number of the part at a place in millimetres; None: no part.
    """

    def __init__(self, part_at: Callable[[float, float], int | None]) -> None:
        self._part_at = part_at
        self._at: dict[int, int | None] = {}
        self.made: int | None = None
        """The part; None: none was chosen yet."""

    def take(self, touch: Touch) -> None:
        """Take a report."""
        part = self._part_at(touch.x_mm, touch.y_mm)
        if touch.phase is Phase.DOWN:
            self._at[touch.point] = part
        elif touch.phase is Phase.UP and touch.point in self._at and self.made is None:
            self.made = part if self._at.pop(touch.point) == part else None


class Hold:
    """Whether a finger came down on a place and has stayed on it since.

    Args:
        inside: Whether a place in millimetres belongs to it.
    """

    def __init__(self, inside: Callable[[float, float], bool]) -> None:
        self._inside = inside
        self._point: int | None = None

    def take(self, touch: Touch) -> None:
        """Take a report."""
        here = self._inside(touch.x_mm, touch.y_mm)
        if touch.phase is Phase.DOWN and here and self._point is None:
            self._point = touch.point
        elif touch.point == self._point and (touch.phase is Phase.UP or not here):
            self._point = None

    @property
    def held(self) -> bool:
        """Whether one is there now."""
        return self._point is not None
