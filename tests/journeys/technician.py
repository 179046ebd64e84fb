"""Walks through the diagnostics mode of a real terminal: its own devices on their wires, its own screen by touch.

``python -P tests/journeys/technician.py --out DIR``, in a process of its own as Qt starts only once.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

sys.path.insert(0, str(Path(__file__).parents[2]))

from kiosk.commands.demo import Wired, screen, world
from kiosk.session.state import Stage
from kiosk.settings import Layout
from kiosk.words import Language
from ui.app import Terminal
from ui.pilot.hand import Hand

LIMIT_S = 20.0
LAZY = ("ui.models.technician.mode", "ui.models.technician.results")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layout", type=Layout, default=Layout.PORTRAIT)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, filename=given.out / "log.txt", force=True)
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="t")))
        wired = held.enter_context(world(place, Language.ZH_HANS, given.layout, pace=0))
        terminal = held.enter_context(screen(wired, given.layout))
        seen = Walk(terminal, wired, given.out).all_of_it()
    (given.out / "seen.json").write_bytes(msgspec.json.encode(seen))
    return 0


class Walk:
    """One technician with a card."""

    def __init__(self, terminal: Terminal, wired: Wired, out: Path) -> None:
        self._terminal = terminal
        self._wired = wired
        self._out = out
        self._hand = Hand(terminal.window, terminal.screen.engine)
        self._seen: dict[str, list[str]] = {}

    def all_of_it(self) -> dict[str, list[str]]:
        """Go in, look, test, report, leave; return the words of each page."""
        hand = self._hand
        hand.until(lambda: self._at(Stage.ATTRACT), "the invitation", limit_s=LIMIT_S)
        early = [name for name in LAZY if name in sys.modules]
        hand.hold("crest", lambda: hand.find("door-number"), "the door", limit_s=LIMIT_S)
        self._look("door")
        hand.tap("language")
        hand.tap("language")
        self._wired.do("card", "tap", card="technician")
        hand.until(self._verdict, "a verdict", limit_s=LIMIT_S)
        self._look("overview")
        hand.tap("device-printer")
        hand.until(lambda: hand.find("device-state"), "the printer", limit_s=LIMIT_S)
        self._look("device")
        hand.tap("back")
        hand.tap("tests")
        hand.tap("run-disk.state")
        hand.until(lambda: hand.find("verdict-words"), "a result", limit_s=LIMIT_S)
        hand.until(lambda: None if hand.find("measure-disk.free") is None else True, "its measures", limit_s=LIMIT_S)
        self._look("result")
        hand.tap("back")
        hand.tap("back")
        hand.tap("report")
        hand.until(lambda: hand.find("code"), "the code of the report", limit_s=LIMIT_S)
        self._look("report")
        hand.tap("back")
        hand.tap("audit")
        hand.until(lambda: hand.find("chain"), "the audit", limit_s=LIMIT_S)
        self._look("audit")
        self._wired.do("card", "remove")
        hand.tap("leave")
        hand.tap("leave-now")
        hand.until(lambda: True if hand.find("technician") is None else None, "the invitation", limit_s=LIMIT_S)
        hand.tap("start")
        hand.until(lambda: self._at(Stage.FIND), "the services", limit_s=LIMIT_S)
        hand.tap("home")
        hand.until(lambda: self._at(Stage.ATTRACT), "the invitation", limit_s=LIMIT_S)
        QTest.keyClick(
            self._terminal.window,
            Qt.Key.Key_D,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier,
        )
        hand.tap("back", limit_s=LIMIT_S)
        hand.until(lambda: True if hand.find("technician") is None else None, "the invitation", limit_s=LIMIT_S)
        return {**self._seen, "early": early}

    def _verdict(self) -> bool | None:
        said = [sight.text for sight in self._hand.below("technician")]
        return True if any(word in said for word in ("可以服务", "部分可用", "不能服务")) else None

    def _at(self, stage: Stage) -> bool | None:
        screen_now = self._terminal.screen
        return True if screen_now.session.stage is stage and screen_now.shown_is_current else None

    def _look(self, name: str) -> None:
        self._hand.rest()
        self._seen[name] = [sight.text for sight in self._hand.below("technician") if sight.text]
        self._hand.picture().save(str(self._out / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
