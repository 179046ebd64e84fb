"""A terminal on the street without a screen: real drivers on simulated wires, a real backend."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import msgspec

from drivers.camera.stream import StreamCamera
from drivers.idreader import SamVReader
from drivers.links import SerialLink
from drivers.printer.escpos import EscposPrinter
from drivers.printer.wires import TcpWire
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.simulated import SimulatedHub
from kiosk import forms
from kiosk.catalogue import Catalogue, load
from kiosk.contract import Stroke
from kiosk.devices.installed import Devices
from kiosk.forms import PageRef, Question
from kiosk.printing import Journal
from kiosk.printing.stamping import stamped
from kiosk.receipts import Letterhead, Slips
from kiosk.session import events, gathering
from kiosk.session.house import House
from kiosk.session.runner import Clocks, Runner
from kiosk.session.state import Receipt, Session, Stage
from kiosk.session.world import Outside
from kiosk.submission import BackendClient, Backoff, Courier, Identity, Outbox
from kiosk.words import Text, load_texts

ROOT = Path(__file__).parents[3]
ZONE = ZoneInfo("Asia/Shanghai")
LIMIT_S = 30.0
INK = (Stroke(points=tuple((5 * place, 5 * place, place) for place in range(20))),)
PATIENT = Clocks(idle_s=300, warning_s=20, session_limit_s=1800, goodbye_s=0.05)
EXAMPLE = Text(zh_hans="示例市", zh_hant="示例市", en="Example City")


@cache
def catalogue() -> Catalogue:
    return load(ROOT / "assets" / "catalogue")


@cache
def journey(name: str) -> Mapping[str, Any]:
    """Return a journey of the demonstrations as it is written."""
    return msgspec.yaml.decode((ROOT / "assets" / "demo" / f"{name}.yaml").read_bytes(), type=dict[str, Any])


class Backend:
    """A real backend process that can be killed and brought back on the same port with the same data."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._process: asyncio.subprocess.Process | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def phones_url(self) -> str:
        """Where the phones of the simulated city are read."""
        return self.url

    @property
    def data_dir(self) -> Path:
        return self._home / "onething-kiosk" / "backend"

    async def start(self) -> None:
        ready, told = os.pipe()
        command = ("-m", "kiosk", "backend", "--port", str(self.port), "--ready-fd", str(told))
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            pass_fds=(told,),
            cwd=ROOT,
            env={**os.environ, "XDG_STATE_HOME": str(self._home)},
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )
        os.close(told)
        with os.fdopen(ready, "rb") as pipe:
            assert await asyncio.wait_for(asyncio.to_thread(pipe.readline), LIMIT_S), "the backend did not start"

    async def kill(self) -> None:
        """As a power cut does."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
            await process.wait()


@dataclass
class Street:
    """One terminal, its devices, its backend, and whoever stands before it."""

    hub: SimulatedHub
    backend: Backend
    runner: Runner
    client: BackendClient
    outbox: Path
    slips: Path
    states: list[Session]
    news: asyncio.Event
    drivers: Devices
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def now(self) -> Session:
        return self.states[-1]

    def post(self, event: events.Event) -> None:
        self.runner.post(event)

    async def until(self, what: Callable[[Session], object], limit_s: float = LIMIT_S) -> Session:
        """Wait until ``what`` holds of the session."""
        try:
            async with asyncio.timeout(limit_s):
                while not self.states or not what(self.now):
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            state = self.now
            message = f"stands at {state.stage}, page {state.page}, busy {state.busy!r}, advice {state.advice}"
            raise AssertionError(message) from None
        return self.now

    async def at(self, *stages: Stage) -> Session:
        return await self.until(lambda state: state.stage in stages)

    async def ready(self, device: str, health: str = "ready") -> None:
        await self.until(lambda state: state.devices.get(device) == health)

    async def hand(self, device: str, action: str, **arguments: str) -> None:
        await self.hub.do(device, action, arguments)

    # --- what a citizen does -----------------------------------------------------------------------------------

    async def open(self, name: str) -> None:
        """From the attract page to the document page."""
        self.told = journey(name)
        await self.at(Stage.ATTRACT)
        self.post(events.Touched(session=str(uuid4())))
        await self.at(Stage.FIND)
        self.post(events.ServiceChosen(service=self.told["service"]))
        await self.at(Stage.SITUATION, Stage.GUIDE)
        while self.now.stage is Stage.SITUATION:
            await self.answer()
        self.post(events.Next())
        await self.at(Stage.NOTICE)
        self.post(events.Next())
        await self.at(Stage.DOCUMENT)

    async def lay(self, document: str | None = None) -> None:
        await self.ready("id-reader")
        await self.hand("idreader", "insert", document=document or self.told["document"])

    async def verify(self) -> None:
        """Type the newest code that the simulated phone received."""
        await self.until(lambda state: state.stage is Stage.VERIFY and state.verification is not None)
        self.post(events.CodeEntered(code=await self.code()))
        await self.until(lambda state: state.stage is not Stage.VERIFY)

    async def verify_anew(self) -> None:
        """Have another code sent first: the simulated phone forgets its messages with its backend."""
        self.post(events.CodeWanted())
        await self.until(lambda state: state.busy == "code")
        await self.verify()

    async def identify(self) -> None:
        await self.lay()
        await self.verify()
        await self.confirm()

    async def confirm(self) -> None:
        """From the wait for what is known to the first question, for oneself."""
        await self.until(lambda state: state.stage is not Stage.FETCH)
        if self.now.stage is Stage.BEHALF:
            self.post(events.ActedFor())
            await self.until(lambda state: state.stage not in (Stage.BEHALF, Stage.FETCH))
        if self.now.stage is Stage.CONFIRM:
            self.post(events.Next())
            await self.until(lambda state: state.stage is not Stage.CONFIRM)

    async def code(self) -> str:
        """Return the newest code that the simulated phones received."""
        code = re.search(r"\d{6}", (await self.client.phone_messages())[0].text)
        assert code
        return code[0]

    async def answer(self) -> None:
        """Answer the question on the screen as the journey says."""
        state, page = self.now, self.now.page
        assert page is not None
        children = self.told.get("entries", {}).get("children", [])
        if page == PageRef(id="children"):
            made = len(state.answers.repeats.get("children", ()))
            self.post(events.EntryAdded(repeat="children") if made < len(children) else events.Next())
        else:
            source = self.told["answers"] if page.entry is None else children[page.entry]
            assert page.id in source, f"nobody told what to answer to {page.id}"
            self.post(events.Answered(page=page, raw=eventual_raw(source[page.id])))
        changed = await self.until(lambda after: after.page != page or after.stage is not state.stage or after.advice)
        assert changed.advice is None, (page, changed.advice)

    async def supply(self) -> None:
        """Do what the materials still need."""
        while self.now.stage in (Stage.MATERIALS, Stage.PROMISE, Stage.CAMERA):
            state = self.now
            if state.stage is Stage.MATERIALS:
                later = [
                    need.material.id
                    for need in gathering.missing(state)
                    if self.told.get("papers", {}).get(need.material.id) == "later"
                ]
                self.post(events.MaterialDeferred(material=later[0]) if later else events.Next())
            elif state.stage is Stage.PROMISE:
                self.post(events.Promised())
            else:
                await self.photograph()
            await self.until(lambda after, before=state: after is not before and after.busy == "")  # type: ignore[misc] # a default that holds the state

    async def photograph(self) -> None:
        paper = self.told["papers"][self.now.material]
        await self.hand("camera", "put", paper=paper)
        await self.ready("camera")
        # the picture may still be one of the empty table: a citizen who is told so takes it again
        while self.now.picture is None or self.now.advice is not None:
            if self.now.picture is not None:
                self.post(events.PictureRejected())
                await self.until(lambda state: state.picture is None)
            self.post(events.PictureWanted())
            before = self.now
            await self.until(lambda state, before=before: state is not before and state.busy == "")  # type: ignore[misc] # a default that holds the state
        self.post(events.PictureKept())
        await self.until(lambda state: state.stage is not Stage.CAMERA or state.advice)

    async def answer_all(self) -> None:
        """From the first question, or the list of sections, to what comes after the last one."""
        while self.now.stage in {Stage.TASKS, Stage.QUESTION}:
            if self.now.stage is Stage.TASKS:
                self.post(events.Next())
                await self.until(lambda state: state.stage is not Stage.TASKS)
            else:
                await self.answer()

    async def fill(self) -> None:
        """From the first question to the review."""
        await self.answer_all()
        while self.now.stage is not Stage.REVIEW:
            await self.supply()

    async def sign(self) -> None:
        self.post(events.Next())
        await self.at(Stage.SIGN, Stage.OUTCOMES)
        if self.now.stage is Stage.SIGN:
            self.post(events.Signed(strokes=INK))
            await self.at(Stage.OUTCOMES)

    async def submit(self, name: str) -> Session:
        """Go all the way to the settled outcomes."""
        await self.open(name)
        await self.identify()
        await self.fill()
        await self.sign()
        return await self.until(lambda state: state.settled)

    async def receipt(self) -> Session:
        self.post(events.Next())
        await self.at(Stage.RECEIPT)
        return await self.until(lambda state: state.receipt is not Receipt.PRINTING)

    async def leave(self) -> None:
        """From the receipt out, taking the card."""
        self.post(events.Next())
        await self.at(Stage.RATING, Stage.GOODBYE)
        if self.now.stage is Stage.RATING:
            self.post(events.Rated(level=5))
            await self.at(Stage.GOODBYE)
        await self.hand("idreader", "remove")
        await self.at(Stage.ATTRACT)

    def printed(self) -> list[Path]:
        return sorted(self.slips.glob("*.png"))

    def waiting(self) -> list[Path]:
        return sorted(self.outbox.glob("*"))


async def eventually(what: Callable[[], bool]) -> None:
    """Wait until ``what`` holds of the disk, which tells nobody when it changes."""
    async with asyncio.timeout(LIMIT_S):
        while not what():  # noqa: ASYNC110  # the disk has no event to wait for
            await asyncio.sleep(0.02)


def eventual_raw(given: Any) -> Any:
    if isinstance(given, str) and (relative := re.fullmatch(r"today([+-]\d+)d", given)):
        return (datetime.now(ZONE).date() + timedelta(days=int(relative[1]))).isoformat()
    if isinstance(given, str) and re.fullmatch(r"\d{4}", given):
        return f"{given[:2]}:{given[2:]}"
    return tuple(given) if isinstance(given, list) else given


def expected(name: str) -> dict[str, str]:
    """Return the outcome that each item a journey chooses declares in the catalogue."""
    told = journey(name)
    situation = forms.Answers()
    form = catalogue().situation_form(told["service"])
    for page in () if form is None else form.pages:
        if isinstance(page, Question) and page.element.id in told["answers"]:
            value = forms.parse(page.element, eventual_raw(told["answers"][page.element.id]))
            situation = forms.with_answer(situation, PageRef(id=page.element.id), forms.Answer(value=value))
    matter = catalogue().matter(told["service"], situation, date(2026, 11, 23))
    return {item.id: str(item.outcome) for item in matter.items}


def wired(wiring: Mapping[str, str]) -> Devices:
    """Return the drivers that stand at the simulated wires."""
    host, _, port = wiring["printer"].rpartition(":")
    return Devices(
        id_reader=SamVReader(SerialLink(wiring["idreader"], 115200)),
        scanner=SerialScanner(wiring["scanner"], 115200, TRIGGERS["honeywell"]),
        camera=StreamCamera(wiring["camera"], width=1600, height=1200),
        printer=EscposPrinter(TcpWire(host, int(port))),
    )


@asynccontextmanager
async def street(
    tmp: Path,
    backend: Backend,
    *,
    clocks: Clocks = PATIENT,
    pace: float = 0.0,
    devices: Callable[[Mapping[str, str]], Devices] = wired,
) -> AsyncIterator[Street]:
    """Put a terminal on the street; afterwards nothing of it is left running."""
    before = asyncio.all_tasks()
    assets = ROOT / "assets"
    slips = tmp / "slips"
    people, papers = assets / "simulated" / "people.yaml", assets / "simulated" / "papers.yaml"
    hub = SimulatedHub(tmp / "run", people, papers, 0, 0, pace, slips)
    await hub.start()
    drivers = devices(hub.wiring())
    assert drivers.camera is not None
    identity = Identity(tmp / "terminal", "T-TEST", door=backend.data_dir)
    client = BackendClient(backend.url, identity=identity, answer_s=10)
    asking = BackendClient(backend.phones_url, identity=identity)
    receipts = Slips(
        letterhead=Letterhead(city=EXAMPLE, hotline="12345", terminal="T-TEST", place=EXAMPLE),
        words=load_texts(assets / "i18n" / "receipt.yaml"),
        materials={one.id: one.name for one in catalogue().materials.values()},
        departments=catalogue().departments,
    )
    outbox = tmp / "outbox"
    outside = Outside(
        devices=drivers,
        client=client,
        courier=Courier(client=client, outbox=Outbox(outbox), backoff=Backoff(first_s=0.1, most_s=0.3)),
        terminal="T-TEST",
        compose=lambda session: receipts.compose(session, now=datetime.now(ZONE)),
        compose_sheet=lambda session: receipts.compose_sheet(session, now=datetime.now(ZONE)),
        compose_beside=lambda session: receipts.compose_beside(session, now=datetime.now(ZONE)),
        compose_guide=lambda session, items: receipts.compose_guide(session, items, now=datetime.now(ZONE)),
        stamp=lambda slip, attempt: stamped(slip, attempt, receipts.words),
        journal=Journal(tmp / "printing.sqlite3", "T-TEST"),
        clock=lambda: datetime.now(ZONE),
        sharp=drivers.camera.legible,
    )
    states: list[Session] = []
    news = asyncio.Event()

    def changed(state: Session) -> None:
        states.append(state)
        news.set()

    house = House(catalogue=catalogue(), terminal="T-TEST")
    runner = Runner(house=house, outside=outside, clocks=clocks, timezone=ZONE, changed=changed)
    running = asyncio.create_task(runner.run())
    here = Street(
        hub=hub,
        backend=backend,
        runner=runner,
        client=asking,
        outbox=outbox,
        slips=slips,
        states=states,
        news=news,
        drivers=drivers,
    )
    try:
        await here.at(Stage.ATTRACT)
        yield here
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await asking.close()
        await hub.stop()
    left = {task for task in asyncio.all_tasks() - before if not task.done()} - {asyncio.current_task()}
    assert not left, f"left running: {left}"
