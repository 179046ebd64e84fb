"""Plants a person, sends them away in one way, and looks for them everywhere: on the screen, in memory, in files.

``python -P tests/journeys/left_behind.py --way goodbye --out DIR``, in a process of its own as Qt starts only once.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import logging
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QSize

sys.path.insert(0, str(Path(__file__).parents[2]))

from drivers.simulated.people import load_people
from kiosk.commands.demo import JOURNEYS, Wired, screen, world
from kiosk.session.state import Session, Stage
from kiosk.settings import Layout, Timings
from kiosk.words import Language
from ui.app import Terminal
from ui.models.page import PageModel
from ui.models.rows import Rows

SOON = Timings(idle_s=6, warning_s=3, session_limit_s=300, goodbye_s=1)
PATIENT = Timings(idle_s=120, warning_s=20, session_limit_s=600, goodbye_s=1)
JOURNEYS_OF: Final = {"goodbye": "restaurant", "idle": "newborn-unmarried", "leave": "newborn-unmarried"}
WAYS = tuple(JOURNEYS_OF)
NOTHING_PX: Final = 16
"""Width of the picture that stands for none."""
THEIRS = ("backend", "slips", "outbox")
"""Folders of the state that hold people by design: the backend's records, the printed paper, what is sent later."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--way", choices=WAYS, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(level=logging.DEBUG, filename=given.out / "log.txt", force=True)
    for chatty in ("httpcore", "asyncio"):
        logging.getLogger(chatty).setLevel(logging.INFO)
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="l")))
        timings = SOON if given.way == "idle" else PATIENT
        wired = held.enter_context(world(place, Language.ZH_HANS, Layout.PORTRAIT, timings=timings))
        terminal = held.enter_context(screen(wired, Layout.PORTRAIT))
        found = _visit(terminal, wired, given.way, given.out)
        found += [f"file {file}" for file in _files((wired.state, wired.runtime, given.out), _planted(given.way))]
    (given.out / "found.json").write_bytes(msgspec.json.encode(found))
    return 1 if found else 0


class Enough(Exception):
    """The citizen has had enough, and stops where they are."""


class Leaving:
    """The surroundings of somebody who stops when they should photograph a paper: everything is answered by then."""

    def __init__(self, wired: Wired) -> None:
        self._wired = wired
        self.newest_message, self.pay = wired.newest_message, wired.pay

    def do(self, device: str, action: str, **arguments: str) -> Mapping[str, str]:
        done = self._wired.do(device, action, **arguments)
        if device == "camera":
            raise Enough
        return done


def _visit(terminal: Terminal, wired: Wired, way: str, out: Path) -> list[str]:
    """Be there, go away, and return where something of the person is still found."""
    from ui.pilot import load_journeys, play
    from ui.pilot.hand import Hand, Lost
    from ui.pilot.monkey import Watcher

    journey = load_journeys(JOURNEYS)[JOURNEYS_OF[way]]
    watcher = Watcher(terminal)
    hand = Hand(terminal.window, terminal.screen.engine)
    hand.tap("start")
    hand.until(lambda: True if terminal.screen.session.stage is Stage.FIND else None, "the services", limit_s=10)
    hand.tap("home")
    hand.until(lambda: True if terminal.screen.session.stage is Stage.ATTRACT else None, "the invitation", limit_s=10)
    before = _kept(terminal.screen)
    if way == "goodbye":
        play(terminal, journey, wired, out)
    else:
        with contextlib.suppress(Enough):
            play(terminal, journey, Leaving(wired), out)
        if not _names(repr(_kept(terminal.screen)), _planted(way)):
            raise Lost("nobody was ever there: this proves nothing")
        wired.do("idreader", "remove")
        if way == "leave":
            hand.tap("home")
            hand.tap("leave")
            hand.until(lambda: True if terminal.screen.session.stage is Stage.GOODBYE else None, "goodbye", limit_s=10)
            hand.tap("primary")
    hand.until(lambda: True if terminal.screen.session.stage is Stage.ATTRACT else None, "the invitation", limit_s=30)
    hand.until(lambda: True if terminal.screen.shown_is_current else None, "the invitation painted", limit_s=10)
    for _ in range(3):
        hand.rest()  # pages that were left are deleted when nothing else is due
    found = [f"item {text!r}" for text in watcher.remembered() if _names(text, _planted(way))]
    found += [f"model {where}: {now}" for where, now in _kept(terminal.screen).items() if before[where] != now]
    if terminal.frames.requestImage("1", QSize(), QSize()).width() > NOTHING_PX:
        found.append("the picture of the camera")
    gc.collect()
    found += [f"memory: a session of a person at {held.stage}" for held in gc.get_objects() if _of_person(held)]
    found += [f"clipboard {text!r}" for text in (terminal.application.clipboard().text(),) if text]
    return found


def _of_person(thing: object) -> bool:
    return type(thing) is Session and bool(thing.holder or thing.facts or thing.answers.single or thing.submissions)


def _planted(way: str) -> tuple[str, ...]:
    """Return what must not be found: of the person, and what they answered."""
    from ui.pilot import load_journeys

    journey = load_journeys(JOURNEYS)[JOURNEYS_OF[way]]
    person = load_people(Path("assets/simulated/people.yaml"))[journey.document]
    answers: list[object] = [*journey.answers.values()]
    answers += [answer for entries in journey.entries.values() for entry in entries for answer in entry.values()]
    texts = [answer for answer in answers if isinstance(answer, str)]
    texts += [answer["detail"] for answer in answers if isinstance(answer, dict)]
    typed = tuple(text for text in texts if len(text) >= 3 and not text.isascii())
    return (person.name, person.number, person.phone, person.address, *typed)


def _names(text: str, planted: tuple[str, ...]) -> bool:
    return any(word in text for word in planted)


def _kept(screen: QObject) -> dict[str, str]:
    """Return what every view model keeps, by field; the health of the devices and the time of day are nobody's."""
    kept = {}
    for model in screen.findChildren(PageModel):
        for name, value in vars(model).items():
            if isinstance(value, Session):
                kept[f"{type(model).__name__}.{name}"] = repr(msgspec.structs.replace(value, devices={}))
            elif isinstance(value, Rows):
                kept[f"{type(model).__name__}.{name}"] = repr(value.rows())
            elif name not in ("desk", "_minute"):
                kept[f"{type(model).__name__}.{name}"] = re.sub(" at 0x[0-9a-f]+", "", repr(value))
    return kept


def _files(folders: tuple[Path, ...], planted: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for file in folder.rglob("*"):
            if not file.is_file() or any(part in THEIRS for part in file.relative_to(folder).parts):
                continue
            content = file.read_bytes()
            for word in planted:
                if any(word.encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")):
                    yield file.relative_to(folder)
                    break


if __name__ == "__main__":
    sys.exit(main())
