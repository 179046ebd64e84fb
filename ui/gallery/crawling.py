"""Measures every page in a mode: words cut off or outside, targets too small or over each other, words too pale.

What is measured is what is on the screen: places and sizes in QML (``Ruler.qml``), colours in the picture.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Q_RETURN_ARG, QMetaObject, QObject, Qt, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtQml import QQmlComponent

from kiosk.catalogue import Catalogue, load
from kiosk.settings import ASSETS
from ui.gallery.every import EVERY
from ui.gallery.modes import KEY, Mode, every
from ui.gallery.stage import Stage
from ui.theme.palette import HIGH_CONTRAST, TEXT_CONTRAST, contrast

RULER: Final = Path(__file__).with_name("Ruler.qml")
COVERED: Final = frozenset({"attract-night"})
"""Behind the cover of the night nothing is to be read: a touch takes it away."""
_GRAIN: Final = 3
"""Every so many pixels the ground of words is looked at, each way."""
_STROKE: Final = 0.93
"""Of the demanded ratio: strokes are smoothed at their edges, and no pixel of a thin one is quite its colour."""


class Crawler:
    """Goes through pages in one mode; one stage for all of them.

    Args:
        mode: How they are shown.
        catalogue: Loaded already.
    """

    def __init__(self, mode: Mode, catalogue: Catalogue) -> None:
        self._mode = mode
        self.stage = Stage(
            language=mode.language, layout=mode.layout, preferences=mode.preferences, catalogue=catalogue
        )
        component = QQmlComponent(self.stage.engine, QUrl.fromLocalFile(str(RULER)))
        ruler = component.createWithInitialProperties({"root": self.stage.window.contentItem()})
        if not isinstance(ruler, QObject):
            raise RuntimeError(component.errorString())  # noqa: TRY004  # what QML says, not a wrong argument
        ruler.setParent(self.stage.engine)
        self._ruler = ruler

    def crawl(self, scenes: Iterable[str], *, colours: bool = True) -> Iterator[tuple[str, str]]:
        """Yield scene and fault for all that is wrong.

        Args:
            scenes: Of ``EVERY``.
            colours: Whether to look at the colours, too; takes as long again.
        """
        for scene in scenes:
            self.stage.show(scene)
            faults = [fault for fault in self._ask("faults").split("\n") if fault]
            if colours and scene not in COVERED:
                faults += self._pale(self.stage.picture())
            yield from ((scene, fault) for fault in faults)

    def close(self) -> None:
        """Let go of the stage."""
        self.stage.close()

    def _pale(self, picture: QImage) -> list[str]:
        """Return the words that have too little contrast with what they stand on in the picture.

        Source: WCAG 2.2, 1.4.3 and 1.4.6; large text is held to the same.
        """
        least = HIGH_CONTRAST if self._mode.high_contrast else TEXT_CONTRAST
        found: list[str] = []
        for words in json.loads(self._ask("words")):
            ground = _ground(picture, words["x"], words["y"], words["width"], words["height"])
            if ground is None:
                continue
            ratio = contrast(words["color"], ground)
            if ratio < least * _STROKE:
                found.append(f"「{words['text']}」 {words['color']} on {ground} has {ratio:.1f}:1")
        return found

    def _ask(self, function: str) -> str:
        return str(
            QMetaObject.invokeMethod(self._ruler, function, Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QString"))
        )


def _ground(picture: QImage, x: float, y: float, width: float, height: float) -> str | None:
    """Return the colour that most of a place has, ``#rrggbb``; None: it is not on the picture."""
    left, top = max(0, round(x)), max(0, round(y))
    right, bottom = min(picture.width(), round(x + width)), min(picture.height(), round(y + height))
    seen = Counter(
        picture.pixel(column, row) for row in range(top, bottom, _GRAIN) for column in range(left, right, _GRAIN)
    )
    return QColor(seen.most_common(1)[0][0]).name() if seen else None


def main() -> int:
    """Measure every page in its modes: a line for each fault and each mode; return 1 when something is wrong."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--all", action="store_true", help="all combinations; otherwise the key ones")
    parser.add_argument("modes", metavar="MODE", nargs="*", help="as pictures are called: bank-en-elder-low-reach")
    arguments = parser.parse_args()
    known = {mode.name: mode for mode in every()}
    unknown = sorted(set(arguments.modes) - known.keys())
    if unknown:
        parser.error(f"no such mode: {', '.join(unknown)}; there are: {', '.join(known)}")
    chosen = [known[name] for name in arguments.modes] or (list(known.values()) if arguments.all else list(KEY))
    catalogue = load(ASSETS / "catalogue")
    wrong = 0
    for mode in chosen:
        began = time.monotonic()
        crawler = Crawler(mode, catalogue)
        faults = 0
        for scene, fault in crawler.crawl(sorted(EVERY)):
            faults += 1
            sys.stdout.write(f"{mode.name} {scene}: {fault}\n")
        crawler.close()
        wrong += faults
        spent_s = time.monotonic() - began
        sys.stdout.write(f"{mode.name}: {len(EVERY)} scenes, {faults or 'no'} faults, {spent_s:.0f} s\n")
        sys.stdout.flush()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
