"""A technician's visit, performed: what was done is in the audit, and citizens are served again whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import re
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from benches import BEGIN, SETTINGS, Held, bench

from drivers.errors import DeviceRefused
from drivers.idreader.api import ReaderProbe
from drivers.status import State
from kiosk.diagnostics import words
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.bench import Technician
from kiosk.diagnostics.chain import ChainError
from kiosk.diagnostics.entrance import Outcome
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.model import Readiness, Verdict
from kiosk.diagnostics.repairs import Kind
from kiosk.diagnostics.report import Signed, verify
from kiosk.diagnostics.visit import Place, Visit, events
from kiosk.diagnostics.visiting import Clocks, Surroundings, Visiting
from kiosk.submission import Identity
from kiosk.words import Language

LIMIT_S = 20.0


class Reader:
    async def probe(self) -> ReaderProbe:
        return ReaderProbe(self_test=True, number="05", answers_ms=(2.0,), find_ms=(100.0,))


class Cards:
    def __init__(self) -> None:
        self.laid: asyncio.Queue[str | DeviceRefused] = asyncio.Queue()
        self.waits = False

    async def next(self) -> str:
        self.waits = True
        try:
            card = await self.laid.get()
        finally:
            self.waits = False
        if isinstance(card, DeviceRefused):
            raise card
        return card


class Doorway:
    """Lets in who has the code 11111111; everything else shuts it."""

    def __init__(self) -> None:
        self.until: datetime | None = None

    def shut_until(self) -> datetime | None:
        return self.until

    def check(self, technician: str, given: str) -> Outcome:
        if given == "11111111":
            return Outcome()
        self.until = BEGIN + timedelta(milliseconds=20)
        return Outcome(code="door.shut", shut_until=self.until)


class Stage:
    """A terminal with one reader, and whoever stands in front of it."""

    def __init__(self, folder: Path, clocks: Clocks) -> None:
        self.held = False
        self.citizen = False
        self.devices = {"idreader": Held("idreader", Reader()), "printer": Held("printer", None, state=State.ABSENT)}
        self.released: list[str] = []
        self.cards = Cards()
        self.door = Doorway()
        self.audit = Audit(folder)
        self.folder = folder
        self.visit = Visit()
        self.places = [Place.CLOSED]
        """The pages that were shown."""
        self._news = asyncio.Event()
        around = Surroundings(
            make=self.make,
            statuses=lambda: tuple(each.status() for each in self.devices.values()),
            release=self.released.append,
            hold=self.hold,
            door=self.door,
            cards=self.cards,
            audit=self.audit,
            now=lambda: BEGIN,
            prefix="YJ-",
            clocks=clocks,
        )
        self.visiting = Visiting(around, self.changed)

    def make(self, operator: str, technician: Technician) -> Inspection:
        where = bench(self.folder, self.devices, technician=technician)
        return Inspection(where, Identity(self.folder / "terminal", "T-0117"), operator=operator)

    async def hold(self, on: bool) -> bool:
        self.held = on and not self.citizen
        return self.held

    def changed(self, visit: Visit) -> None:
        self.visit = visit
        if visit.place is not self.places[-1]:
            self.places.append(visit.place)
        self._news.set()

    async def until(self, seen: Callable[[Visit], bool]) -> Visit:
        async with asyncio.timeout(LIMIT_S):
            while not seen(self.visit):
                self._news.clear()
                await self._news.wait()
        return self.visit

    async def at(self, place: Place) -> Visit:
        return await self.until(lambda visit: visit.place is place and not visit.waiting)

    def do(self, *wanted: events.Intent) -> None:
        for intent in wanted:
            self.visiting.post(intent)

    async def enter(self) -> None:
        self.do(events.Knocked())
        await self.at(Place.DOOR)
        self.type("0001")
        self.type("11111111")
        await self.at(Place.OVERVIEW)

    def type(self, digits: str) -> None:
        self.do(*(events.DigitTyped(digit=digit) for digit in digits), events.Entered())

    def lines(self) -> list[tuple[str, str, str, str]]:
        return [(each.operator, each.what, each.about, each.result) for each in self.audit.actions()]


@contextlib.asynccontextmanager
async def stage(folder: Path, clocks: Clocks | None = None) -> AsyncIterator[Stage]:
    made = Stage(folder, clocks or Clocks())
    running = asyncio.create_task(made.visiting.run())
    await asyncio.sleep(0)
    try:
        yield made
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_visit_from_the_code_to_the_report_and_every_action_is_written(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        del here.devices["printer"]
        await here.enter()
        assert here.held
        assert here.visit.overview is not None
        assert here.visit.overview.verdict is Readiness.READY
        here.do(events.TestChosen(test="idreader.self-test"))
        shown = await here.at(Place.RESULT)
        found = shown.result("idreader.self-test")
        assert found is not None
        assert found.verdict is Verdict.PASS
        assert {trend.measure for trend in shown.trends} == {measure.name for measure in found.measures}
        here.do(events.ReportWanted())
        signed = (await here.until(lambda visit: visit.signed is not None)).signed
        here.do(events.PrintWanted())
        assert (await here.until(lambda visit: bool(visit.said))).said == "visit.not-printed"
        here.do(events.SaveWanted())
        saved = (await here.until(lambda visit: bool(visit.saved))).saved
        assert {name.partition(".")[2] for name in saved} == {"json", "zh-Hans.pdf", "en.pdf"}
        assert signed is not None
        kept = verify((tmp_path / saved[0]).read_bytes(), signed.key)
        assert isinstance(kept, Signed)
        here.do(events.AuditWanted())
        audited = await here.until(lambda visit: bool(visit.actions))
        assert audited.broken_row is None
        here.do(events.LeaveWanted(), events.Left())
        assert (await here.at(Place.CLOSED)).operator == ""
        assert not here.held
    technician = "YJ-0001"
    wanted = [
        (technician, "code.tried", "", ""),
        (technician, "code", "", "admitted"),
        (technician, "entered", "", "code"),
        (technician, "tests.begun", "", "1"),
        (technician, "test.begun", "idreader.self-test", ""),
        (technician, "test", "idreader.self-test", "pass"),
        (technician, "history.read", "idreader.self-test", ""),
        (technician, "report.begun", "", ""),
        (technician, "report", "", "READY"),
        (technician, "slip.begun", "printer", "zh-Hans"),
        (technician, "report.saving", "", ""),
        (technician, "report.saved", "", "done"),
        (technician, "audit.read", "", ""),
        (technician, "left", "", "left"),
    ]
    written = iter(here.lines())
    assert all(line in written for line in wanted)  # in this order, others between them
    assert here.audit.verify() is None


async def test_nobody_gets_in_while_a_citizen_is_there(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.citizen = True
        here.do(events.Knocked())
        await here.until(lambda visit: visit.ticket > 0)  # of nobody again
        assert here.places == [Place.CLOSED]
        assert not here.held


async def test_a_wrong_code_is_written_and_the_door_opens_again_by_itself(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.do(events.Knocked())
        await here.at(Place.DOOR)
        here.type("0001")
        here.type("22222222")
        assert (await here.until(lambda visit: bool(visit.said))).door.shut_until is not None
        assert (await here.until(lambda visit: not visit.said)).door.shut_until is None
        here.do(events.Back())
        await here.at(Place.CLOSED)
        assert not here.held
    assert ("YJ-0001", "code", "", "door.shut") in here.lines()
    assert "22222222" not in str(here.lines())


async def test_a_card_opens_the_door_and_a_bad_one_says_why(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.do(events.Knocked())
        await here.at(Place.DOOR)
        here.cards.laid.put_nowait(DeviceRefused("old", code="technician.expired"))
        assert (await here.until(lambda visit: bool(visit.said))).said == "technician.expired"
        here.do(events.Back())
        await here.at(Place.CLOSED)
        here.cards.laid.put_nowait("YJ-0007")
        assert (await here.at(Place.OVERVIEW)).operator == "YJ-0007"
    assert ("YJ-0007", "entered", "", "card") in here.lines()


async def test_cards_are_looked_for_at_the_page_that_invites_alone(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.visiting.saw(attract=False)
        here.cards.laid.put_nowait("YJ-0007")
        here.do(events.Stayed())
        await asyncio.sleep(0)
        assert here.visit.place is Place.CLOSED
        here.visiting.saw(attract=True)
        assert (await here.at(Place.OVERVIEW)).operator == "YJ-0007"


async def test_the_card_reader_is_let_go_of_while_somebody_else_tests_it(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        here.visiting.lend(False)
        await asyncio.sleep(0)
        assert here.cards.waits
        here.visiting.lend(True)
        await asyncio.sleep(0)
        assert not here.cards.waits
        here.visiting.lend(False)
        here.visiting.lend(True)
        here.visiting.lend(False)  # before the wait that was given up has ended
        here.cards.laid.put_nowait("YJ-0007")
        assert (await here.at(Place.OVERVIEW)).operator == "YJ-0007"


async def test_a_test_that_is_stopped_ends_and_says_so(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        begun = asyncio.Event()

        class Slow:
            async def probe(self) -> None:
                begun.set()
                await asyncio.Event().wait()

        here.devices["idreader"] = Held("idreader", Slow())
        await here.enter()
        here.do(events.TestChosen(test="idreader.self-test"))
        async with asyncio.timeout(LIMIT_S):
            await begun.wait()
        here.do(events.Stopped())
        await here.at(Place.OVERVIEW)
    assert ("YJ-0001", "test", "idreader.self-test", "stopped") in here.lines()


async def test_a_repair_is_left_and_a_device_is_tried(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:
        await here.enter()
        here.do(events.RepairChosen(kind=Kind.CABLE, device="idreader"))
        assert (await here.until(lambda visit: visit.repair is not None)).place is Place.REPAIR
        here.do(events.Stopped())
        await here.at(Place.OVERVIEW)
        here.do(events.DeviceChosen(device="printer"), events.ReleaseWanted())
        await here.at(Place.DEVICE)
        here.do(events.Home())
        await here.at(Place.OVERVIEW)
        assert here.released == ["printer"]
    lines = here.lines()
    assert lines.index(("YJ-0001", "repair.begun", "cable.idreader", "")) < lines.index(
        ("YJ-0001", "repair", "cable.idreader", "left-at-0")
    )
    assert ("YJ-0001", "released", "printer", "") in lines


async def test_the_wire_is_heard_while_its_page_is_shown(tmp_path: Path) -> None:
    from drivers.traffic import tap

    place = SETTINGS.devices.idreader.port
    async with stage(tmp_path) as here:
        await here.enter()
        here.do(events.DeviceChosen(device="idreader"), events.TrafficWanted())
        await here.until(lambda visit: visit.listening and visit.ticket == here.visiting._ticket)
        assert tap.at(place) is not None
        tap.sent(place, bytes.fromhex("AAAAAA9669000312FFEE"))
        heard = (await here.until(lambda visit: bool(visit.heard))).heard
        assert heard[-1].to_device
        here.do(events.Back())
        await here.at(Place.DEVICE)
        assert tap.at(place) is None


async def test_nobody_touching_ends_it(tmp_path: Path) -> None:
    async with stage(tmp_path, Clocks(idle_s=0.05, door_s=0.05, warning_s=0)) as here:
        here.do(events.Knocked())
        await here.at(Place.DOOR)
        await here.at(Place.CLOSED)
        here.cards.laid.put_nowait("YJ-0007")
        await here.until(lambda visit: bool(visit.operator))
        await here.at(Place.CLOSED)
        assert not here.held
    assert ("YJ-0007", "left", "", "idle") in here.lines()


async def test_no_visit_lasts_longer_than_its_limit(tmp_path: Path) -> None:
    async with stage(tmp_path, Clocks(limit_s=0.2)) as here:
        here.cards.laid.put_nowait("YJ-0007")
        await here.until(lambda visit: bool(visit.operator))
        await here.at(Place.CLOSED)
    assert ("YJ-0007", "left", "", "limit") in here.lines()


async def test_a_program_that_fails_lets_citizens_in_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as here:

        def broken(operator: str, technician: Technician) -> Inspection:
            raise RuntimeError(operator)

        here.visiting._around = dataclasses.replace(here.visiting._around, make=broken)
        here.cards.laid.put_nowait("YJ-0007")
        await here.until(lambda visit: visit.place is Place.DOOR)
        await here.at(Place.CLOSED)
        assert not here.held


async def test_a_disk_that_takes_no_more_keeps_nobody_from_repairing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stage(tmp_path) as here:

        def full(*_: object) -> str:
            raise ChainError("no room")

        monkeypatch.setattr(Audit, "add", full)
        await here.enter()
        assert here.visit.operator == "YJ-0001"


def test_whatever_the_audit_says_has_words() -> None:
    code = Path(words.__file__).parent
    text = "\n".join(
        (code / name).read_text() for name in ("visiting.py", "visit/lines.py", "inspection.py", "mending.py")
    )
    said = set(re.findall(r'(?:what=|note\((?:[a-z.]+, )?)"([a-z.]+)"', text)) | set(
        re.findall(r'_note\(\S+, "([a-z.]+)"', text)
    )
    assert {"entered", "test.begun", "test", "repair", "report.saved", "card", "slip"} <= said
    for language in (Language.ZH_HANS, Language.EN):
        spoken = words.load(language)
        assert [what for what in said if spoken.label(f"audit.{what}") == f"audit.{what}"] == []
