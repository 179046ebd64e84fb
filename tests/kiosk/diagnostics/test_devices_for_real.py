"""The tests of devices against the simulated ones, over the real drivers and wires; and the loop, through pixels."""

from __future__ import annotations

import asyncio
import contextlib
import json
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from benches import Answers, Fingers, Held, bench, no_news
from PIL import Image, ImageDraw

from drivers.card.api import CardProbe
from drivers.errors import MediaRemoved, MediaUnreadable
from drivers.simulated import ControlClient, SimulatedHub
from drivers.simulated.api import UnknownAction
from drivers.simulated.slips import newest
from kiosk.__main__ import main
from kiosk.devices.equipment import Equipment
from kiosk.devices.installed import installed
from kiosk.diagnostics.bench import Progress, Workbench
from kiosk.diagnostics.checks import codes
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.mending import mend
from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.repairs import Kind, Repair
from kiosk.diagnostics.running import run
from kiosk.printing import Journal, Press
from kiosk.settings import Settings
from kiosk.settings.model import CardSettings
from kiosk.submission import Identity

ASSETS = Path(__file__).parents[3] / "assets" / "simulated"
LIMIT_S = 20.0


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[SimulatedHub]:
    # not tmp_path: the path of a socket has at most 107 bytes
    with tempfile.TemporaryDirectory(prefix="loop") as name:
        hub = SimulatedHub(Path(name), ASSETS / "people.yaml", ASSETS / "papers.yaml", pace=0)
        # a card reader brings a pcscd, which takes longer to come and go than all the others together
        hub.devices = {kind: device for kind, device in hub.devices.items() if kind != "card"}
        await hub.start()
        yield hub
        await hub.stop()


@pytest_asyncio.fixture
async def real(hub: SimulatedHub, tmp_path: Path) -> AsyncIterator[Workbench]:
    wiring = hub.wiring()
    settings = wired(wiring)
    async with Equipment(installed(settings), lambda _: None).kept() as equipment:
        await equipment.first_report()
        yield bench(tmp_path, {each.kind: each for each in equipment.every}, settings=settings, technician=Answers())


def wired(wiring: dict[str, str]) -> Settings:
    from kiosk import settings as settings_of

    settings = settings_of.load(None)
    devices = msgspec.structs.replace(settings.devices, card=CardSettings())
    return msgspec.structs.replace(settings, devices=devices).wired(
        {
            "runtime": str(Path(wiring["idreader"]).parent),
            "printer_port": wiring["printer"].rpartition(":")[2],
            "camera_port": wiring["camera"].split(":")[2].partition("/")[0],
        }
    )


class Hand:
    """Does something at the devices when it is told to."""

    def __init__(self, hub: SimulatedHub, **told: tuple[str, str, dict[str, str]]) -> None:
        self._hub = hub
        self._told = {say.replace("_", "."): what for say, what in told.items()}
        self._doing: set[asyncio.Task[Any]] = set()

    def __call__(self, progress: Progress) -> None:
        if progress.say in self._told:
            device, action, arguments = self._told[progress.say]
            self._doing.add(asyncio.create_task(self._hub.do(device, action, arguments)))


async def tried(test: str, real: Workbench, post: Any = no_news) -> TestResult:
    async with asyncio.timeout(LIMIT_S):
        return await run(test, real, post)


async def test_every_test_that_needs_nobody_passes_on_devices_that_are_well(real: Workbench) -> None:
    for test in ("idreader.self-test", "camera.picture", "printer.page", "printer.sensors"):
        found = await tried(test, real)
        assert (found.verdict, found.reason, found.detail and "") == (Verdict.PASS, "", ""), found


async def test_a_document_that_is_laid_down_and_taken_away_leaves_nothing_behind(
    hub: SimulatedHub, real: Workbench
) -> None:
    hand = Hand(
        hub, lay_document=("idreader", "insert", {"document": "chen"}), take_document=("idreader", "remove", {})
    )
    found = await tried("idreader.document", real, hand)
    assert (found.verdict, found.detail) == (Verdict.PASS, "")


class CardSlot:
    """A reader whose card was pulled once before it stayed, and then says that it has no application asked for."""

    def __init__(self, atr: str, protocol: str = "T=1", mute: bool = False) -> None:
        self.atr, self.protocol = bytes.fromhex(atr), protocol
        self.left = False
        self._errors: list[Exception] = [MediaRemoved("pulled"), *([MediaUnreadable("mute")] if mute else [])]

    def transmit(self, command: bytes) -> bytes:
        return bytes.fromhex("6A82")

    async def run(self, protocol: Any) -> Any:
        if self._errors:
            raise self._errors.pop(0)
        return protocol(self)

    async def probe(self) -> CardProbe:
        return CardProbe(atr=self.atr, protocol=self.protocol, round_trips_ms=(9.0, 11.0, 400.0))

    async def removed(self) -> None:
        self.left = True


@pytest.mark.parametrize(
    ("atr", "detail"),
    [
        (
            "3B69000053494D434152443031",
            "T=1, contact, other, 9 historical bytes, T=0 offered, 372 clocks per bit",
        ),
        ("3B8180018080", "T=1, contactless, other, 1 historical bytes"),
        ("3B8180018081", "T=1, contactless, other, 1 historical bytes, TCK wrong"),
        ("0001", "T=1, other, answer to reset not as in ISO/IEC 7816-3"),
    ],
)
async def test_any_card_is_told_of(tmp_path: Path, atr: str, detail: str) -> None:
    slot, told = CardSlot(atr), list[str]()
    where = bench(tmp_path, {"card": Held("card", slot)}, technician=Answers())
    found = await tried("card.card", where, lambda progress: told.append(progress.say))
    assert (found.verdict, found.detail, slot.left) == (Verdict.PASS, detail, True)
    assert {measure.name: measure.value for measure in found.measures} == {
        "card.atr": len(slot.atr),
        "card.round-trip": 11,
    }
    assert told == ["", "insert.card", "insert.card-again", "take.card", ""]


async def test_a_card_that_does_not_answer_fails(tmp_path: Path) -> None:
    where = bench(tmp_path, {"card": Held("card", CardSlot("3B00", mute=True))}, technician=Answers())
    assert (await tried("card.card", where)).reason == "card.no-answer"


async def test_paper_near_its_end_is_a_warning(hub: SimulatedHub, real: Workbench) -> None:
    await hub.do("printer", "paper-near-end", {})
    assert (await tried("printer.sensors", real)).verdict is Verdict.WARN


async def test_the_paper_that_is_left_is_told_beside_what_the_sensors_say(real: Workbench, tmp_path: Path) -> None:
    press = Press(
        journal=Journal(tmp_path / "printing.sqlite3", "T-TEST"),
        print_slip=(await real.devices["printer"].ready()).print_slip,
        stamp=lambda slip, attempt: slip,
        clock=lambda: datetime.now(UTC),
        changed=lambda code: None,
    )
    where = replace(real, press=press)
    assert "printer.left" not in {each.name for each in (await tried("printer.sensors", where)).measures}
    await press.change_roll(6_000)
    told = {each.name: each.value for each in (await tried("printer.sensors", where)).measures}
    assert (told["printer.left"], told["printer.receipts"]) == (6.0, 20)


@pytest.mark.parametrize("eye", ["scanner", "camera"])
async def test_the_loop_is_closed_by_pixels(hub: SimulatedHub, real: Workbench, eye: str) -> None:
    found = await tried("loop.print-scan", real, Hand(hub, hold_slip=(eye, "slip", {})))
    assert (found.verdict, found.detail) == (Verdict.PASS, eye)


async def test_the_loop_is_not_closed_by_another_code_or_by_nothing(
    hub: SimulatedHub, real: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip of yesterday, a blank one, a code typed in: none of them is what was printed now."""
    drawn: list[str] = []

    def fresh(length: int = 0) -> str:
        drawn.append(real_fresh(length))
        return drawn[-1]

    real_fresh = codes.fresh
    monkeypatch.setattr(codes, "fresh", fresh)
    printed = asyncio.Event()
    looking = asyncio.create_task(
        run("loop.print-scan", real, lambda told: printed.set() if told.say == "hold.slip" else None)
    )
    await asyncio.wait_for(printed.wait(), LIMIT_S)
    await hub.do("scanner", "show", {"text": real_fresh()})
    await until_scanned(hub)
    with Image.open(newest(hub._slips_dir)) as slip:
        spoilt = slip.convert("L")
    ImageDraw.Draw(spoilt).rectangle((200, 60, spoilt.width, 230), fill=255)
    spoilt.save(tmp_path / "spoilt.png")
    for eye in ("scanner", "camera"):
        await hub.do(eye, "slip", {"file": str(tmp_path / "spoilt.png")})
    await until_scanned(hub)
    camera = await real.devices["camera"].ready()
    seen = await camera.frame()
    for _ in range(4):
        seen = await camera.frame(after=seen.sequence)
    assert not looking.done()
    await hub.do("scanner", "slip", {})
    async with asyncio.timeout(LIMIT_S):
        assert (await looking).verdict is Verdict.PASS
    assert len(drawn) == 1


async def until_scanned(hub: SimulatedHub) -> None:
    async with asyncio.timeout(LIMIT_S), contextlib.aclosing(ControlClient(hub.control_path).watch()) as states:
        async for state in states:
            if state["scanner"]["shown"] == "0":
                return


async def test_a_printer_without_paper_closes_no_loop(hub: SimulatedHub, real: Workbench) -> None:
    await hub.do("printer", "paper-out", {})
    found = await tried("loop.print-scan", real)
    assert found.verdict is Verdict.FAIL
    assert found.reason.startswith("printer.")


async def test_three_codes_are_scanned_from_paper(hub: SimulatedHub, real: Workbench) -> None:
    found = await tried("scanner.decode", real, Hand(hub, scan_slip=("scanner", "slip", {})))
    assert (found.verdict, found.measures[0].value) == (Verdict.PASS, 3)


async def test_three_codes_are_scanned_from_the_screen(hub: SimulatedHub, tmp_path: Path, real: Workbench) -> None:
    screen = Fingers()

    def hold(progress: Progress) -> None:
        if progress.say == "scan.screen":
            task = asyncio.create_task(hub.do("scanner", "show", {"text": screen.codes[-1]}))
            doing.add(task)

    doing: set[asyncio.Task[Any]] = set()
    at_screen = bench(tmp_path, real.devices, settings=real.settings, technician=Answers(), screen=screen)
    found = await tried("scanner.decode", at_screen, hold)
    assert {measure.name: measure.value for measure in found.measures}["scanner.module"] == 0.38
    assert (found.verdict, screen.cleared) == (Verdict.PASS, 1)


async def test_a_slip_that_is_none_is_refused_by_the_hand(hub: SimulatedHub, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    for arguments in ({"file": str(tmp_path / "text.png")}, {"file": "/nonexistent"}, {}):
        with pytest.raises(UnknownAction):
            await hub.do("camera", "slip", arguments)


def test_payloads_are_never_the_same_and_as_long_as_wanted() -> None:
    assert len({codes.fresh() for _ in range(50)}) == 50
    assert len(codes.fresh(260)) >= 259


async def test_a_cable_is_seated_anew_as_the_reader_itself_shows(
    hub: SimulatedHub, real: Workbench, tmp_path: Path
) -> None:
    said: list[str] = []
    moved: list[asyncio.Task[Any]] = []

    def hand(repair: Repair) -> None:
        said.append(repair.say)
        deed = {"repair.cable.out": "unplug", "repair.cable.in": "plug"}.get(repair.say)
        if deed is not None:
            moved.append(asyncio.create_task(hub.do("idreader", deed, {})))

    inspection = Inspection(real, Identity(tmp_path / "terminal", "T-0117"), operator="0042")
    async with asyncio.timeout(LIMIT_S):
        assert (await mend(inspection, Kind.CABLE, "idreader", hand)).done
        await asyncio.gather(*moved)
    assert said == ["repair.cable.out", "repair.cable.in", "repair.cable.done"]


# --- the command line, on the same devices


async def test_kiosk_diagnose_opens_the_devices_when_no_terminal_runs(
    hub: SimulatedHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    runtime, settings = str(hub.control_path.parent), str(tmp_path / "city.toml")
    Path(settings).write_text('profile = "simulated"\n[devices.card]\nprotocol = "none"\n')  # noqa: ASYNC240 - a test
    diagnose = ["diagnose", "--runtime", runtime, "--settings", settings]
    pdf, report = tmp_path / "report.pdf", tmp_path / "report.json"

    status = await asyncio.to_thread(
        main,
        [
            "diagnose",
            "--runtime",
            runtime,
            "--settings",
            settings,
            "--test",
            "idreader.self-test",
            "--json",
            "--report",
            str(pdf),
        ],
    )
    said = capsys.readouterr().out
    told = json.loads(said)
    assert told["verdict"] == {0: "READY", 1: "LIMITED", 2: "NOT READY"}[status]
    assert told["verdict"] != "NOT READY"
    assert pdf.read_bytes().startswith(b"%PDF")
    report.write_text(said)
    assert await asyncio.to_thread(main, ["diagnose", "--verify", str(report), "--key", told["key"]]) == 0
    assert "安全模块自检" in capsys.readouterr().out
    report.write_text(said.replace('"operator": "console"', '"operator": "0042"', 1))
    assert await asyncio.to_thread(main, ["diagnose", "--verify", str(report)]) == 65

    assert await asyncio.to_thread(main, ["diagnose", "--history", "--language", "en"]) == 0
    assert "Self-test of the security module" in capsys.readouterr().out
    await hub.do("idreader", "unplug", {})
    assert await asyncio.to_thread(main, [*diagnose, "--no-tests", "--language", "en"]) == 2
    assert "no way to identify" in capsys.readouterr().out
