"""What must be true however a visit went, and what was overheard while it went.

Every state of the session: each code has a sentence; a device that is lost says why; there is something to do; no
answer and no paper that was given is gone. Afterwards: filed exactly once with exactly the answers that were given, or
not at all where there was no way; nothing of the person in memory, files or logs; nothing crashed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from drivers.simulated.people import load_people
from headless.citizen import APPLIED, said, waits
from headless.street import ROOT, ZONE, Street, catalogue, journey
from kiosk.backend.house import DATABASE_FILE
from kiosk.session import events
from kiosk.session.house import House
from kiosk.session.machine import step
from kiosk.session.state import LOST, Receipt, Session, Stage
from kiosk.words import Sentence, load_sentences

HOUSE: Final = House(catalogue=catalogue(), terminal="T-TEST")
DRAINED_S: Final = 120.0
_BY_DESIGN: Final = ("backend", "slips", "run")
"""Folders that hold people by design: the backend's records, the printed paper; and the wires themselves."""
_FORWARD: Final[tuple[events.Intent, ...]] = (
    events.ServiceChosen(service="newborn"),
    events.Touched(session="8c5a7b1e-0000-4000-8000-000000000001"),
    events.Next(),
    events.Retry(),
    events.CodeWanted(),
    events.CodeEntered(code="123456"),
    events.PictureWanted(),
    events.PictureRejected(),
    events.PictureKept(),
    events.Promised(),
    events.Signed(strokes=()),
    events.Rated(level=5),
    events.ActedFor(),
    events.Stay(),
)


@cache
def sentences() -> dict[str, Sentence]:
    return load_sentences(ROOT / "assets" / "i18n" / "sentences.yaml")


class Overheard(logging.Handler):
    """Everything that terminal and drivers log, and every error that nobody took."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))
        self.lines: list[str] = []
        self.crashes: list[str] = []
        self._loop = loop
        self._held: list[tuple[logging.Logger, int]] = []

    def __enter__(self) -> Self:
        for name in ("kiosk", "drivers", "asyncio"):
            logger = logging.getLogger(name)
            self._held.append((logger, logger.level))
            logger.setLevel(logging.DEBUG if name != "asyncio" else logging.WARNING)
            logger.addHandler(self)
        self._loop.set_exception_handler(self._unhandled)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for logger, level in self._held:
            logger.removeHandler(self)
            logger.setLevel(level)
        self._loop.set_exception_handler(None)

    def emit(self, record: logging.LogRecord) -> None:
        if record.threadName == "backend" or record.name.startswith(("drivers.simulated", "kiosk.backend")):
            return
        line = self.format(record)
        self.lines.append(line)
        if record.levelno >= logging.ERROR and record.exc_info:
            self.crashes.append(line)

    def forget(self) -> None:
        """Begin anew, for the next citizen."""
        self.lines.clear()
        self.crashes.clear()

    def _unhandled(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        del loop
        self.crashes.append(f"nobody took: {context.get('message')} {context.get('exception')!r}")


class Watcher:
    """Looks at one visit.

    Args:
        here: The terminal, at its invitation.
        overheard: What is logged.
        name: The journey.
    """

    def __init__(self, here: Street, overheard: Overheard, name: str) -> None:
        self.failures: list[str] = []
        self.told: dict[str, None] = {}
        """Codes in the order they came."""
        self._here = here
        self._overheard = overheard
        self._planted = planted(name)
        self._known = said(here.now)
        del here.states[:-1]
        overheard.forget()

    def look(self) -> None:
        """Look at every state there was."""
        states = self._here.states
        looked: set[tuple[Any, ...]] = set()
        for before, after in pairwise(states):
            self._fail(unsaid(after))
            self._fail(lost_between(before, after))
            for code in sorted(said(after) - self._known) + told_by_receipt(after):
                self.told.setdefault(code)
            place = (after.stage, after.busy, after.receipt, after.leaving, after.idle is None, after.picture is None)
            if place not in looked:
                looked.add(place)
                self._fail(no_way(after))

    async def applied(self) -> tuple[Any, ...]:
        """Return what this citizen filed, as the backend has it: matter, items, answers, entry; without times."""
        return await asyncio.to_thread(filed, self._here.backend.data_dir, self._session())

    async def settles(self) -> None:
        """Wait until what was filed has gone out.

        Raises:
            AssertionError: it never does.
        """
        async with asyncio.timeout(DRAINED_S):
            while self._here.waiting():  # noqa: ASYNC110  # the disk has no event to wait for
                await asyncio.sleep(0.1)

    async def looks_back(self, end: str, expected: tuple[Any, ...], *, may_leave: bool) -> None:
        """Look at what is left after the visit.

        Args:
            end: As ``Citizen.walk`` returned it.
            expected: What is filed when all is well.
            may_leave: There was no way to file anything.
        """
        got = await self.applied()
        if got and got != expected:
            self._fail(
                [
                    f"filed {len(got)} times, not {len(expected)}"
                    if len(got) != len(expected)
                    else differs(got, expected)
                ]
            )
        if end == APPLIED and not got:
            self._fail(["what was filed has not arrived"])
        if end != APPLIED and not may_leave:
            self._fail([f"had to leave without having filed: {end or 'stuck'}"])
        self._fail(f"log: {line[:300]}" for line in self._overheard.lines if self._names(line))
        self._fail(f"crashed: {crash[:2000]}" for crash in self._overheard.crashes)
        if self._names(repr(self._here.now)):
            self._fail(["the session still knows the person"])
        self._fail(f"file {path}" for path in await asyncio.to_thread(self._files))

    def _session(self) -> str:
        named = [state.id for state in self._here.states if state.id]
        return named[-1] if named else ""

    def _fail(self, failures: Any) -> None:
        self.failures += [failure for failure in failures if failure not in self.failures]

    def _names(self, text: str) -> bool:
        return any(word in text for word in self._planted)

    def _files(self) -> list[str]:
        home = self._here.outbox.parent
        found = []
        for path in sorted(home.rglob("*")):
            place = path.relative_to(home)
            if place.parts[0] in _BY_DESIGN or not path.is_file():
                continue
            with contextlib.suppress(FileNotFoundError):
                if self._names(path.read_bytes().decode("utf-8", "replace")):
                    found.append(str(place))
        return found


def planted(name: str) -> tuple[str, ...]:
    """Return what must not be found of whoever walks a journey: who they are, and what they typed."""
    told = journey(name)
    person = load_people(ROOT / "assets" / "simulated" / "people.yaml")[told["document"]]
    answers = [*told["answers"].values()]
    answers += [value for entries in told.get("entries", {}).values() for entry in entries for value in entry.values()]
    typed = [each for each in answers if isinstance(each, str) and len(each) >= 3 and not each.isascii()]
    return (person.name, person.number, person.phone, person.address, *typed)


def unsaid(state: Session) -> Iterator[str]:
    """Yield what has no sentence, or what is wrong and says nothing."""
    for code in said(state) - {"words of its own"}:
        if code.rpartition(" ")[2] not in sentences():
            yield f"no sentence for {code}"
    for device, health in state.devices.items():
        if health in LOST and not state.causes.get(device):
            yield f"{device} is {health} and does not say why"
    lost_camera = state.stage is Stage.CAMERA and state.picture is None and state.devices.get("camera") in LOST
    if lost_camera and state.advice is None and not state.busy:
        yield "the page of the camera says nothing of its loss"


def told_by_receipt(state: Session) -> list[str]:
    """Return what the receipt's page says beside codes."""
    return {Receipt.FAILED: ["receipt as QR"], Receipt.UNPROVEN: ["receipt unproven"]}.get(state.receipt, [])


def no_way(state: Session) -> Iterator[str]:
    """Yield when nothing on the page goes on: neither a touch, nor a device that is waited for, nor work under way."""
    if waits(state) or state.leaving or state.stage is Stage.GOODBYE:
        return
    at = datetime.now(ZONE)
    intents = [*_FORWARD]
    if state.page is not None:
        intents += [events.Answered(page=state.page, raw=True), events.Answered(page=state.page, raw=())]
    home = step(HOUSE, state, msgspec.structs.replace(events.Home(), at=at))[0]
    forward = any(step(HOUSE, state, msgspec.structs.replace(each, at=at)) != (state, ()) for each in intents)
    if state.stage is not Stage.ATTRACT and home == state:
        yield f"no way out of {state.stage}"
    if not forward and state.stage is not Stage.DOCUMENT:
        yield f"no way on from {state.stage}, advice {state.advice}"


def lost_between(before: Session, after: Session) -> Iterator[str]:
    """Yield what was given and is gone, within one visit."""
    ended = (Stage.ATTRACT, Stage.GOODBYE, Stage.FIND)
    if before.id != after.id or after.stage in ended or before.stage in ended:
        return
    gone = {page for page, value in _answers(before).items() if _answers(after).get(page) != value}
    if gone:
        yield f"answers lost from {before.stage} to {after.stage}: {sorted(gone)}"
    if papers := before.supplied.keys() - after.supplied.keys():
        yield f"papers lost from {before.stage} to {after.stage}: {sorted(papers)}"
    if len(after.submissions) < len(before.submissions):
        yield f"an application is forgotten from {before.stage} to {after.stage}"


def _answers(state: Session) -> dict[str, Any]:
    """Return every answer by its place, those in lists by entry."""
    flat: dict[str, Any] = {name: answer.value for name, answer in state.answers.single.items()}
    for repeat, entries in state.answers.repeats.items():
        for number, entry in enumerate(entries):
            flat |= {f"{repeat}/{number}/{name}": answer.value for name, answer in entry.items()}
    return flat


def filed(data_dir: Path, session: str) -> tuple[Any, ...]:
    """Return what the backend has of a session."""
    with contextlib.closing(sqlite3.connect(data_dir / DATABASE_FILE)) as database:
        told = database.execute("select request from application where session = ? order by id", (session,)).fetchall()
    requests = [msgspec.json.decode(request) for (request,) in told]
    return tuple({name: each.get(name) for name in ("matter", "items", "answers", "entry")} for each in requests)


def differs(got: tuple[Any, ...], expected: tuple[Any, ...]) -> str:
    """Return where what was filed is not what was said."""
    where = [
        f"{name}: {mine.get(name)!r} is not {theirs.get(name)!r}"
        for mine, theirs in zip(got, expected, strict=False)
        for name in theirs
        if mine.get(name) != theirs.get(name)
    ]
    return f"filed otherwise: {'; '.join(where)[:500]}"
