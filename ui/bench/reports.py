"""The reports of the touch panel as Qt has them from the system, before any of its own filters."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QGuiApplication, QMouseEvent, QTouchEvent

from kiosk.diagnostics.bench import Phase, Touch

MOUSE: Final = -1
"""Key of the finger that a mouse is."""
PHASES: Final = {
    QEventPoint.State.Pressed: Phase.DOWN,
    QEventPoint.State.Updated: Phase.MOVE,
    QEventPoint.State.Released: Phase.UP,
}
TOUCHES: Final = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
MICE: Final = {
    QEvent.Type.MouseButtonPress: Phase.DOWN,
    QEvent.Type.MouseButtonDblClick: Phase.DOWN,
    QEvent.Type.MouseMove: Phase.MOVE,
    QEvent.Type.MouseButtonRelease: Phase.UP,
}
POINTING: Final = frozenset((*TOUCHES, QEvent.Type.TouchCancel, *MICE))
MONOTONIC: Final = frozenset({"xcb", "wayland", "wayland-egl", "eglfs", "linuxfb"})
"""Platforms whose events carry the milliseconds of the system's monotonic clock (X: the lower 32 bits of it); elsewhere
a report counts from when it reached this process."""
OLDEST_MS: Final = 2000
"""A report that seems older is not dated by that clock."""


class Reports:
    """Turns events of a window into reports; the clock of the reports begins with ``begin``.

    Args:
        pixels_per_mm: Of the window.
    """

    def __init__(self, pixels_per_mm: float) -> None:
        self._mm = pixels_per_mm
        self._dated = QGuiApplication.platformName() in MONOTONIC
        self._points: dict[tuple[int, int], int] = {}
        self._last: dict[int, tuple[float, float]] = {}
        self._began = time.monotonic()

    def begin(self) -> None:
        """Begin to count seconds. Fingers that are down stay known."""
        self._began = time.monotonic()

    def forget(self) -> None:
        """Forget which fingers are down: nobody listened meanwhile."""
        self._points.clear()

    @property
    def age_s(self) -> float:
        """Seconds since then."""
        return time.monotonic() - self._began

    def read(self, event: QEvent) -> list[Touch]:
        """Return what an event reports, point by point."""
        kind = event.type()
        if kind == QEvent.Type.TouchCancel:
            return [self._touch(self.age_s, key, Phase.UP, None) for key in list(self._points)]
        if isinstance(event, QTouchEvent):
            at_s, device = self._at_s(event.timestamp()), event.pointingDevice().systemId()
            return [
                self._touch(at_s, (device, point.id()), PHASES[point.state()], point.position())
                for point in event.points()
                if point.state() in PHASES
            ]
        if isinstance(event, QMouseEvent) and kind in MICE:
            return self._mouse(event, MICE[kind])
        return []

    def _mouse(self, event: QMouseEvent, phase: Phase) -> list[Touch]:
        """Take a mouse for a finger while its left button is down; one that Qt made up from touches says nothing."""
        key = (MOUSE, 0)
        made_up = event.source() != Qt.MouseEventSource.MouseEventNotSynthesized
        button = Qt.MouseButton.LeftButton
        other = phase is not Phase.MOVE and event.button() != button
        hovers = phase is not Phase.DOWN and key not in self._points
        if made_up or other or hovers:
            return []
        return [self._touch(self._at_s(event.timestamp()), key, phase, event.position())]

    def _touch(self, at_s: float, key: tuple[int, int], phase: Phase, where: QPointF | None) -> Touch:
        taken = set(self._points.values())
        number = self._points.setdefault(key, next(n for n in range(len(taken) + 1) if n not in taken))
        if where is not None:
            self._last[number] = (where.x() / self._mm, where.y() / self._mm)
        x_mm, y_mm = self._last[number]
        if phase is Phase.UP:
            del self._points[key]
        return Touch(at_s=at_s, point=number, phase=phase, x_mm=x_mm, y_mm=y_mm)

    def _at_s(self, stamp_ms: int) -> float:
        """Return when an event was reported, by its own date where that can be read."""
        late_ms = (int(time.monotonic() * 1000) - stamp_ms) % 2**32
        return self.age_s - (late_ms / 1000 if self._dated and 0 <= late_ms <= OLDEST_MS else 0.0)


class EveryReport:
    """While this is on, Qt leaves out none of the moves that come between two frames (on X it would)."""

    _WHAT: Final = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents

    def __init__(self) -> None:
        self._before = QCoreApplication.testAttribute(self._WHAT)
        self._on = False

    def set(self, on: bool) -> None:  # a switch
        """Switch it."""
        if on and not self._on:
            self._before = QCoreApplication.testAttribute(self._WHAT)
        if on != self._on:
            self._on = on
            QCoreApplication.setAttribute(self._WHAT, False if on else self._before)
