"""The border between the core thread, where tests run, and the Qt thread, where the panel is.

A call of a test becomes an order: a queued signal carries it over, a future brings back what came of it. Who cancels
the call drops the order. Nothing here waits, and nothing that a first page does not need is imported.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from drivers.errors import DeviceAbsent

if TYPE_CHECKING:
    # named, not used: imported once a test wants the panel
    import asyncio

    from PySide6.QtQml import QQmlEngine
    from PySide6.QtQuick import QQuickWindow

    from kiosk.diagnostics.bench import Panel, Pattern, Recording, Spot, Touch
    from kiosk.diagnostics.visit import Visit
    from ui.bench.sound import Speaker
    from ui.bench.surface import Surface

SOUNDS: Final = frozenset({"beep", "listen"})
"""Orders for the loudspeaker and the microphone; the others are for the panel."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Order:
    """A call of a test, on the Qt thread. It is answered or refused once; more is not heard."""

    number: int
    call: str
    """Name of the method of ``ScreenBench`` or ``SoundBench``."""
    given: tuple[Any, ...]
    """What it was called with."""
    answer: Callable[[object], None]
    refuse: Callable[[str], None]
    """With ``DeviceAbsent``, of this detail."""


class Bench(QObject):
    """Takes the orders of the core thread; lives on the Qt thread.

    Args:
        pixels_per_mm: Density of the panel, as pages are drawn with.
        stop: Called when somebody stops the test at the panel.
        parent: Owner.
    """

    ordered = Signal(object)
    """An ``Order``; emitted on the core thread, arrives on the Qt thread."""
    dropped = Signal(int)
    """Nobody waits for the order of that number any more; likewise."""

    def __init__(
        self, *, pixels_per_mm: float, stop: Callable[[], None] = lambda: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._mm = pixels_per_mm
        self._stop = stop
        self._window: QQuickWindow | None = None
        self._engine: QQmlEngine | None = None
        self._visit: Visit | None = None
        self._surface: Surface | None = None
        self._speaker: Speaker | None = None
        self._panel: Panel | None = None
        self.ordered.connect(self._order)
        self.dropped.connect(self._drop)

    def attach(self, window: QQuickWindow, engine: QQmlEngine) -> None:
        """Know the window that shows the pages, and what they run in."""
        self._window, self._engine = window, engine

    @property
    def panel(self) -> Panel:
        """The screen as the system describes it; read from any thread.

        Raises:
            DeviceAbsent: there is no window yet, and no technician either.
        """
        if self._panel is None:
            raise DeviceAbsent("no window is open")
        return self._panel

    @property
    def surface(self) -> Surface:
        """What shows tests on the panel; made when it is first asked for.

        Raises:
            DeviceAbsent: there is no window.
        """
        if self._surface is None:
            if self._window is None or self._engine is None:
                raise DeviceAbsent("no window is open")
            from ui.bench.surface import Surface

            self._surface = Surface(self._window, self._engine, pixels_per_mm=self._mm, stop=self._stop, parent=self)
            if self._visit is not None:
                self._surface.see(self._visit)
        return self._surface

    def see(self, visit: Visit) -> None:
        """Take notice of how the technician's visit is: its language, what the test says, whether one runs."""
        self._visit = visit
        if self._window is not None and visit.operator:
            from ui.bench.panels import describe

            self._panel = describe(self._window, self._mm)
        if self._surface is not None:
            self._surface.see(visit)

    def close(self) -> None:
        """Give up whatever goes on; before the pages are closed."""
        for each in (self._surface, self._speaker):
            if each is not None:
                each.close()
        self._surface = self._speaker = self._window = self._engine = None

    def _order(self, order: Order) -> None:
        try:
            if order.call in SOUNDS:
                if self._speaker is None:
                    from ui.bench.sound import Speaker

                    self._speaker = Speaker(self)
                self._speaker.take(order)
            else:
                self.surface.take(order)
        except DeviceAbsent as error:
            order.refuse(error.detail)

    def _drop(self, number: int) -> None:
        for each in (self._surface, self._speaker):
            if each is not None:
                each.drop(number)


class _Caller:
    """Makes calls of the core thread into orders."""

    _numbers = itertools.count(1)

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def _order(
        self, call: str, given: tuple[Any, ...], answer: Callable[[object], None], refuse: Callable[[str], None]
    ) -> int:
        number = next(self._numbers)
        self._bench.ordered.emit(Order(number=number, call=call, given=given, answer=answer, refuse=refuse))
        return number

    async def _call(self, call: str, *given: Any) -> Any:
        import asyncio

        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Any] = loop.create_future()

        def answer(value: object) -> None:
            _settle(waiting, lambda: waiting.set_result(value))

        def refuse(detail: str) -> None:
            _settle(waiting, lambda: waiting.set_exception(DeviceAbsent(detail)))

        number = self._order(call, given, answer, refuse)
        try:
            return await waiting
        except asyncio.CancelledError:
            self._bench.dropped.emit(number)
            raise


class QtScreen(_Caller):
    """The panel as tests on the core thread use it: a ``kiosk.diagnostics.bench.ScreenBench``."""

    @property
    def panel(self) -> Panel:
        """See ``ScreenBench.panel``."""
        return self._bench.panel

    async def hit(self, target: Spot, size_mm: float) -> tuple[Touch, ...]:
        """See ``ScreenBench.hit``."""
        found: tuple[Touch, ...] = await self._call("hit", target, size_mm)
        return found

    async def trace(self, begin: Spot, end: Spot, width_mm: float) -> tuple[Touch, ...]:
        """See ``ScreenBench.trace``."""
        found: tuple[Touch, ...] = await self._call("trace", begin, end, width_mm)
        return found

    async def together(self, points: int) -> tuple[Touch, ...]:
        """See ``ScreenBench.together``."""
        found: tuple[Touch, ...] = await self._call("together", points)
        return found

    async def quiet(self, seconds: float) -> tuple[Touch, ...]:
        """See ``ScreenBench.quiet``."""
        found: tuple[Touch, ...] = await self._call("quiet", seconds)
        return found

    async def latency(self, touches: int) -> tuple[float, ...]:
        """See ``ScreenBench.latency``."""
        found: tuple[float, ...] = await self._call("latency", touches)
        return found

    async def show(self, pattern: Pattern) -> None:
        """See ``ScreenBench.show``."""
        await self._call("show", pattern)

    async def pick(self, pattern: Pattern) -> int:
        """See ``ScreenBench.pick``."""
        found: int = await self._call("pick", pattern)
        return found

    async def show_code(self, payload: str, module_mm: float) -> None:
        """See ``ScreenBench.show_code``."""
        await self._call("show_code", payload, module_mm)

    async def clear(self) -> None:
        """See ``ScreenBench.clear``.

        It is ordered and not waited for: a test clears the panel at its very end too, when the terminal closes and the
        Qt thread waits for the core.
        """
        self._order("clear", (), lambda _: None, lambda _: None)


class QtSound(_Caller):
    """Loudspeaker and microphone as tests on the core thread use them: a ``kiosk.diagnostics.bench.SoundBench``."""

    async def beep(self, count: int, hertz: float) -> None:
        """See ``SoundBench.beep``."""
        await self._call("beep", count, hertz)

    async def listen(self, seconds: float) -> Recording | None:
        """See ``SoundBench.listen``."""
        heard: Recording | None = await self._call("listen", seconds)
        return heard


def _settle(waiting: asyncio.Future[Any], give: Callable[[], None]) -> None:
    """Give a future of another thread what it waits for; a cancelled one and an ended loop want nothing any more."""
    import contextlib

    def given() -> None:
        if not waiting.done():
            give()

    with contextlib.suppress(RuntimeError):
        waiting.get_loop().call_soon_threadsafe(given)
