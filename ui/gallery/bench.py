"""What tests of the screen show, on a window with nothing else in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import shiboken6
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk.diagnostics.bench import Pattern, Progress, Spot
from kiosk.diagnostics.visit import Place, Visit, Where
from kiosk.settings import Layout
from kiosk.words import Language
from ui.bench.border import Bench, Order
from ui.bench.surface import Surface
from ui.gallery.stage import DIAGONAL_MM, ROOT
from ui.painting import painted
from ui.theme import Look, add_image_providers, apply_look

PAYLOAD: Final = "KIOSK-TEST-0123456789abcdef01234567"
PIXELS: Final = Pattern(colour="#000000", columns=4, rows=6, odd=9, odd_colour="#ffffff", odd_px=2)
LIGHT: Final = Pattern(colour="#808080", columns=4, rows=6, odd=14, odd_colour="#8a8a8a")
LANES: Final = {
    "lane-across": ((0.05, 0.5), (0.95, 0.5)),
    "lane-down": ((0.5, 0.03), (0.5, 0.97)),
    "lane-falling": ((0.05, 0.05), (0.95, 0.95)),
    "lane-rising": ((0.95, 0.05), (0.05, 0.95)),
    "edge-left": ((0.5, 0.5), (0.0, 0.5)),
    "edge-lower": ((0.5, 0.5), (0.5, 1.0)),
}


COUNT: Final = {"number": "3", "of": "4"}
TARGET_MM: Final = 12.7


class BenchStage:
    """A window with nothing in it but what tests show.

    Args:
        language: BCP 47 tag: ``zh-Hans`` or ``en``.
        layout: ``portrait``, ``landscape`` or ``bank``.
        scale: Smaller than the panel, as a whole.
        reduced_motion: Nothing moves by itself.
        stop: Called when somebody stops a test here.
    """

    def __init__(
        self,
        *,
        language: str = "zh-Hans",
        layout: str = "portrait",
        scale: float = 1.0,
        reduced_motion: bool = False,
        stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication([])
        shape = Layout(layout)
        width, height = shape.size_px
        self.pixels_per_mm = scale * (width**2 + height**2) ** 0.5 / DIAGONAL_MM[shape]
        self.window = QQuickWindow()
        self.window.resize(round(scale * width), round(scale * height))
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(ROOT))
        add_image_providers(self.engine)
        look = Look(pixels_per_mm=self.pixels_per_mm, language=language, reduced_motion=reduced_motion)
        apply_look(self.engine, look)
        self.bench = Bench(pixels_per_mm=self.pixels_per_mm, stop=stop)
        self.bench.attach(self.window, self.engine)
        self._language = Language(language)
        self._number = 0
        self.window.show()
        self.says()

    @property
    def surface(self) -> Surface:
        """What shows tests."""
        return self.bench.surface

    def says(self, say: str = "", place: Place = Place.RUNNING, **values: str) -> None:
        """Have the test say what is to be done now."""
        progress = Progress(test="touch.grid", share=0.5, say=say, values=values)
        path = (Where(place=Place.OVERVIEW), Where(place=place))
        self.bench.see(Visit(path=path, operator="T0042", language=self._language, progress=progress))

    def wants(self, call: str, *given: Any) -> list[object]:
        """Give an order as a test does; return where the answer will be, or the words of a refusal."""
        told: list[object] = []
        self._number += 1
        order = Order(number=self._number, call=call, given=given, answer=told.append, refuse=told.append)
        self.bench.ordered.emit(order)
        return told

    def show(self, name: str) -> QQuickWindow:
        """Show the scene ``name`` and return its window, painted."""
        SCENES[name](self)
        self.picture()
        return self.window

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""
        painted(self.window)
        return self.window.grabWindow()

    def close(self) -> None:
        """Let go of everything, at once."""
        self.bench.close()
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)


Tell = Callable[[BenchStage], object]


def _saying(key: str, call: str, *given: Any, **values: str) -> Tell:
    def show(stage: BenchStage) -> object:
        stage.says(key, Place.RUNNING, **values)
        return stage.wants(call, *given)

    return show


def _at(stage: BenchStage, share: tuple[float, float]) -> Spot:
    width, height = (side / stage.pixels_per_mm for side in (stage.window.width(), stage.window.height()))
    return Spot(x_mm=share[0] * width, y_mm=share[1] * height)


def _cross(share: tuple[float, float], *, above_mm: float = 0.0) -> Tell:
    def show(stage: BenchStage) -> object:
        at = _at(stage, share)
        return _saying("touch.cross", "hit", Spot(x_mm=at.x_mm, y_mm=at.y_mm - above_mm), TARGET_MM, **COUNT)(stage)

    return show


def _lane(name: str, begin: tuple[float, float], end: tuple[float, float]) -> Tell:
    says = "touch.off-edge" if name.startswith("edge") else "touch.lane"

    def show(stage: BenchStage) -> object:
        return _saying(says, "trace", _at(stage, begin), _at(stage, end), TARGET_MM, **COUNT)(stage)

    return show


SCENES: Final[Mapping[str, Tell]] = {
    "cross": _cross((0.3, 0.6)),
    "cross-low": _cross((0.5, 1.0), above_mm=TARGET_MM),
    **{name: _lane(name, begin, end) for name, (begin, end) in LANES.items()},
    "fingers": _saying("touch.fingers", "together", 2, count="2"),
    "nobody": _saying("touch.nobody", "quiet", 60.0, seconds="60"),
    "latency": _saying("touch.often", "latency", 10, count="10"),
    "pixels": _saying("display.pick", "pick", PIXELS, **COUNT),
    "light": _saying("display.pick", "pick", LIGHT, **COUNT),
    "code": _saying("scan.screen", "show_code", PAYLOAD, 0.51, **COUNT),
}
"""What can be looked at, by name."""
