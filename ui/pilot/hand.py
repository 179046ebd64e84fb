"""A finger and a pair of eyes: finds what is on the screen, touches it, waits for what comes."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Final, TypeVar

import msgspec
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QPointingDevice
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from ui.painting import LOOK_MS, NotPainted, Patience, painted

Seen = TypeVar("Seen")

FRAMES: Final = 600
"""A page that moves longer than these frames never stands still."""
MOVE_MS: Final = 8
"""From one point of a drag to the next: a touch panel reports about 120 times a second."""
EYES: Final = Path(__file__).with_name("Eyes.qml")


class Lost(RuntimeError):
    """What a citizen would look for is not on the screen."""


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """An item as the eyes see it, in pixels of the window."""

    x: float
    y: float
    width: float
    height: float
    enabled: bool
    seen: bool
    """Its middle is on the window and not scrolled out of what clips it."""
    lower: bool
    """It is scrolled out at the lower end."""
    kind: str
    """QML type."""
    text: str
    button: bool
    """It is one, and ``pressed`` tells whether a finger is on it."""
    pressed: bool

    @property
    def middle(self) -> QPointF:
        """Where a finger goes."""
        return QPointF(self.x + self.width / 2, self.y + self.height / 2)


class Watch:
    """Notes when something was first on the screen: at the swap of the first frame that was painted with it.

    Args:
        look: Whether the screen shows it now; asked after every frame, when nothing has happened since it was painted.
    """

    def __init__(self, look: Callable[[], bool]) -> None:
        self._look = look
        self.at: float | None = None
        """``perf_counter``; None: not yet."""

    def frame(self, at: float) -> bool:
        """Look at a frame; return whether there is something left to watch for."""
        if self._look():
            self.at = at
        return self.at is None


class Hand:
    """Touches one window.

    The window is looked at through ``Eyes.qml``: Python references to items that QML deletes while one looks at them
    crash the process.

    Args:
        window: Shown, and painted at least once.
        engine: The window's.
    """

    unhurried_ms: ClassVar[int] = 0
    """For measurements, which must know whose doing a frame is: nothing was painted for so long before a finger goes
    down, and it stays there until something is. 0: nobody waits."""

    def __init__(self, window: QQuickWindow, engine: QQmlEngine) -> None:
        self._window = window
        self._finger: QPointingDevice = QTest.createTouchDevice()
        self._painted = 0
        self._watches: list[Watch] = []
        component = QQmlComponent(engine, QUrl.fromLocalFile(str(EYES)))
        eyes = component.createWithInitialProperties({"root": window.contentItem()})
        if not isinstance(eyes, QObject):
            raise Lost(f"no eyes: {component.errorString()}")
        eyes.setParent(engine)  # or QML, which made it, would collect it
        self._eyes = eyes
        window.frameSwapped.connect(self._count)

    def _count(self) -> None:
        at = time.perf_counter()
        self._painted += 1
        self._watches = [watch for watch in self._watches if watch.frame(at)]

    # --- eyes --------------------------------------------------------------------------------------------------

    def picture(self) -> QImage:
        """Return what is on the screen."""
        return self._window.grabWindow()

    def find(self, name: str) -> Sight | None:
        """Return the topmost visible item with this ``objectName``."""
        found = self._ask("find", name)
        return msgspec.json.decode(found, type=Sight) if found else None

    def below(self, name: str) -> list[Sight]:
        """Return what has words, and the keys, of the topmost item of this name."""
        return msgspec.json.decode(self._ask("below", name), type=list[Sight])

    def names(self) -> list[str]:
        """Return the names of everything that can be seen, for the message when something is missing."""
        return msgspec.json.decode(self._ask("names"), type=list[str])

    def _ask(self, function: str, *arguments: str) -> str:
        answer = QMetaObject.invokeMethod(
            self._eyes,
            function,
            Qt.ConnectionType.DirectConnection,
            Q_RETURN_ARG("QString"),
            *(Q_ARG("QString", argument) for argument in arguments),
        )
        return str(answer)

    # --- finger ------------------------------------------------------------------------------------------------

    def tap(self, name: str, *, limit_s: float = 10.0) -> float:
        """Touch the item of this name once it can be touched; return when the finger came up (``perf_counter``).

        What is scrolled out of a page is brought up with the page's own button first.

        Raises:
            Lost: it did not come up in time.
        """
        item = self._standing(name, limit_s)
        if self.unhurried_ms:
            self.rest(quiet_ms=self.unhurried_ms)
        before = self._painted
        self._press(item.middle)
        if self.unhurried_ms:
            with contextlib.suppress(Lost):  # what shows no touch is let go of as soon
                self.until(lambda: True if self._painted > before else None, "a frame", limit_s=0.1)
        pressed = self.find(name)
        lifted_at = self._lift(item.middle)
        if item.button and pressed is not None and pressed.enabled and not pressed.pressed:
            window = self._window
            raise Lost(
                f"the touch of {name!r} at {item.middle.toTuple()} met something else; it stands at "
                f"{pressed.middle.toTuple()}, the window is active: {window.isActive()}, exposed: {window.isExposed()}"
            )
        return lifted_at

    def bring(self, name: str, *, limit_s: float) -> None:
        """Go down a list until the row of this name is made: what is not seen is not there.

        Raises:
            Lost: the list has no such row.
        """

        def seen() -> bool | None:
            if self.find(name) is not None:
                return True
            button = self.find("page-down")
            if button is not None and button.enabled and button.seen:
                self.touch(button.middle)
                self.rest()
            return None

        self.rest()
        self.until(seen, f"{name} in the list", limit_s=limit_s)

    def _standing(self, name: str, limit_s: float) -> Sight:
        """Return the item once it can be touched and stands where it stood a frame ago."""
        before = self.until(lambda: self._touchable(name), f"{name!r} to touch", limit_s=limit_s)
        for _ in range(FRAMES):
            self.settle()  # what has just appeared takes no touch before it is painted
            now = self.until(lambda: self._touchable(name), f"{name!r} to touch", limit_s=limit_s)
            if now.middle == before.middle:
                return now
            before = now
        raise Lost(f"{name!r} does not stand still")

    def _touchable(self, name: str) -> Sight | None:
        item = self.find(name)
        if item is None or not item.enabled:
            return None
        if item.seen:
            return item
        button = self.find("page-down" if item.lower else "page-up")
        if button is not None and button.enabled and button.seen:
            self.touch(button.middle)
            self.settle()
        return None

    def touch(self, where: QPointF) -> float:
        """Put the finger down and lift it; return when it came up, which is before anything came of it."""
        if self.unhurried_ms:
            self.rest(quiet_ms=self.unhurried_ms)
        self._press(where)
        return self._lift(where)

    def hold(self, name: str, look: Callable[[], Seen | None], what: str, *, limit_s: float = 10.0) -> Seen:
        """Put the finger on the item of this name, lift it once ``look`` sees what comes of holding it; return that.

        Raises:
            Lost: nothing came of it in time.
        """
        where = self._standing(name, limit_s).middle
        self._press(where)
        try:
            return self.until(look, what, limit_s=limit_s)
        finally:
            self._lift(where)

    # Nothing else happens while the finger is down: a machine that stood still just then would make the tap a long
    # press, and a page that is laid out just then would move what is touched from under the finger.

    def _press(self, where: QPointF) -> None:
        sequence = QTest.touchEvent(self._window, self._finger, False)  # Qt takes no name: not by itself
        sequence.press(0, where.toPoint(), self._window)
        sequence.commit(False)  # Qt takes no name: without a turn of the loop

    def _lift(self, where: QPointF) -> float:
        lifted_at = time.perf_counter()
        sequence = QTest.touchEvent(self._window, self._finger, False)
        sequence.release(0, where.toPoint(), self._window)
        sequence.commit(False)
        return lifted_at

    def drag(self, strokes: list[list[QPointF]]) -> None:
        """Draw: the finger goes down at the first point of each stroke and up at its last."""
        for stroke in strokes:
            points = [QPoint(round(point.x()), round(point.y())) for point in stroke]
            QTest.touchEvent(self._window, self._finger).press(0, points[0], self._window)
            for point in points[1:]:
                QTest.touchEvent(self._window, self._finger).move(0, point, self._window)
                QTest.qWait(MOVE_MS)
            QTest.qWait(2 * MOVE_MS)  # a finger that stops before it leaves does not fling
            QTest.touchEvent(self._window, self._finger).release(0, points[-1], self._window)

    def watch(self, look: Callable[[], bool]) -> Watch:
        """Note when ``look`` is first true of a painted frame."""
        watch = Watch(look)
        self._watches.append(watch)
        return watch

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
        patience = Patience(limit_s)
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
                patience.enough()

        patience.clock.timeout.connect(again)
        following = self._window.frameSwapped.connect(again, Qt.ConnectionType.QueuedConnection)
        patience.wait()
        self._window.frameSwapped.disconnect(following)
        if not result:
            raise Lost(f"waited {limit_s:.0f} s for {what}; on the screen: {', '.join(self.names())}{told()}")
        return result[0]

    def rest(self, *, quiet_ms: int = 60, limit_s: float = 2.0) -> None:
        """Wait until nothing was painted for a moment: transitions are over.

        The moment is counted in looks: a machine that stands still is no page that does.
        """
        seen, quiet = -1, 0

        def still() -> bool | None:
            nonlocal seen, quiet
            quiet = quiet + 1 if self._painted == seen else 0
            seen = self._painted
            return True if quiet * LOOK_MS >= quiet_ms else None

        self.settle()
        with contextlib.suppress(Lost):  # a live picture never rests
            self.until(still, "the page to stand still", limit_s=limit_s)

    def settle(self) -> None:
        """Let everything that is due happen and be painted.

        Raises:
            Lost: the window brings no frame.
        """
        try:
            painted(self._window)
        except NotPainted as error:
            raise Lost(str(error)) from error
