"""Every frame of the real terminal on a journey: what a tap shows first, how smoothly pages come, what stands still.

Runs in a process of its own on an X screen, drawn by software; prints JSON. Touches come in as Qt has them from a touch
panel. A frame counts when it was given to the X server (``frameSwapped``).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtQuick import QQuickWindow

from .measuring import pss_mb

if TYPE_CHECKING:
    from kiosk.commands.demo import Wired
    from ui.app import Terminal

QUIET_S: Final = 0.04
"""Nothing moved for so long before a touch: the next frame is its doing."""
COMES_S: Final = 0.18
"""A page slides into its place within this time of its first frame (``Theme.motion``)."""
AFTER_S: Final = 0.4
"""What moves within this time after a touch is a transition."""
TOGETHER_S: Final = 0.1
"""Frames further apart belong to different motions."""
LEAST_FRAMES: Final = 4
NO_ANSWER_S: Final = 0.1
"""A finger that shows nothing, as on a list that could be scrolled, is lifted after this time."""
BEAT_MS: Final = 4
TYPED: Final = "新生儿"
TYPING: Final = "typing"


class Recorder(QObject):
    """Notes touches and frames of a window, and how long its thread was deaf.

    Args:
        window: Painted already.
        place: Tells one page from the next; asked with every frame.
    """

    def __init__(self, window: QQuickWindow, place: Callable[[], object]) -> None:
        super().__init__(window)
        self._place = place
        self._was = place()
        self.arrivals: list[float] = []
        """First frames of pages."""
        self.presses: list[float] = []
        self.lifts: list[float] = []
        self.frames: list[float] = []
        self.spent: dict[float, float] = {}
        """Processor time of the thread at each touch and frame: a busy machine changes it little."""
        self.beats: list[tuple[float, float]] = []
        """When the thread answered again, and since when it had not."""
        self._beat = time.perf_counter()
        self._pulse = QTimer(self)
        self._pulse.setTimerType(Qt.TimerType.PreciseTimer)
        self._pulse.setInterval(BEAT_MS)
        self._pulse.timeout.connect(self._beats)
        self._pulse.start()
        window.installEventFilter(self)
        window.frameSwapped.connect(self._swapped)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Note touches; let everything pass."""
        if event.type() is QEvent.Type.TouchBegin:
            self.presses.append(time.perf_counter())
        elif event.type() is QEvent.Type.TouchEnd:
            self.lifts.append(time.perf_counter())
            self.spent[self.lifts[-1]] = time.thread_time()
        return False

    def _swapped(self) -> None:
        self.frames.append(time.perf_counter())
        self.spent[self.frames[-1]] = time.thread_time()
        now = self._place()
        if now != self._was:
            self._was = now
            self.arrivals.append(self.frames[-1])

    def _beats(self) -> None:
        now = time.perf_counter()
        self.beats.append((now, self._beat))
        self._beat = now

    def told(self) -> dict[str, list[float]]:
        """Return what was seen, in milliseconds and frames a second."""
        motions = [self._motion(at) for at in self.lifts]
        coming = [[frame for frame in self.frames if at <= frame <= at + COMES_S] for at in self.arrivals]
        runs = [run for run in coming if len(run) >= LEAST_FRAMES]
        return {
            "work": [
                1000 * (self.spent[run[0]] - self.spent[at]) for at, run in zip(self.lifts, motions, strict=True) if run
            ],
            "tap": [1000 * each for each in self._first_frames()],
            "rate": [(len(run) - 1) / (run[-1] - run[0]) for run in runs],
            "gap": [1000 * max(self._gaps(run)) for run in runs],
            "deaf": [1000 * self._deaf(at, run[-1]) for at, run in zip(self.lifts, motions, strict=True) if run],
        }

    def _first_frames(self) -> Iterator[float]:
        """Yield how long each touch was without an answer, of those before which nothing moved."""
        for at in self.presses:
            before = max((each for each in self.frames if each < at), default=0.0)
            after = min((each for each in self.frames if each >= at), default=None)
            if after is not None and at - before > QUIET_S and after - at < NO_ANSWER_S:
                yield after - at

    def _motion(self, at: float) -> list[float]:
        """Return the frames that follow a finger that came up, until nothing moves any more."""
        run: list[float] = []
        for frame in self.frames:
            if at <= frame <= at + AFTER_S:
                if run and frame - run[-1] > TOGETHER_S:
                    break
                run.append(frame)
        return run

    def _deaf(self, first: float, last: float) -> float:
        """Return the longest time between two moments in which the thread answered nothing."""
        return max(
            (ended - begun for ended, begun in self.beats if first <= ended <= last + BEAT_MS / 1000), default=0.0
        )

    @staticmethod
    def _gaps(run: list[float]) -> list[float]:
        return [after - before for before, after in itertools.pairwise(run)]


@contextmanager
def terminal_on(display: str, wired: Wired, width: int, height: int) -> Iterator[Terminal]:
    """Open the terminal on an X screen; once a process, as Qt starts only once."""
    from ui import app

    os.environ.update(wired.environ)
    os.environ.update({"QT_QPA_PLATFORM": "xcb", "DISPLAY": display, "QT_QUICK_BACKEND": "software"})
    terminal = app.open_terminal(wired.settings, state_dir=wired.state, runtime_dir=wired.runtime, full_screen=False)
    terminal.window.setGeometry(0, 0, width, height)
    terminal.window.requestActivate()
    try:
        yield terminal
    finally:
        terminal.close()


def _seen(display: str, name: str) -> dict[str, list[float]]:
    """Play one journey, or type; return what was seen of it."""
    from kiosk.commands.demo import JOURNEYS, world
    from kiosk.session.state import Stage
    from kiosk.settings import Layout, Timings
    from kiosk.words import Language
    from ui.pilot import load_journeys, play
    from ui.pilot.hand import Hand

    Hand.unhurried_ms = round(2000 * QUIET_S)
    patient = Timings(idle_s=900, session_limit_s=14_400)
    width, height = Layout.PORTRAIT.size_px
    with (
        tempfile.TemporaryDirectory(prefix="bench-ui-") as place,
        world(Path(place), Language.ZH_HANS, Layout.PORTRAIT, timings=patient, pace=0.0) as wired,
        terminal_on(display, wired, width, height) as terminal,
    ):
        _until_painted(terminal)
        if name == TYPING:
            return _type(terminal)
        recorder = Recorder(terminal.window, lambda: terminal.screen.session.stage)
        out = Path(place) / "pictures"
        out.mkdir()
        played = play(terminal, load_journeys(JOURNEYS)[name], wired, out)
        pages = [(step.page, step.painted_ms) for step in played.steps if step.painted_ms is not None]
        question = [ms for page, ms in pages if page is Stage.QUESTION]
        memory = pss_mb([os.getpid()])
        return recorder.told() | {"page": [ms for _, ms in pages], "question": question, "memory": [memory]}


def _until_painted(terminal: Terminal) -> None:
    from ui.painting import painted

    painted(terminal.window, limit_s=60)


def _type(terminal: Terminal) -> dict[str, list[float]]:
    """Look for a service by typing its name in Pinyin; return what was seen of the keys."""
    from kiosk.session.state import Stage
    from ui.pilot.hand import Hand
    from ui.pilot.typing import Typist

    hand = Hand(terminal.window, terminal.screen.engine)

    def found() -> bool | None:
        up = terminal.screen.session.stage is Stage.FIND and terminal.screen.shown_is_current
        return True if up else None

    hand.tap("start")
    hand.until(found, "the services", limit_s=20)
    hand.tap("browse-search")
    hand.tap("field")
    typist = Typist(hand)
    typist.type(TYPED)  # the keyboard is loaded, and its dictionary read
    recorder = Recorder(terminal.window, lambda: terminal.screen.session.stage)
    typist.type(TYPED)
    hand.rest()
    return recorder.told()


def main() -> None:
    """Play the journey in this process and print what was seen as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--display", required=True)
    parser.add_argument("journey", help=f"by its id, or {TYPING}")
    given = parser.parse_args()
    told = json.dumps(_seen(given.display, given.journey))
    sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
