"""A technician before the real layer, and the touch panel between them with whatever is wrong with it."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.bench.border import Order, QtScreen
from ui.bench.views import Kind
from ui.gallery.bench import BenchStage
from ui.painting import painted

LIMIT_MS = 20_000

Felt = Callable[[float, float], tuple[float, float] | None]
"""What the panel makes of a place in pixels; None: it feels nothing there."""


class Hands(QObject):
    """Does what the layer shows, as fingers on a panel; looks at the picture alone."""

    def __init__(
        self,
        stage: BenchStage,
        felt: Felt = lambda x, y: (x, y),
        *,
        step_mm: float = 4.0,
        fingers: int = 2,
        ghosts: int = 0,
        blind: bool = False,
        idle: bool = False,
    ) -> None:
        super().__init__(stage.bench)  # which keeps it alive
        self._stage, self._felt, self._mm = stage, felt, stage.pixels_per_mm
        self._step, self._most, self._ghosts, self._blind = step_mm, fingers, ghosts, blind
        self._device = QTest.createTouchDevice()
        self._point = 0
        self.seen: list[str] = []
        if not idle:
            stage.bench.ordered.connect(self._do)

    def _do(self, order: Order) -> None:
        view = self._stage.surface.model.view
        self.seen.append(order.call)
        target = view.target
        middle = (target.x + target.width / 2, target.y + target.height / 2)
        match view.kind:
            case Kind.CROSS:
                self.draw([middle])
            case Kind.LANE:
                across, down = math.cos(math.radians(view.turned)), math.sin(math.radians(view.turned))
                count = max(2, round(target.width / self._mm / self._step))
                way = [target.width * at / count for at in range(count + 1)]
                self.draw([(target.x + across * far, middle[1] + down * far) for far in way])
            case Kind.FINGERS:
                self.lay(self._most)
            case Kind.NOBODY:
                for ghost in range(self._ghosts):
                    self.draw([(100.0 + ghost, 100.0)])
            case Kind.FLASH:
                for _ in range(order.given[0]):
                    self.draw([(200.0, 200.0)])
                    painted(self._stage.window)
            case Kind.PATTERN:
                self._pick()

    def draw(self, way: list[tuple[float, float]], *, lift: bool = True) -> None:
        """Draw a finger along places; the panel lifts it wherever it feels nothing."""
        down: QPoint | None = None
        for x, y in way:
            told = self._felt(x, y)
            if told is None:
                self._up(down)
                down = None
                continue
            place = QPoint(round(told[0]), round(told[1]))
            if down is None:
                self._point += 1
                self._events().press(self._point, place, self._stage.window).commit()
            else:
                self._events().move(self._point, place, self._stage.window).commit()
            down = place
        if lift:
            self._up(down)

    def lift(self, place: QPoint) -> None:
        """Lift the finger that ``draw`` left."""
        self._up(place)

    def lay(self, count: int) -> None:
        """Lay fingers down, one a moment after the other, and lift them likewise."""
        felt = [self._felt(300.0 + 200 * number, 600.0) for number in range(count)]
        places = [QPoint(round(place[0]), round(place[1])) for place in felt if place is not None]
        count = len(places)
        for number, place in enumerate(places):
            events = self._events()
            for earlier in range(number):
                events.stationary(earlier)
            events.press(number, place, self._stage.window).commit()
        for number, place in enumerate(places):
            events = self._events()
            for later in range(number + 1, count):
                events.stationary(later)
            events.release(number, place, self._stage.window).commit()

    def _pick(self) -> None:
        picture = self._stage.picture()
        found = None if self._blind else differs(picture)
        if found is None:
            none = self._stage.surface.model.view.bar.none  # type: ignore[union-attr]  # a pattern to pick from has one
            found = (none.x + none.width / 2, none.y + none.height / 2)
        self.draw([found])

    def _up(self, place: QPoint | None) -> None:
        if place is not None:
            self._events().release(self._point, place, self._stage.window).commit()

    def _events(self) -> Any:
        return QTest.touchEvent(self._stage.window, self._device, False)


def differs(picture: QImage) -> tuple[float, float] | None:
    """Return the middle of what has another colour than the ground, as an eye finds it in the picture alone."""
    dots = pixels(picture)
    edge = round(0.13 * len(dots))  # the words are above or below
    clear = dots[edge:-edge]
    colours, counts = np.unique(clear, return_counts=True)
    places = np.argwhere(clear != colours[counts.argmax()])
    if not len(places):
        return None
    y, x = places.mean(axis=0)
    return float(x), float(y) + edge


def pixels(picture: QImage) -> NDArray[np.uint32]:
    """Return the pixels of a picture, row by row, as ``0xffrrggbb``."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(np.frombuffer(plain.constBits(), np.uint32).reshape(plain.height(), plain.width()))


def at_the_core(qtbot: QtBot, make: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine as the core thread does, while Qt runs here; return what it returns."""
    with ThreadPoolExecutor(1, "core") as core:
        running = core.submit(asyncio.run, make)
        qtbot.waitUntil(running.done, timeout=LIMIT_MS)
    return running.result()


@contextlib.contextmanager
def opened(**wanted: Any) -> Iterator[BenchStage]:
    """Open a window for tests of the screen."""
    stage = BenchStage(**wanted)
    try:
        yield stage
    finally:
        stage.close()


async def tried(test: str, stage: BenchStage, tmp_path: Path, **more: Any) -> Any:
    """Run a real test of diagnostics on the layer."""
    from datetime import UTC, datetime

    from kiosk import settings as settings_of
    from kiosk.diagnostics.bench import Question, Workbench
    from kiosk.diagnostics.running import run

    class Technician:
        async def answer(self, question: Question) -> str:
            return ""

    bench = Workbench(
        settings=settings_of.load(settings_of.PROFILES / "simulated.toml"),
        devices={},
        state_dir=tmp_path,
        screen=QtScreen(stage.bench),
        technician=Technician(),
        now=lambda: datetime.now(UTC),
        **more,
    )
    return await run(test, bench, lambda _: None)
