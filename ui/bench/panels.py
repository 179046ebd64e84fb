"""What the system says of the panel."""

from __future__ import annotations

from PySide6.QtGui import QScreen
from PySide6.QtQuick import QQuickWindow

from kiosk.diagnostics.bench import Panel


def describe(window: QQuickWindow, pixels_per_mm: float) -> Panel:
    """Return the panel that a window stands on.

    Its size counts only when the panel told something of itself in its EDID, and when the window fills it: without an
    EDID Qt makes a size up from a density of dots, as for a screen that is none (offscreen, VNC).
    """
    screen = window.screen()
    size = screen.physicalSize()
    told = bool(_name(screen)) and screen.size() == window.size()
    return Panel(
        width_px=window.width(),
        height_px=window.height(),
        width_mm=size.width() if told else 0.0,
        height_mm=size.height() if told else 0.0,
        pixels_per_mm=pixels_per_mm,
        name=_name(screen),
    )


def _name(screen: QScreen) -> str:
    words = (screen.manufacturer(), screen.model(), screen.serialNumber())
    return " ".join(word for word in words if word)
