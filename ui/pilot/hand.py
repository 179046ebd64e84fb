"""A finger and a pair of eyes: finds what is on the screen, touches it, waits for what comes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPointingDevice
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

Seen = TypeVar("Seen")

LOOK_AGAIN_MS: Final = 15
"""Between looks while nothing on the screen changes: a device or the backend is waited for."""


class Lost(RuntimeError):
    """What a citizen would look for is not on the screen."""


class Hand:
    """Touches one window.

    Args:
        window: Shown, and painted at least once.
    """

    def __init__(self, window: QQuickWindow) -> None:
        self._window = window
        self._finger: QPointingDevice = QTest.createTouchDevice()
        self._painted = 0
        self.painted_at = 0.0
        """When the newest frame was painted (``perf_counter``)."""
        window.frameSwapped.connect(self._count)

    def _count(self) -> None:
        self._painted += 1
        self.painted_at = time.perf_counter()

    # --- eyes --------------------------------------------------------------------------------------------------

    def picture(self) -> QImage:
        """Return what is on the screen."""
        return self._window.grabWindow()

    def find(self, name: str) -> QQuickItem | None:
        """Return the topmost visible item with this ``objectName``."""
        found = None
        for item in self._items(self._window.contentItem()):
            if item.objectName() == name:
                found = item
        return found

    def find_text(self, text: str, *, inside: QQuickItem | None = None) -> QQuickItem | None:
        """Return a visible item whose ``text`` is exactly this."""
        for item in self._items(inside or self._window.contentItem()):
            if item.property("text") == text:
                return item
        return None

    def names(self) -> list[str]:
        """Return the names of everything that can be seen, for the message when something is missing."""
        return sorted({item.objectName() for item in self._items(self._window.contentItem()) if item.objectName()})

    def below(self, item: QQuickItem) -> Iterator[QQuickItem]:
        """Yield what can be seen of ``item``: itself and everything in it."""
        return self._items(item)

    def _items(self, item: QQuickItem) -> Iterator[QQuickItem]:
        if not item.isVisible() or item.opacity() == 0:
            return
        yield item
        for child in item.childItems():
            yield from self._items(child)

    def seen(self, item: QQuickItem) -> bool:
        """Return whether the middle of ``item`` can be seen: on the window and not scrolled out of a clip."""
        middle = self._middle(item)
        if not QRectF(0, 0, self._window.width(), self._window.height()).contains(middle):
            return False
        above: QQuickItem | None = item.parentItem()
        while above is not None:
            if above.clip():
                room = above.mapRectToScene(QRectF(0, 0, above.width(), above.height()))
                if not room.contains(middle):
                    return False
            above = above.parentItem()
        return True

    def _middle(self, item: QQuickItem) -> QPointF:
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    # --- finger ------------------------------------------------------------------------------------------------

    def tap(self, name: str, *, limit_s: float = 10.0) -> float:
        """Touch the item of this name once it can be touched; return when the finger came up (``perf_counter``).

        What is below the edge of a page is scrolled to with the page's own button first.

        Raises:
            Lost: it did not come up in time.
        """
        item = self.until(lambda: self._touchable(name), f"{name!r} to touch", limit_s=limit_s)
        return self.touch(self._middle(item))

    def _touchable(self, name: str) -> QQuickItem | None:
        item = self.find(name)
        if item is None or not item.isEnabled():
            return None
        if self.seen(item):
            return item
        self._scroll_towards(item)
        return None

    def _scroll_towards(self, item: QQuickItem) -> None:
        """Touch the page's "more below" or "back up" button, when it is there and enabled."""
        above = item.parentItem()
        down = True
        while above is not None:
            if above.clip():
                room = above.mapRectToScene(QRectF(0, 0, above.width(), above.height()))
                down = self._middle(item).y() > room.center().y()
                break
            above = above.parentItem()
        button = self.find("page-down" if down else "page-up")
        if button is not None and button.isEnabled() and self.seen(button):
            self.touch(self._middle(button))
            self.settle()

    def tap_item(self, item: QQuickItem) -> float:
        """Touch an item found otherwise; return when the finger came up."""
        return self.touch(self._middle(item))

    def touch(self, where: QPointF) -> float:
        """Put the finger down and lift it; return when it came up."""
        point = QPoint(round(where.x()), round(where.y()))
        QTest.touchEvent(self._window, self._finger).press(0, point, self._window)
        QTest.touchEvent(self._window, self._finger).release(0, point, self._window)
        return time.perf_counter()

    def drag(self, strokes: list[list[QPointF]]) -> None:
        """Draw: the finger goes down at the first point of each stroke and up at its last."""
        for stroke in strokes:
            points = [QPoint(round(point.x()), round(point.y())) for point in stroke]
            QTest.touchEvent(self._window, self._finger).press(0, points[0], self._window)
            for point in points[1:]:
                QTest.touchEvent(self._window, self._finger).move(0, point, self._window)
                self.settle()
            QTest.touchEvent(self._window, self._finger).release(0, points[-1], self._window)

    # --- patience ----------------------------------------------------------------------------------------------

    def until(
        self, look: Callable[[], Seen | None], what: str, *, limit_s: float, told: Callable[[], str] = str
    ) -> Seen:
        """Return what ``look`` sees, once it sees something.

        Looks again after every painted frame, and now and then between frames: a device or the backend may be waited
        for while nothing moves on the screen.

        Raises:
            Lost: nothing was seen in time; the message names what can be seen instead.
        """
        found = look()
        if found is not None:
            return found
        loop = QEventLoop()
        result: list[Seen] = []
        looking = False

        def again() -> None:
            nonlocal looking
            if looking or result:
                return
            looking = True
            try:
                seen = look()
            finally:
                looking = False
            if seen is not None:
                result.append(seen)
                loop.quit()

        timer = QTimer()
        timer.timeout.connect(again)
        timer.start(LOOK_AGAIN_MS)
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(round(limit_s * 1000))
        self._window.frameSwapped.connect(again, Qt.ConnectionType.QueuedConnection)
        loop.exec()
        self._window.frameSwapped.disconnect(again)
        timer.stop()
        if not result:
            raise Lost(f"waited {limit_s:.0f} s for {what}; on the screen: {', '.join(self.names())}{told()}")
        return result[0]

    def rest(self, *, quiet_ms: int = 60, limit_s: float = 2.0) -> None:
        """Wait until nothing was painted for a moment: transitions are over."""
        seen, quiet_since = self._painted, time.perf_counter()

        def quiet() -> bool | None:
            nonlocal seen, quiet_since
            if self._painted != seen:
                seen, quiet_since = self._painted, time.perf_counter()
            return True if (time.perf_counter() - quiet_since) * 1000 >= quiet_ms else None

        with contextlib.suppress(Lost):  # a live picture never rests
            self.until(quiet, "the page to stand still", limit_s=limit_s)

    def settle(self) -> None:
        """Let everything that is due happen."""
        QTest.qWait(0)

    @property
    def painted(self) -> int:
        """How many frames were painted so far."""
        return self._painted
