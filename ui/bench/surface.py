"""The panel under a test, on the Qt thread: shows what the test wants and takes every report while it listens."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from drivers.errors import DeviceAbsent
from kiosk.diagnostics import words
from kiosk.diagnostics.bench import Pattern, Phase, Spot, Touch
from kiosk.diagnostics.visit import Place, Visit
from kiosk.words import Language
from ui.bench import codes, placing, views
from ui.bench.border import Order
from ui.bench.listening import Choice, Everything, Hold, NextTouch
from ui.bench.model import BenchModel, FingerRow
from ui.bench.placing import Area, Rect
from ui.bench.reports import POINTING, EveryReport, Reports
from ui.bench.views import Kind, View

log = logging.getLogger(__name__)

SETTLE_MS: Final = 250
"""How long no finger may be down before a touch is over: one that the panel lost and felt again comes sooner."""
LINGER_MS: Final = 300
"""How long an empty ground stays after a call, so that the page does not flash up between one cross and the next, and a
finger that has just touched the last one touches nothing of the page."""
HOLD_MS: Final = 1000
"""How long the button that stops is held."""
NONE: Final = -1
"""No cell."""
STOP, NO_CELL = "bench.stop", "bench.none"
"""Words of the buttons, among ``labels``."""


class Surface(QObject):
    """Carries out one order at a time.

    Args:
        window: Shows the pages.
        engine: What they run in.
        pixels_per_mm: Density of the panel.
        stop: Called when somebody stops the test here.
        parent: Owner.

    Raises:
        DeviceAbsent: the layer does not load.
    """

    def __init__(
        self,
        window: QQuickWindow,
        engine: QQmlEngine,
        *,
        pixels_per_mm: float,
        stop: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._mm = pixels_per_mm
        self._stop = stop
        self._words = functools.cache(words.load)
        self._language = Language.ZH_HANS
        self.model = BenchModel(self)
        self._codes = codes.CodeProvider()
        engine.addImageProvider("bench", self._codes)
        component = QQmlComponent(engine, "ui.bench", "Bench")
        layer = component.createWithInitialProperties({"bench": self.model})
        if not isinstance(layer, QQuickItem):
            raise DeviceAbsent(component.errorString())
        layer.setParentItem(window.contentItem())
        layer.setParent(window)  # it goes with the window, and not when Python forgets it

        self._order: Order | None = None
        self._standing = views.NOTHING
        """What is shown until ``clear`` or the next call."""
        self._before = views.NOTHING
        """What to show again when the call is cancelled."""
        self._reports = Reports(pixels_per_mm)
        self._every = EveryReport()
        self._watching = False
        self._fingers: dict[int, FingerRow] = {}
        self._listening: NextTouch | Everything | Choice | _Speed | None = None
        self._hold = Hold(self._on_stop)
        self._strips = 0
        self._frames: list[Callable[[], None]] = []
        """To be done when a frame is on the screen that was begun after they were noted."""
        self._begun: list[Callable[[], None]] = []
        window.afterAnimating.connect(self._frame_begins)
        window.frameSwapped.connect(self._frame_swapped)
        self._settle = _timer(self, SETTLE_MS, self._settled)
        self._linger = _timer(self, LINGER_MS, self._lingered)
        self._patience = _timer(self, HOLD_MS, self.stop_now)
        self._quiet = _timer(self, 0, self._settled)
        self._calls: dict[str, Callable[..., None]] = {
            "hit": self._hit,
            "trace": self._trace,
            "together": self._together,
            "quiet": self._nobody,
            "latency": self._latency,
            "show": self._show,
            "pick": self._pick,
            "show_code": self._show_code,
            "clear": self._clear,
        }
        self._say("", {})

    # --- what comes from the core -----------------------------------------------------------------------------------

    def take(self, order: Order) -> None:
        """Carry out an order; one that is still under way is refused, because there is one panel."""
        if self._order is not None:
            self._order.refuse("another test wants the panel")
            self._end()
        self._linger.stop()
        self._before = self._standing
        self._order = order
        self._reports.begin()
        self._listening = None
        self._watch()
        self._calls[order.call](*order.given)

    def drop(self, number: int) -> None:
        """Nobody waits for that order any more: show what was there before it."""
        if self._order is not None and self._order.number == number:
            self._end(self._before)

    def see(self, visit: Visit) -> None:
        """Say what the test says, in the technician's language; where no test runs, nothing of one is shown."""
        self._language = visit.language
        progress = visit.progress
        self._say(progress.say if progress is not None else "", progress.values if progress is not None else {})
        if visit.place is not Place.RUNNING:
            self._give_up("the visit went on without the test")

    def close(self) -> None:
        """Give up whatever goes on."""
        self._give_up("the screen was closed")
        self._unwatch()

    def stop_now(self) -> None:
        """Somebody wants to stop: show the page at once, and tell whoever runs the test, who ends the call."""
        log.info("a test was stopped at the panel")
        self.model.hold(False)
        self._listening = None
        self._standing = self._before = views.NOTHING
        self._put(views.NOTHING)
        self._unwatch()
        self._stop()

    def _give_up(self, why: str) -> None:
        if self._order is not None:
            self._order.refuse(why)
        self._order = None
        self._listening = None
        self._standing = self._before = views.NOTHING
        self._frames, self._begun = [], []
        for timer in (self._settle, self._quiet, self._patience, self._linger):
            timer.stop()
        if self.model.view.kind is not Kind.NOTHING:
            self._lingered()

    # --- calls ------------------------------------------------------------------------------------------------------

    def _hit(self, target: Spot, size_mm: float) -> None:
        self._listening = NextTouch()
        self._put(views.cross(self._area(), target, size_mm))

    def _trace(self, begin: Spot, end: Spot, width_mm: float) -> None:
        self._listening = NextTouch()
        self._put(views.lane(self._area(), begin, end, width_mm))

    def _together(self, points: int) -> None:
        del points  # how many are asked for stands in the sentence; how many were felt is what is measured
        self._listening = NextTouch()
        self._put(views.plain(self._area(), Kind.FINGERS))

    def _nobody(self, seconds: float) -> None:
        self._listening = Everything()
        self._put(views.plain(self._area(), Kind.NOBODY))
        self._quiet.start(round(1000 * seconds))

    def _latency(self, touches: int) -> None:
        self._listening = _Speed(touches, self._reports, self._flash)
        self._put(views.plain(self._area(), Kind.FLASH))

    def _show(self, pattern: Pattern) -> None:
        self._stand(views.pattern(self._area(), pattern))

    def _pick(self, pattern: Pattern) -> None:
        area = self._area()
        self._strips += 1  # at the other edge each time, so that all of the panel is seen
        bar = placing.strip(area, below=self._strips % 2 == 1)
        mm = self._mm

        def part_at(x_mm: float, y_mm: float) -> int | None:
            x, y = x_mm * mm, y_mm * mm
            if bar.none.holds(x, y):
                return NONE
            return None if bar.card.holds(x, y) else placing.cell_at(area, pattern, x, y)

        self._listening = Choice(part_at)
        self._put(views.pattern(area, pattern, bar=bar))

    def _show_code(self, payload: str, module_mm: float) -> None:
        area = self._area()
        image = codes.draw(codes.modules(payload), module_mm * self._mm * area.ratio)
        self._stand(views.code(area, self._codes.show(image), image.width()))

    def _clear(self) -> None:
        self._standing = views.NOTHING
        self._lingered()
        self._answer(None)

    # --- how calls go on --------------------------------------------------------------------------------------------

    def _stand(self, view: View) -> None:
        """Show something until the next call, and answer once it is on the screen."""
        self._standing = view
        self._put(view)
        order = self._order

        def shown() -> None:
            if self._order is order:
                self._answer(None)

        self._after_frame(shown)

    def _answer(self, found: object) -> None:
        if self._order is not None:
            self._order.answer(found)
            self._end(self._standing if self._listening is None else views.NOTHING)

    def _end(self, then: View = views.NOTHING) -> None:
        """The order is over: show what stands now, or the page once it is clear that no other order follows."""
        self._order = None
        self._listening = None
        self._standing = then
        for timer in (self._settle, self._quiet):
            timer.stop()
        if then.kind is not Kind.NOTHING:
            self._put(then)
            self._watch()
        elif self.model.view.kind is not Kind.NOTHING:
            self._put(replace(self.model.view, target=Rect()))
            self._linger.start()

    def _lingered(self) -> None:
        self._put(views.NOTHING)
        self._codes.forget()
        self._unwatch()

    def _settled(self) -> None:
        if isinstance(self._listening, NextTouch | Everything):
            self._answer(self._listening.touches)

    def _say(self, key: str, values: dict[str, str]) -> None:
        spoken = self._words(self._language)
        self.model.say(spoken.say(key, values), spoken.label(STOP), spoken.label(NO_CELL))

    def _put(self, view: View) -> None:
        self.model.show(view)
        self._fingers.clear()

    def _area(self) -> Area:
        window = self._window
        return Area(width=window.width(), height=window.height(), mm=self._mm, ratio=window.effectiveDevicePixelRatio())

    # --- reports ----------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        if not self._watching:
            self._watching = True
            self._reports.forget()
            self._every.set(True)
            self._window.installEventFilter(self)

    def _unwatch(self) -> None:
        if self._watching:
            self._watching = False
            self._window.removeEventFilter(self)
            self._every.set(False)
            self._hold = Hold(self._on_stop)
            self._patience.stop()
            self.model.hold(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Take what comes from the panel before anything of Qt Quick sees it, and Escape from a keyboard.

        While only a code is shown, the page's own parts see it as well: the dock of a simulated terminal lies above.
        """
        del watched  # the window, always
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.stop_now()
            return True
        if kind not in POINTING:
            return False
        for touch in self._reports.read(event):
            self._feel(touch)
        if self.model.view.kind is Kind.CODE:
            return False
        event.accept()  # or Qt would make a mouse of it
        return True

    def _feel(self, touch: Touch) -> None:
        self._hold.take(touch)
        if self._hold.held != self._patience.isActive():
            _run(self._patience, on=self._hold.held)
            self.model.hold(self._hold.held)
        if touch.phase is Phase.UP:
            self._fingers.pop(touch.point, None)
        else:
            self._fingers[touch.point] = FingerRow(at_x=touch.x_mm * self._mm, at_y=touch.y_mm * self._mm)
        if self.model.view.kind not in (Kind.PATTERN, Kind.CODE):
            self.model.feel(list(self._fingers.values()))
        listening = self._listening
        if listening is None:
            return
        listening.take(touch)
        match listening:
            case NextTouch():
                _run(self._settle, on=listening.still)
            case Choice(made=int()):
                self._answer(listening.made)

    def _on_stop(self, x_mm: float, y_mm: float) -> bool:
        bar = self.model.view.bar
        return bar is not None and bar.stop.holds(x_mm * self._mm, y_mm * self._mm)

    # --- frames -----------------------------------------------------------------------------------------------------

    def _flash(self) -> None:
        """Change the picture, and note when that is on the screen."""
        listening = self._listening
        self.model.flash()

        def shown() -> None:
            if isinstance(listening, _Speed) and listening is self._listening:
                listening.shown()
                if listening.enough:
                    self._answer(listening.times)

        self._after_frame(shown)

    def _after_frame(self, do: Callable[[], None]) -> None:
        self._frames.append(do)
        self._window.update()

    def _frame_begins(self) -> None:
        self._begun += self._frames
        self._frames = []

    def _frame_swapped(self) -> None:
        begun, self._begun = self._begun, []
        for each in begun:
            each()


class _Speed:
    """Touches, and how many milliseconds each took from its report to the frame that shows it.

    Args:
        wanted: How many.
        reports: Has their clock.
        flash: Changes the picture.
    """

    def __init__(self, wanted: int, reports: Reports, flash: Callable[[], None]) -> None:
        self._wanted = wanted
        self._reports = reports
        self._flash = flash
        self._since: float | None = None
        self._times: list[float] = []

    def take(self, touch: Touch) -> None:
        """Take a report; touches that come before the frame for the one before are not measured."""
        if touch.phase is Phase.DOWN and self._since is None and not self.enough:
            self._since = touch.at_s
            self._flash()

    def shown(self) -> None:
        """The frame is on the screen."""
        if self._since is not None:
            self._times.append(1000 * (self._reports.age_s - self._since))
            self._since = None

    @property
    def enough(self) -> bool:
        """Whether there were as many as wanted."""
        return len(self._times) >= self._wanted

    @property
    def times(self) -> tuple[float, ...]:
        """In milliseconds."""
        return tuple(self._times)


def _run(timer: QTimer, *, on: bool) -> None:
    if on:
        timer.start()
    else:
        timer.stop()


def _timer(parent: QObject, limit_ms: int, do: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(limit_ms)
    timer.timeout.connect(do)
    return timer
