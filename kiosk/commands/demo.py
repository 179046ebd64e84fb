"""``kiosk demo``: a citizen at the real screen, on simulated devices and the embedded backend, no display.

The citizen is scripted (``assets/demo``), or made from an example of the catalogue (``citizens.py``).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import msgspec

from drivers.simulated import control
from kiosk.contract import PhoneMessage
from kiosk.settings import Layout, Settings, Timings
from kiosk.supervision import Command, Supervisor, house
from kiosk.supervision.display import Display
from kiosk.supervision.wiring import Wiring, listening, port_of, reserve
from kiosk.words import Language

if TYPE_CHECKING:
    from kiosk.catalogue import Catalogue
    from kiosk.commands.citizens import Citizen
    from ui.app import Terminal
    from ui.pilot import Journey, Played

log = logging.getLogger(__name__)

JOURNEYS: Final = Path(__file__).parents[2] / "assets" / "demo"
PACE: Final = 0.05
"""Of the simulated devices: a demonstration does not wait as long as a radio field does."""
START_S: Final = 60.0
"""Backend and devices are ready within this, on the slowest machine."""


class DemoFailed(RuntimeError):
    """A journey did not come to its end; the message says where and why."""


def titles(language: Language) -> dict[str, str]:
    """Return every journey's title by id."""
    from ui.pilot import load_journeys

    return {journey.id: journey.title.in_(language) for journey in load_journeys(JOURNEYS).values()}


def play_all(out: Path, language: Language, layout: Layout) -> int:
    """Play every journey, each in a process of its own; return how many failed.

    Args:
        out: Each journey leaves its pictures in a folder of its name below.
        language: Of the screen.
        layout: Of the screen.
    """
    failed = 0
    for name in titles(language):
        command = [sys.executable, "-P", "-m", "kiosk", "demo", name, "--out", str(out / name)]
        done = subprocess.run(  # noqa: S603  # our own command, with arguments of our own
            [*command, "--language", language, "--layout", layout], check=False
        )
        failed += done.returncode != 0
    return failed


def play_one(
    name: str, out: Path, language: Language, layout: Layout, *, pace: float = PACE, catalogue_dir: Path | None = None
) -> list[str]:
    """Play one journey and leave what came of it in ``out``; return a line for each item's outcome.

    Args:
        name: Of the journey.
        out: Made where it is missing; pictures of an earlier run are removed.
        language: Of the screen.
        layout: Of the screen.
        pace: Of the simulated devices, 1 is as slow as real ones.
        catalogue_dir: Services to offer instead of the settings' own.

    Raises:
        DemoFailed: the citizen did not find the way, or an item did not reach the outcome its catalogue declares.
    """
    from ui.pilot import load_journeys

    journeys = load_journeys(JOURNEYS)
    if name not in journeys:
        raise DemoFailed(f"there is no journey {name!r}; there are: {', '.join(journeys)}")
    played, catalogue = _played(journeys[name], out, language, layout, pace=pace, catalogue_dir=catalogue_dir)
    return _outcomes(name, played, lambda item: str(catalogue.items[item].outcome))


def play_service(
    service: str,
    out: Path,
    language: Language,
    layout: Layout,
    *,
    example: int = 0,
    way: str = "search",
    elder: bool = False,
    pace: float = PACE,
    catalogue_dir: Path | None = None,
) -> list[str]:
    """Play what an example of the catalogue says, by somebody made for it; return a line for each item's outcome.

    Args:
        service: A one-thing, or an item that is offered by itself.
        out: Made where it is missing; pictures of an earlier run are removed.
        language: Of the screen.
        layout: Of the screen.
        example: Which of its examples, from 0.
        way: How the citizen looks for it: ``search``, ``life`` or ``department``.
        elder: The citizen asks for the elder mode (长辈版).
        pace: Of the simulated devices, 1 is as slow as real ones.
        catalogue_dir: Services to offer instead of the settings' own.

    Raises:
        DemoFailed: there is no such example, the citizen did not find the way, an item did not reach the outcome that
            the example declares, or something else was filed than it says.
    """
    from kiosk import settings as settings_of
    from kiosk.backend.settings import china_now
    from kiosk.catalogue import load
    from kiosk.commands.citizens import NoSuchExample, Way, citizen

    settings = settings_of.load(None)
    catalogue = load(catalogue_dir or settings.catalogue)
    try:
        made = citizen(
            catalogue,
            service,
            china_now().date(),
            example=example,
            way=Way(way),
            language=language,
            elder=elder,
        )
    except NoSuchExample as error:
        raise DemoFailed(str(error)) from error
    played, _ = _played(made.journey, out, language, layout, pace=pace, catalogue_dir=catalogue_dir, made=made)
    if made.guided and not played.took_guide:
        raise DemoFailed(f"{service}: {', '.join(made.guided)} is only explained, but no guide was printed")
    guides = [f"{item}: guide printed" for item in made.guided]
    if not made.outcomes:
        if played.applications:
            raise DemoFailed(f"{service}: it is only explained, but something was filed")
        return guides
    lines = _outcomes(service, played, lambda item: made.outcomes.get(item, "not in the example"))
    filed = {case.item for application in played.applications for case in application.cases}
    if filed != made.outcomes.keys():
        raise DemoFailed(f"{service}: not filed: {', '.join(sorted(made.outcomes.keys() - filed))}")
    return lines + guides


def _played(
    journey: Journey,
    out: Path,
    language: Language,
    layout: Layout,
    *,
    pace: float,
    catalogue_dir: Path | None,
    made: Citizen | None = None,
) -> tuple[Played, Catalogue]:
    """Play a journey in a world of its own and leave what came of it in ``out``."""
    from ui.pilot import Lost, play

    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.png"):
        old.unlink()
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="kiosk-demo-")))
        city = None if made is None else _city(place / "city", made)
        wired = held.enter_context(world(place, language, layout, pace=pace, catalogue_dir=catalogue_dir, city=city))
        terminal = held.enter_context(screen(wired, layout))
        try:
            played = play(terminal, journey, wired, out)
        except (Lost, control.ControlError) as lost:
            raise DemoFailed(f"{journey.id}: {lost}") from lost
        catalogue = terminal.catalogue
        slips = sorted((wired.state / "slips").glob("*.png"))
        if not slips:
            raise DemoFailed(f"{journey.id}: nothing was printed")
        printed_later = sum(bool(deed.licence) for deed in journey.afterwards)
        shutil.copyfile(slips[-1 - printed_later], out / "receipt.png")
        if printed_later:
            shutil.copyfile(slips[-1], out / "document.png")
        shutil.copyfile(wired.state / "backend" / "issuers.json", out / "issuers.json")
    steps = [msgspec.to_builtins(step) for step in played.steps]
    _write(out / "application.json", msgspec.to_builtins(played.applications))
    _write(out / "journey.json", {"journey": journey.id, "language": language, "layout": layout, "steps": steps})
    return played, catalogue


def _city(folder: Path, made: Citizen) -> Path:
    """Write the simulated city with one more person, of whom exactly these facts are known; return its folder."""
    from kiosk.settings.model import ASSETS

    shutil.copytree(ASSETS / "simulated", folder)
    person = msgspec.to_builtins(made.person, builtin_types=(date,))
    papers = [msgspec.to_builtins(paper) for paper in made.papers]
    for name, key, more in (("people", "people", [person]), ("papers", "papers", papers)):
        content = msgspec.yaml.decode((folder / f"{name}.yaml").read_bytes())
        content[key] += more
        (folder / f"{name}.yaml").write_bytes(msgspec.yaml.encode(content))
    content = msgspec.yaml.decode((folder / "city.yaml").read_bytes())
    content["exactly"] = {made.person.key: made.facts}
    (folder / "city.yaml").write_bytes(msgspec.yaml.encode(content))
    return folder


def _write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")


def _outcomes(name: str, played: Played, declares: Callable[[str], str]) -> list[str]:
    """Return a line for every case, or raise when one is not as declared."""
    lines = []
    wrong = []
    for application in played.applications:
        for case in application.cases:
            declared = declares(case.item)
            lines.append(f"{application.number} {case.item}: {case.state}")
            if str(case.state) != declared:
                wrong.append(f"{case.item} is {case.state}, its catalogue declares {declared}: {case.reason.en}")
    if wrong or not lines:
        raise DemoFailed(f"{name}: " + ("; ".join(wrong) or "nothing was submitted"))
    return lines


@dataclass(frozen=True, kw_only=True, slots=True)
class Wired:
    """Where backend and devices are reached; what a citizen handles besides the screen."""

    settings: Settings
    runtime: Path
    state: Path
    environ: Mapping[str, str]
    """What the terminal must find in its environment."""
    supervisor: Supervisor
    """Keeps backend and devices running; knows their process ids."""

    def do(self, device: str, action: str, **arguments: str) -> Mapping[str, str]:
        """Do something with a device."""
        return control.do(self.runtime / "control.sock", device, action, **arguments)

    def newest_message(self, after: int) -> tuple[int, str] | None:
        """Return how many messages the phone has and the newest, once there are more than ``after``."""
        answer = httpx.get(f"{self.settings.backend.url}/v1/simulated-phone/messages", timeout=5)
        messages = msgspec.json.decode(answer.content, type=list[PhoneMessage])
        return (len(messages), messages[0].text) if len(messages) > after else None

    def pay(self, code: str) -> None:
        """Scan a payment code with the simulated phone, and pay it."""
        httpx.post(
            f"{self.settings.backend.url}/v1/simulated-phone/payments", json={"qr": code}, timeout=10
        ).raise_for_status()


@contextmanager
def world(
    place: Path,
    language: Language,
    layout: Layout,
    *,
    timings: Timings | None = None,
    pace: float = PACE,
    catalogue_dir: Path | None = None,
    city: Path | None = None,
) -> Iterator[Wired]:
    """Run backend and devices in processes of their own, and yield once both are ready.

    Args:
        place: An empty folder with a short path: sockets lie in it.
        language: Of the screen.
        layout: Of the screen.
        timings: How long the kiosk waits for a person, instead of the settings; may be shorter than they allow.
        pace: Of the simulated devices, 1 is as slow as real ones.
        catalogue_dir: Services to offer instead of the settings' own.
        city: Folder of the people, papers and registers of another simulated city.

    Raises:
        DemoFailed: they do not start.
    """
    runtime, state = place / "run", place / "state"
    for folder in (runtime, state):
        folder.mkdir(mode=0o700)
    file = place / "settings.toml"
    offered = "" if catalogue_dir is None else f"catalogue = {json.dumps(str(catalogue_dir.resolve()))}\n"
    live_there = (
        "" if city is None else "".join(f"{n} = {json.dumps(str(city / f'{n}.yaml'))}\n" for n in ("people", "papers"))
    )
    told = f'profile = "simulated"\n{offered}\n[simulated]\npace = {pace}\n{live_there}'
    file.write_text(told, encoding="utf-8")
    with ExitStack() as held:
        printer, camera = (held.enter_context(reserve()) for _ in range(2))
        backend = held.enter_context(listening())
        wiring = Wiring(
            settings_file=str(file),
            layout=layout,
            language=language,
            runtime_dir=str(runtime),
            state_dir=str(state),
            printer_port=port_of(printer),
            camera_port=port_of(camera),
            backend_url=f"http://127.0.0.1:{port_of(backend)}",
        )
        settings = wiring.settings()
        nothing = Display(environ={}, server=None, vnc_port=None)
        plan = house.plan(settings, wiring, wiring.write(), display=nothing, backend=backend, environ=os.environ)
        terminal = next(command for command in plan if command.name == house.TERMINAL)
        others = tuple(command for command in plan if command is not terminal)
        with _running(others) as supervisor:
            if timings is not None:
                settings = msgspec.structs.replace(settings, timings=timings)
            yield Wired(
                settings=settings, runtime=runtime, state=state, environ=terminal.environ, supervisor=supervisor
            )


@contextmanager
def _running(commands: tuple[Command, ...]) -> Iterator[Supervisor]:
    """Run commands under a supervisor on a thread of its own; yield once all are ready."""
    waiting = {command.name for command in commands}
    ready = threading.Event()
    failure: list[BaseException] = []
    loops: list[asyncio.AbstractEventLoop] = []

    def on_ready(name: str, _: float) -> None:
        waiting.discard(name)
        if not waiting:
            ready.set()

    supervisor = Supervisor(commands, tell=lambda name, line: log.info("%s: %s", name, line), on_ready=on_ready)

    async def run() -> None:
        loops.append(asyncio.get_running_loop())
        await supervisor.run(signals=False)

    def work() -> None:
        try:
            asyncio.run(run())
        except BaseException as error:  # noqa: BLE001  # told on the thread that waits
            failure.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=work, name="supervisor")
    thread.start()
    try:
        started = ready.wait(START_S)
        if failure or not started:
            raise DemoFailed(f"backend or devices do not start: {failure[0] if failure else ', '.join(waiting)}")
        yield supervisor
    finally:
        if loops and thread.is_alive():
            loops[0].call_soon_threadsafe(supervisor.stop)
        thread.join()


@contextmanager
def screen(wired: Wired, layout: Layout) -> Iterator[Terminal]:
    """Open the terminal on an offscreen screen of the layout's size; once a process, as Qt starts only once."""
    from ui import app

    width, height = layout.size_px
    panel = {"name": "kiosk", "x": 0, "y": 0, "width": width, "height": height}
    panel |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = wired.runtime / "screen.json"
    _write(config, {"synchronousWindowSystemEvents": False, "windowFrameMargins": False, "screens": [panel]})
    os.environ.update(wired.environ)
    os.environ.update({"QT_QPA_PLATFORM": f"offscreen:configfile={config}", "QT_QUICK_BACKEND": "software"})
    terminal = app.open_terminal(wired.settings, state_dir=wired.state, runtime_dir=wired.runtime)
    try:
        yield terminal
    finally:
        terminal.close()
