"""``python -m ui.gallery.bench --out DIR``: what tests of the screen show, as pictures."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path
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


class BenchStage:
    """A window with nothing in it but what tests show.

    Args:
        language: BCP 47 tag: ``zh-Hans`` or ``en``.
        layout: ``portrait``, ``landscape`` or ``bank``.
        stop: Called when somebody stops a test here.
    """

    def __init__(
        self, *, language: str = "zh-Hans", layout: str = "portrait", stop: Callable[[], None] = lambda: None
    ) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication([])
        shape = Layout(layout)
        width, height = shape.size_px
        self.pixels_per_mm = (width**2 + height**2) ** 0.5 / DIAGONAL_MM[shape]
        self.window = QQuickWindow()
        self.window.resize(width, height)
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(ROOT))
        add_image_providers(self.engine)
        apply_look(self.engine, Look(pixels_per_mm=self.pixels_per_mm, language=language))
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

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""
        painted(self.window)
        return self.window.grabWindow()

    def close(self) -> None:
        """Let go of everything, at once."""
        self.bench.close()
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)


def scenes(stage: BenchStage) -> dict[str, Callable[[], object]]:
    """Return what can be drawn, by name."""
    width, height = (side / stage.pixels_per_mm for side in (stage.window.width(), stage.window.height()))
    count = {"number": "3", "of": "4"}

    def at(share: tuple[float, float]) -> Spot:
        return Spot(x_mm=share[0] * width, y_mm=share[1] * height)

    def saying(key: str, call: str, *given: Any, **values: str) -> Callable[[], object]:
        def show() -> object:
            stage.says(key, Place.RUNNING, **values)
            return stage.wants(call, *given)

        return show

    lanes = {
        name: saying(
            "touch.off-edge" if name.startswith("edge") else "touch.lane", "trace", at(a), at(b), 12.7, **count
        )
        for name, (a, b) in LANES.items()
    }
    return {
        "cross": saying("touch.cross", "hit", at((0.3, 0.6)), 12.7, **count),
        "cross-low": saying("touch.cross", "hit", Spot(x_mm=width / 2, y_mm=height - 12.7), 12.7, **count),
        **lanes,
        "fingers": saying("touch.fingers", "together", 2, count="2"),
        "nobody": saying("touch.nobody", "quiet", 60.0, seconds="60"),
        "latency": saying("touch.often", "latency", 10, count="10"),
        "pixels": saying("display.pick", "pick", PIXELS, **count),
        "light": saying("display.pick", "pick", LIGHT, **count),
        "code": saying("scan.screen", "show_code", PAYLOAD, 0.51, **count),
    }


def draw(out: Path, names: list[str], *, language: str, layout: str) -> int:
    """Draw scenes into ``out``; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    stage = BenchStage(language=language, layout=layout)
    every = scenes(stage)
    for name in names or list(every):
        every[name]()
        stage.picture().save(str(out / f"bench-{name}-{layout}-{language}.png"))
    stage.close()
    return len(names or every)


def main() -> int:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m ui.gallery.bench", description="tests of the screen as pictures")
    parser.add_argument("scenes", nargs="*", help="all of them when none is named")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--language", choices=("zh-Hans", "en"), default="zh-Hans")
    parser.add_argument("--layout", choices=[str(layout) for layout in Layout], default="portrait")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    return 0 if draw(given.out, given.scenes, language=given.language, layout=given.layout) else 1


if __name__ == "__main__":
    raise SystemExit(main())
