"""A frame that is known to be painted: what pilot, gallery and tests wait for, where turns of a loop say nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

LOOK_MS: Final = 15
"""From one look at what is waited for to the next, while nothing on the screen changes."""


class NotPainted(RuntimeError):
    """A window brings no frame: it is not on a screen, or the machine is gone."""


class Patience:
    """An event loop that ends when it is told to, or when somebody has looked in vain often enough.

    Looks are counted and not seconds: when the machine stands still nobody's patience is used up, and what comes of the
    last event is seen before anybody gives up.

    Args:
        limit_s: How long, on a machine that has the time to look every ``LOOK_MS``.
    """

    def __init__(self, limit_s: float) -> None:
        self._loop = QEventLoop()
        self._left = max(1, round(limit_s * 1000 / LOOK_MS))
        self.clock = QTimer()
        """Times out at every look."""
        self.clock.setTimerType(Qt.TimerType.PreciseTimer)
        self.clock.setInterval(LOOK_MS)
        self.clock.timeout.connect(self._count)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            self._loop.quit()

    def wait(self) -> None:
        """Let events happen until ``enough`` is called or the limit is reached."""
        self.clock.start()
        self._loop.exec()
        self.clock.stop()

    def enough(self) -> None:
        """End ``wait``."""
        self._loop.quit()


def painted(window: QQuickWindow, *, limit_s: float = 10.0) -> None:
    """Wait until a frame is on ``window`` that was begun after this call.

    All that had happened before is laid out in it: where an item stands is where a touch meets it.

    Raises:
        NotPainted: no frame came.
    """
    patience = Patience(limit_s)
    begun = ended = False

    def begins() -> None:
        nonlocal begun
        begun = True

    def ends() -> None:
        nonlocal ended
        if begun:
            ended = True
            patience.enough()

    starting = window.afterAnimating.connect(begins)
    ending = window.frameSwapped.connect(ends, Qt.ConnectionType.QueuedConnection)
    window.update()
    patience.wait()
    window.afterAnimating.disconnect(starting)
    window.frameSwapped.disconnect(ending)
    if not ended:
        exposed = "exposed" if window.isExposed() else "not exposed"
        raise NotPainted(f"no frame within {limit_s:.0f} s of a window that is {exposed}")
