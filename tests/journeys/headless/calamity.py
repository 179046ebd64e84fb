"""Calamities, generated: every device, at every step of a journey, with every fault, for a while or for good.

A citizen stands at a terminal with real drivers on simulated wires and goes on by what each page offers, whatever
happens. At one step something is struck; it is well again as soon as the citizen has been told (``while``), or only
after they have left (``ever``). What must hold afterwards is in ``invariants``; the clock is ``driven``.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from drivers.camera.stream import StreamCamera
from drivers.idreader import SamVReader
from drivers.links import SerialLink
from drivers.printer.escpos import EscposPrinter
from drivers.printer.wires import TcpWire
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated import camera, idreader_common, printer, scanner
from headless.citizen import KEPT, Citizen, Stuck
from headless.driven import driven
from headless.invariants import Overheard, Watcher
from headless.line import MENU, Line, backend
from headless.street import Backend, Street, catalogue, street
from kiosk.devices.installed import Devices
from kiosk.session.runner import Clocks

JOURNEYS: Final = ("certificate", "newborn-unmarried")
"""One that looks something up and prints it, one with photographs, lists and a signature."""
CLOCKS: Final = Clocks(idle_s=40, warning_s=10, session_limit_s=1500, goodbye_s=5)
WHILE, EVER, GONE = "while", "ever", "gone"
LASTS: Final = (WHILE, EVER, GONE)
"""Well again once it was told; only after the citizen has left; and the citizen walks away without a word."""

_HANDS: Final = {
    "printer": ("paper-out", "paper-near-end", "cover-open", "cutter-jam"),
    "camera": ("freeze",),
}
_SCRIPTS: Final = {
    "idreader": ("unplugged at command 2", "unplugged after 20 bytes", "remove after 2 commands"),
    "scanner": ("unplugged at code 1", "unplugged after 9 bytes"),
    "printer": (
        "unplugged at line 12",
        "paper-out at line 12",
        "cover-open at line 12",
        "cutter-jam at line 12",
        "unplugged after 900 bytes",
    ),
    "camera": ("unplugged at frame 2", "freeze at frame 2"),
}
"""Beside the faults of each device: what a hand does to it, and what happens in the middle of its work."""
_MENUS: Final = {
    "idreader": idreader_common.FAULTS,
    "scanner": scanner.FAULTS,
    "printer": printer.FAULTS,
    "camera": camera.FAULTS,
    "line": MENU,
}
DEVICES: Final = tuple(_MENUS)
_WELL: Final = {
    "printer": ("paper-ok", "cover-closed", "cutter-ok"),
    "camera": ("thaw",),
}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Cell:
    """One calamity."""

    journey: str
    device: str
    fault: str
    step: str
    lasts: str

    def __str__(self) -> str:
        return f"{self.journey} {self.device}/{self.fault}@{self.step} {self.lasts}"


@dataclass(kw_only=True)
class Verdict:
    """What became of it."""

    cell: Cell
    told: tuple[str, ...] = ()
    """Codes that came to the screen from the moment it was struck on, in their order."""
    end: str = ""
    """``applied``, ``left`` when there was no other way, ``wiped`` when nobody was there any more."""
    kept_without_camera: bool = False
    """The form was kept while no camera worked: a good end also where it was to be well again, see ``_may_leave``."""
    virtual_s: float = 0.0
    real_s: float = 0.0
    failures: list[str] = field(default_factory=list)


class Far(Backend):
    """A backend at the far end of a line that fails."""

    def __init__(self, home: Path, line: Line, phones_url: str) -> None:
        self._folder = home
        self._line = line
        self._phones_url = phones_url

    @property
    def url(self) -> str:
        return self._line.url

    @property
    def phones_url(self) -> str:
        return self._phones_url

    @property
    def data_dir(self) -> Path:
        return self._folder


class CountedCamera(StreamCamera):
    """Knows whether a process works for it: that one goes by real time."""

    busy = 0

    async def close(self) -> None:
        self.busy += 1
        try:
            await super().close()
        finally:
            self.busy -= 1

    @property
    def owes(self) -> bool:
        return self.busy > 0 or self.pid is not None


def wired(wiring: Mapping[str, str]) -> Devices:
    """Return the drivers, those with short limits that wait in earnest."""
    host, _, port = wiring["printer"].rpartition(":")
    return Devices(
        id_reader=SamVReader(SerialLink(wiring["idreader"], 115200)),
        scanner=SerialScanner(wiring["scanner"], 115200, TRIGGERS["honeywell"]),
        camera=CountedCamera(wiring["camera"], width=1600, height=1200, open_s=3.0, silent_s=0.8),
        printer=EscposPrinter(TcpWire(host, int(port))),
    )


@dataclass
class Corner:
    """A street corner with everything on it, for many citizens one after the other."""

    here: Street
    line: Line
    overheard: Overheard
    steps: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each journey, as a first citizen walked it when all was well."""
    applied: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    """What that one applied for."""

    async def strike(self, cell: Cell) -> None:
        hub = self.here.hub
        if cell.device == "line":
            await self.line.strike(cell.fault)
        elif cell.fault in hub.devices[cell.device].faults.choices:
            await hub.do(cell.device, "fault", {"kind": cell.fault, "seed": str(hash_of(cell))})
        elif " " in cell.fault:
            await hub.do(cell.device, "script", {"text": cell.fault})
        else:
            await hub.do(cell.device, cell.fault, {})

    async def heal(self, device: str) -> None:
        """Make a device well, whatever was done to it."""
        if device == "line":
            await self.line.strike("")
            return
        hub = self.here.hub
        await hub.do(device, "script", {"text": ""})
        await hub.do(device, "plug", {})
        await hub.do(device, "fault", {"kind": "none"})
        for action in _WELL.get(device, ()):
            await hub.do(device, action, {})

    async def served(self) -> None:
        """Wait until every device is in use again. One that flapped is left alone for some minutes."""
        await self.here.until(
            lambda state: (
                all(state.works(each) for each in ("id-reader", "scanner", "camera", "printer"))
                and not state.unprintable
            ),
            limit_s=900.0,
        )


def hash_of(cell: Cell) -> int:
    """Return a seed that is the cell's own, the same in every run."""
    return random.Random(str(cell)).randrange(1_000_000)


@asynccontextmanager
async def corner(tmp: Path) -> AsyncIterator[Corner]:
    """Put up a corner; the devices and the backend stand until it is left."""
    loop = driven()
    home = tmp / "backend"
    async with AsyncExitStack() as held:
        port = await asyncio.to_thread(held.enter_context, backend(home, catalogue()))
        line, phones = Line(port), Line(port)
        for each in (line, phones):
            await each.start()
            held.push_async_callback(each.stop)
        overheard = held.enter_context(Overheard(loop))
        with loop.in_earnest():
            place = street(tmp, Far(home, line, phones.url), clocks=CLOCKS, pace=1.0, devices=wired)
            here = await held.enter_async_context(place)
        film = here.drivers.camera
        assert isinstance(film, CountedCamera)
        held.enter_context(loop.asking(lambda: line.owes or phones.owes or film.owes))
        made = Corner(here=here, line=line, overheard=overheard)
        await made.served()
        yield made


async def learn(made: Corner, journeys: Iterable[str] = JOURNEYS) -> None:
    """Have a citizen walk each journey while all is well, and note their steps and what they applied for."""
    for journey in journeys:
        watcher = Watcher(made.here, made.overheard, journey)
        citizen = Citizen(made.here, journey)
        await citizen.walk()
        watcher.look()
        made.steps[journey] = tuple(dict.fromkeys(citizen.steps))
        made.applied[journey] = await watcher.applied()
        assert not watcher.failures, watcher.failures


def cells(steps: Mapping[str, Iterable[str]]) -> Iterator[Cell]:
    """Yield every calamity there is."""
    for journey, walked in steps.items():
        for device, menu in _MENUS.items():
            faults = [kind for kind in menu if kind != "none"]
            faults += [*_HANDS.get(device, ()), *_SCRIPTS.get(device, ())]
            for fault in faults:
                for step in walked:
                    for lasts in LASTS:
                        yield Cell(journey=journey, device=device, fault=fault, step=step, lasts=lasts)


def sample(every: Iterable[Cell], number: int, seed: int) -> list[Cell]:
    """Return so many, as many of each device as of every other; none during which a camera films nobody in earnest."""
    chance = random.Random(seed)
    by_device: dict[str, list[Cell]] = {}
    for cell in every:
        if (cell.step, cell.lasts) == ("camera", GONE):
            continue
        by_device.setdefault(cell.device, []).append(cell)
    for each in by_device.values():
        chance.shuffle(each)
    devices = sorted(by_device)
    return [by_device[devices[at % len(devices)]].pop() for at in range(number)]


async def suffer(made: Corner, cell: Cell) -> Verdict:
    """Let one calamity happen to one citizen, look at what is left, and serve the next one."""
    here = made.here
    verdict = Verdict(cell=cell)
    watcher = Watcher(here, made.overheard, cell.journey)
    citizen = Citizen(here, cell.journey, uses_scanner=cell.device == "scanner")
    citizen.at(
        cell.step,
        lambda: made.strike(cell),
        heal=(lambda: made.heal(cell.device)) if cell.lasts == WHILE else None,
        gone=cell.lasts == GONE,
    )
    begun_s, began_s = driven().time(), time.monotonic()
    try:
        async with asyncio.timeout(None) as limit:
            ends = driven().call_later(3600.0, lambda: limit.reschedule(driven().time()))
            try:
                verdict.end = await citizen.walk()
            finally:
                ends.cancel()
    except (Stuck, TimeoutError) as error:
        verdict.failures.append(f"stuck: {error}")
    verdict.virtual_s = driven().time() - begun_s
    if not citizen.struck:
        verdict.failures.append(f"never came to {cell.step}")
    await made.heal(cell.device)
    try:
        if verdict.failures:
            await citizen.dragged_away()
        await made.served()
        await watcher.settles()
    except (Stuck, TimeoutError, AssertionError) as error:
        verdict.failures.append(f"not served again: {error}")
    watcher.look()
    verdict.kept_without_camera = citizen.kept_without_camera and verdict.end == KEPT
    await watcher.looks_back(verdict.end, made.applied[cell.journey], may_leave=_may_leave(verdict))
    verdict.told = tuple(watcher.told)
    verdict.real_s = time.monotonic() - began_s
    verdict.failures += watcher.failures
    return verdict


def _may_leave(verdict: Verdict) -> bool:
    """Return whether there was no way for this one but to leave.

    There is no other reader here; without the network nobody is verified; and a paper that must be photographed waits
    for the camera, with everything that was said before kept for another day. The camera's process keeps the time of
    the wall, which no test drives: on a slow machine its citizen may have kept the form before it was back.
    """
    cell = verdict.cell
    if cell.lasts == GONE or (cell.device == "camera" and verdict.kept_without_camera):
        return True
    return cell.lasts == EVER and (
        cell.device in ("idreader", "line") or (cell.device == "camera" and verdict.end == KEPT)
    )


async def next_citizen(made: Corner, verdict: Verdict) -> None:
    """Serve somebody else, to whom nothing happens."""
    journey = next(iter(made.applied))
    watcher = Watcher(made.here, made.overheard, journey)
    try:
        end = await Citizen(made.here, journey).walk()
        watcher.look()
        await watcher.looks_back(end, made.applied[journey], may_leave=False)
    except (Stuck, TimeoutError) as error:
        watcher.failures.append(str(error))
    verdict.failures += [f"the next citizen: {failure}" for failure in watcher.failures]


async def play(
    choose: Callable[[Iterable[Cell]], list[Cell]],
    tell: Callable[[Verdict], None] = lambda verdict: None,
    journeys: Iterable[str] = JOURNEYS,
) -> list[Verdict]:
    """Let some of all these happen, one after the other; after one that failed on a new corner.

    Args:
        choose: Takes all there are, returns those that are wanted.
        tell: Called with each verdict.
        journeys: The journeys they happen on.
    """
    verdicts: list[Verdict] = []
    left: list[Cell] | None = None
    while left is None or left:
        with tempfile.TemporaryDirectory(prefix="k") as folder:
            async with corner(Path(folder)) as made:
                await learn(made, journeys)
                if left is None:
                    left = choose(cells(made.steps))
                while left:
                    verdict = await suffer(made, left.pop(0))
                    if not verdict.failures:
                        await next_citizen(made, verdict)
                    verdicts.append(verdict)
                    tell(verdict)
                    if verdict.failures:
                        break
    return verdicts


def row(verdict: Verdict) -> str:
    """Return a verdict as a line of a table."""
    cell = verdict.cell
    told = ", ".join(verdict.told) or "-"
    state = "FAILED" if verdict.failures else verdict.end
    return (
        f"{cell.device:9} {cell.fault:26} {cell.step:10} {cell.lasts:5} {cell.journey:18} {state:8} "
        f"{verdict.virtual_s:7.1f} {verdict.real_s:6.2f}  {told}"
    )
