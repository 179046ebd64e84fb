"""Puts a terminal together: settings in, drivers, session and screen out."""

from __future__ import annotations

import functools
import importlib
import logging
import threading
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.catalogue import Catalogue, Item, load
from kiosk.glossary import glossary
from kiosk.session.state import Session, Stage
from kiosk.settings import Settings
from kiosk.settings.model import ASSETS
from kiosk.words import Sentence, load_sentences, load_texts
from ui.frames import FrameProvider

if TYPE_CHECKING:
    # named, not used: drivers and runner are imported on the core thread, while Qt loads and paints the first page
    from drivers.camera.api import Frame
    from drivers.printer.api import Slip
    from kiosk.diagnostics.bench import ScreenBench, SoundBench, Technician
    from kiosk.diagnostics.inspection import Inspection
    from kiosk.diagnostics.visit import Visit
    from kiosk.diagnostics.visiting import Visiting
    from kiosk.receipts import Slips
    from kiosk.session.runner import Runner
    from kiosk.speech.saying import Speech

log = logging.getLogger(__name__)

SENTENCES: Final = ASSETS / "i18n" / "sentences.yaml"
RECEIPT_WORDS: Final = ASSETS / "i18n" / "receipt.yaml"

LATER: Final = (
    "httpx",
    "httpx_sse",
    "joserfc.jwt",
    "qrcode",
    "stdnum.cn.uscc",
    "drivers.printer.escpos",
    "drivers.camera.stream",
)
"""What no first page needs: imported once it is up, so that no citizen waits for it either."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stock:
    """What is loaded once and never changes: the same for the screen and for the session."""

    settings: Settings
    catalogue: Catalogue
    sentences: dict[str, Sentence]


def stock(settings: Settings) -> Stock:
    """Load what a terminal needs.

    Raises:
        CatalogueError: the catalogue has mistakes; each names file, line and cure.
        OSError, msgspec.ValidationError: a file of words is missing or wrong.
    """
    catalogue = load(settings.catalogue)
    return Stock(settings=settings, catalogue=catalogue, sentences=load_sentences(SENTENCES))


class Bell:
    """Rings when a citizen or a technician comes, so that a test of the devices ends."""

    def __init__(self) -> None:
        self.ring: Callable[[], None] = lambda: None

    def saw(self, session: Session) -> None:
        """Take notice of a new state of the session."""
        if occupied(session):
            self.ring()


class Visits:
    """The visits of technicians, once the first page is up.

    Args:
        receive: Given what runs them.
    """

    def __init__(self, receive: Callable[[Visiting], None]) -> None:
        self._receive = receive
        self._visiting: Visiting | None = None

    async def run(self, settings: Settings, runner: Runner, **given: Any) -> None:
        """Run them until cancelled; the arguments are those of ``ui.visits.visiting``."""
        import asyncio

        wiring = await asyncio.to_thread(importlib.import_module, "ui.visits")
        self._visiting = visiting = wiring.visiting(settings, runner, **given)
        self._receive(visiting)
        await visiting.run()

    def lend(self, lent: bool) -> None:
        """Let go of the card reader while somebody else tests, or wait for cards again."""
        if self._visiting is not None:
            self._visiting.lend(lent)

    def saw(self, session: Session) -> None:
        """Take notice of a new state of the session."""
        if self._visiting is not None:
            self._visiting.saw(attract=session.stage is Stage.ATTRACT)


def occupied(session: Session) -> bool:
    """Return whether a citizen or a technician is at the terminal."""
    return session.stage is not Stage.ATTRACT or session.maintained


@functools.cache
def receipts(goods: Stock) -> Slips:
    """Return what composes the slips of this terminal.

    Raises:
        OSError, msgspec.ValidationError: the file of their words is missing or wrong.
    """
    from kiosk.receipts import Letterhead, Slips

    settings = goods.settings
    return Slips(
        letterhead=Letterhead(
            city=settings.city.name,
            hotline=settings.city.hotline,
            terminal=settings.terminal.id,
            place=settings.terminal.place,
        ),
        words=load_texts(RECEIPT_WORDS),
        materials={material.id: material.name for material in goods.catalogue.materials.values()},
        departments=goods.catalogue.departments,
        public_url=settings.backend.public_url,
    )


def _record(settings: Settings, folder: Path, now: Callable[[], datetime]) -> None:
    """Listen to the devices of ``logs.record``, until ten minutes are over or the process ends."""
    if settings.logs.record:
        from kiosk.devices.recording import Recorder

        recorder = Recorder(settings, folder, now)
        for kind in settings.logs.record:
            recorder.start(kind)


def runner(
    goods: Stock,
    *,
    state_dir: Path,
    runtime_dir: Path,
    frames: FrameProvider,
    shown: threading.Event,
    changed: Callable[[Session], None],
    visited: Callable[[Visit], None] = lambda _: None,
    receive: Callable[[Visiting], None] = lambda _: None,
    screen: ScreenBench | None = None,
    sound: SoundBench | None = None,
) -> Runner:
    """Build the session runner; called on the core thread, in its loop.

    Args:
        goods: From ``stock``.
        state_dir: Holds the outbox and the terminal's key.
        runtime_dir: Where ``kiosk diagnose`` asks for diagnostics.
        frames: Takes the live picture of the document camera.
        shown: Set once the first page is shown.
        changed: Told every new state.
        visited: Told every new state of a technician's visit.
        receive: Given what runs those visits.
        screen: As tests of the visit use it; None: they are skipped.
        sound: Likewise.
    """
    import asyncio
    from importlib.metadata import version

    from drivers.errors import DeviceAbsent
    from kiosk.devices.installed import installed
    from kiosk.diagnostics.entrance import Entrance
    from kiosk.printing import Journal
    from kiosk.printing.stamping import stamped
    from kiosk.reporting import Reporter
    from kiosk.session.house import House
    from kiosk.session.runner import Clocks, Runner
    from kiosk.session.world import Outside
    from kiosk.submission import BackendClient, Courier, Identity, Outbox

    settings = goods.settings
    timezone = zoneinfo.ZoneInfo(settings.city.timezone)
    identity = Identity(
        state_dir / "terminal",
        settings.terminal.id,
        door=settings.backend.data_dir,
        place=settings.terminal.place.zh_hans,
    )
    client = BackendClient(settings.backend.url, identity=identity, answer_s=settings.backend.answer_s)

    def compose(session: Session) -> Slip:
        return receipts(goods).compose(session, now=datetime.now(timezone))

    def compose_sheet(session: Session) -> Slip:
        return receipts(goods).compose_sheet(session, now=datetime.now(timezone))

    def compose_beside(session: Session) -> Slip:
        return receipts(goods).compose_beside(session, now=datetime.now(timezone))

    def compose_guide(session: Session, items: tuple[Item, ...]) -> Slip:
        return receipts(goods).compose_guide(session, items, now=datetime.now(timezone))

    devices = installed(settings, shown)

    async def legible(frame: Frame) -> bool:
        if devices.camera is None:
            raise DeviceAbsent("no camera")
        return await devices.camera.legible(frame)

    outside = Outside(
        devices=devices,
        client=client,
        courier=Courier(client=client, outbox=Outbox(state_dir / "outbox")),
        terminal=settings.terminal.id,
        compose=compose,
        compose_guide=compose_guide,
        compose_sheet=compose_sheet,
        compose_beside=compose_beside,
        stamp=lambda slip, attempt: stamped(slip, attempt, receipts(goods).words),
        journal=Journal(state_dir / "printing.sqlite3", settings.terminal.id),
        clock=lambda: datetime.now(timezone),
        sharp=legible,
        show=frames.show,
        forget=frames.forget,
        shown=shown,
    )
    timings = settings.timings
    door = Entrance(state_dir, lambda: identity.terminal, lambda: datetime.now(timezone))
    visits = Visits(receive)

    bell = Bell()

    def told(session: Session) -> None:
        reporter.saw(session)
        visits.saw(session)
        bell.saw(session)
        changed(session)

    async def beside() -> None:
        await asyncio.to_thread(shown.wait)
        _record(settings, state_dir / "recordings", lambda: datetime.now(timezone))
        asking = await asyncio.to_thread(importlib.import_module, "kiosk.diagnostics.asking")
        hearing = asking.Hearing(
            runtime_dir / asking.SOCKET, inspection, occupied=lambda: occupied(made.state), lent=visits.lend
        )
        bell.ring = hearing.interrupt
        visiting = visits.run(
            settings,
            made,
            state_dir=state_dir,
            runtime_dir=runtime_dir,
            door=door,
            make=functools.partial(inspection, screen=screen, sound=sound),
            now=lambda: datetime.now(timezone),
            changed=visited,
        )
        listening = await asyncio.to_thread(importlib.import_module, "kiosk.devices.listening")
        heard = listening.follow(made.equipment.headphones, made.post)
        await asyncio.gather(reporter.work(), hearing.work(), visiting, heard)

    def inspection(
        operator: str,
        technician: Technician | None,
        screen: ScreenBench | None = None,
        sound: SoundBench | None = None,
    ) -> Inspection:
        from kiosk.diagnostics.bench import Workbench
        from kiosk.diagnostics.inspection import Inspection

        bench = Workbench(
            settings=settings,
            devices={each.kind: each for each in made.equipment.every},
            state_dir=state_dir,
            backend_url=settings.backend.url,
            press=made.press,
            screen=screen,
            sound=sound,
            technician=technician,
            now=lambda: datetime.now(timezone),
        )
        return Inspection(bench, identity, operator=operator, catalogue=goods.catalogue.version)

    made = Runner(
        house=House(catalogue=goods.catalogue, terminal=settings.terminal.id, language=settings.languages.default),
        outside=outside,
        clocks=Clocks(
            idle_s=timings.idle_s - timings.warning_s,
            warning_s=timings.warning_s,
            session_limit_s=timings.session_limit_s,
            goodbye_s=timings.goodbye_s,
        ),
        timezone=timezone,
        changed=told,
        beside=beside,
    )
    reporter = Reporter(
        desk=client,
        post=made.post,
        devices=made.equipment.statuses,
        catalogue=goods.catalogue,
        version=version("onething-kiosk"),
        timezone=timezone,
        door=door,
    )
    return made


def speech(goods: Stock) -> Speech:
    """Return what can be spoken here; takes a moment.

    Raises:
        OSError, ValueError: a file of words is missing or wrong.
    """
    from kiosk.speech.installed import speech_of

    return speech_of(goods.settings.speech, goods.catalogue, goods.sentences)


def fetch_the_rest(goods: Stock) -> None:
    """Import what was left for later; on a thread of its own.

    Raises:
        OSError, msgspec.ValidationError: the file of the words of slips is missing or wrong.
    """
    for name in LATER:
        importlib.import_module(name)
    glossary()
    receipts(goods)
