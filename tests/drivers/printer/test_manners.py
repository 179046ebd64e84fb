"""Printers that can more, or less, than most."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image
from printers import Bench, bench

from drivers.errors import DeviceAbsent, DeviceGone, DeviceRefused
from drivers.printer import Proof, Slip, TextLine
from drivers.printer.escpos import EscposPrinter
from drivers.printer.profiles import GENERIC, Profile, profile
from drivers.printer.raster import SlipRaster
from drivers.printer.wires import TcpWire
from drivers.simulated.printer import Manners
from drivers.status import WELL, Identity

SLIP = Slip(blocks=(TextLine(text="①已受理：五个工作日内办结，结果以短信告知。" * 12),))
LIMIT_S = 30.0
CUSTOM = profile("custom-kiosk")
EPSON = profile("epson-tm")
HURRIED_S = 0.02


Make = Callable[..., Awaitable[Bench]]


@pytest_asyncio.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    made: list[Bench] = []

    async def one(manners: Manners | None = None) -> Bench:
        made.append(await bench("tcp", tmp_path, manners))
        return made[-1]

    yield one
    for each in made:
        await each.end()


def heights(made: Bench) -> list[int]:
    return [Image.open(io.BytesIO(slip)).height for slip in made.paper_side.slips]


async def test_one_that_tells_its_name_is_asked_for_it(make: Make) -> None:
    made = await make()
    driver = made.driver(EPSON)
    await driver.open()
    known = driver.identity
    assert (known.maker, known.model, known.firmware, known.serial) == ("SIMULATED", "P80", "1.00", "SIM-0001")


async def test_one_that_says_it_tells_and_does_not_is_used_all_the_same(make: Make) -> None:
    made = await make(Manners(identifies=False, reports=False))
    driver = made.driver(EPSON)
    await driver.open()
    assert driver.identity.maker == "EPSON"
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED


async def test_one_that_reports_nothing_is_asked_now_and_then(make: Make) -> None:
    made = await make(Manners(reports=False))
    driver = made.driver(ask_every_s=HURRIED_S)
    await driver.open()
    async with asyncio.timeout(LIMIT_S):
        assert await driver.watch() == WELL
        await made.paper_side.do("paper-out", {})
        assert (await driver.watch()).cause == "printer.paper-out"
        await made.paper_side.do("paper-ok", {})
        assert await driver.watch() == WELL


async def test_one_that_hangs_up_who_lies_idle_is_called_for_each_job(make: Make) -> None:
    made = await make(Manners(idle_s=0.15))
    driver = made.driver(ask_every_s=0.25)
    await driver.open()
    async with asyncio.timeout(LIMIT_S):
        assert await driver.watch() == WELL
        while driver.held:  # noqa: ASYNC110 - nobody is told how a driver keeps its connection
            await asyncio.sleep(HURRIED_S)
        await made.paper_side.do("cover-open", {})
        assert (await driver.watch()).cause == "printer.cover-open"
        await made.paper_side.do("cover-closed", {})
        assert await driver.watch() == WELL
        assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
        await made.paper_side.do("unplug", {})
        with pytest.raises(DeviceGone):
            await driver.watch()
        await driver.close()
        await made.paper_side.do("plug", {})
        await driver.open()
        assert driver.held, "somebody may have pulled its cable"


async def test_one_connection_at_a_time_is_shared_with_another_sender(make: Make) -> None:
    made = await make()
    shared = profile("job-by-job")
    ours, theirs = made.driver(shared), made.driver(shared)
    await ours.open()
    await theirs.open()
    both = await asyncio.gather(ours.print_slip(SLIP), theirs.print_slip(SLIP))
    assert [printed.proof for printed in both] == [Proof.DRAINED] * 2
    assert not ours.held


async def test_without_an_answer_in_order_the_word_is_weaker_and_the_slip_the_same(make: Make) -> None:
    made = await make(Manners(in_order=False))
    driver = made.driver(Profile(name="no GS r", in_order=False))
    printed = await driver.print_slip(SLIP)
    drawn = SlipRaster(576).render(SLIP).height + 24
    assert (printed.proof, printed.dots) == (Proof.DRAINED, drawn)
    await driver.print_slip(SLIP)
    assert heights(made)[0] == drawn


async def test_what_a_stopped_printer_holds_is_forgotten_where_it_can_be(make: Make) -> None:
    made = await make()
    driver = made.driver(EPSON)
    await driver.open()
    await made.paper_side.do("paper-out", {"after_mm": "20"})
    printed = await driver.print_slip(SLIP)
    assert printed.proof in (Proof.SPOOLED, Proof.SENT)
    assert printed.trace == "printer.paper-out"
    await made.paper_side.do("paper-ok", {})
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    drawn = SlipRaster(576).render(SLIP).height + 24
    hung_out, whole = heights(made)
    assert whole == drawn
    assert hung_out < 20 * 8 + 24  # cut off first; nothing was printed after paper was back


async def test_what_cannot_be_forgotten_is_little_and_heads_nobody_elses_slip(make: Make) -> None:
    made = await make()
    driver = made.driver(GENERIC)
    await driver.open()
    await made.paper_side.do("paper-out", {"after_mm": "20"})
    assert (await driver.print_slip(SLIP)).trace == "printer.paper-out"
    await made.paper_side.do("paper-ok", {})
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    rest, whole = heights(made)
    assert whole == SlipRaster(576).render(SLIP).height + 24
    assert rest <= 20 * 8 + 4 * 160


async def test_a_stuck_knife_that_comes_free_leaves_the_rest_of_nobody_behind(make: Make) -> None:
    made = await make()
    driver = made.driver(GENERIC)
    await driver.open()
    await made.paper_side.do("cutter-jam", {"after_mm": "20"})
    assert (await driver.print_slip(SLIP)).trace == "printer.cutter"
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert heights(made)[-1] == SlipRaster(576).render(SLIP).height + 24


async def test_what_a_crash_left_hanging_out_is_cut_off_by_whoever_comes_next(make: Make, tmp_path: Path) -> None:
    made = await make()
    mark = tmp_path / "state" / "slip-on-its-way"
    before = made.driver(EPSON, unfinished=mark)
    await made.paper_side.do("unplug", {"after_mm": "20"})
    with pytest.raises(DeviceGone):
        await before.print_slip(SLIP)
    assert mark.exists()
    await made.paper_side.do("plug", {})
    after = made.driver(EPSON, unfinished=mark)
    assert (await after.print_slip(SLIP)).proof is Proof.DRAINED
    assert len(made.paper_side.slips) == 2
    assert not mark.exists()


async def test_a_slip_waits_until_it_is_taken(make: Make) -> None:
    made = await make(Manners(presenter=True))
    driver = made.driver(CUSTOM, ask_every_s=HURRIED_S)
    status = await driver.open()
    assert status.slip_waiting is False
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert (await driver.status()).slip_waiting is True
    async with asyncio.timeout(LIMIT_S):
        taking = asyncio.create_task(driver.taken())
        await asyncio.sleep(HURRIED_S)
        assert not taking.done()
        await made.paper_side.do("tear", {})
        await taking
    assert made.paper_side.pulled_back == 0


async def test_a_slip_that_nobody_takes_is_pulled_back(make: Make) -> None:
    made = await make(Manners(presenter=True))
    driver = made.driver(CUSTOM, ask_every_s=HURRIED_S, left_s=2 * HURRIED_S)
    await driver.open()
    await driver.print_slip(SLIP)
    async with asyncio.timeout(LIMIT_S):
        with pytest.raises(DeviceRefused) as refused:
            await driver.taken()
    assert refused.value.code == "printer.slip-retracted"
    assert made.paper_side.pulled_back == 1


async def test_a_slip_still_there_is_pulled_back_before_the_next_citizens_slip(make: Make) -> None:
    made = await make(Manners(presenter=True))
    driver = made.driver(CUSTOM)
    await driver.print_slip(SLIP)
    await driver.print_slip(SLIP)
    assert made.paper_side.pulled_back == 1
    await driver.retract()
    assert made.paper_side.pulled_back == 2


async def test_one_that_shows_by_a_bit_whether_a_slip_hangs_there(make: Make) -> None:
    made = await make(Manners(torn_bit=True))
    driver = made.driver(profile("cashino-csn"), width_dots=576, ask_every_s=HURRIED_S)
    await driver.open()
    await driver.print_slip(SLIP)
    assert (await driver.status()).slip_waiting is True
    await made.paper_side.do("tear", {})
    async with asyncio.timeout(LIMIT_S):
        await driver.taken()
    with pytest.raises(DeviceRefused):
        await driver.retract()


async def test_one_that_cannot_tell_says_so(make: Make) -> None:
    made = await make()
    driver = made.driver()
    with pytest.raises(DeviceRefused) as refused:
        await driver.taken()
    assert refused.value.code == "printer.no-presenter"


@pytest.mark.parametrize(
    ("action", "cause"),
    [
        ("paper-out", "printer.paper-out"),
        ("cover-open", "printer.cover-open"),
        ("cutter-jam", "printer.cutter"),
        ("paper-near-end", "printer.paper-near-end"),
    ],
)
async def test_a_presenter_tells_of_everything_else_too(make: Make, action: str, cause: str) -> None:
    made = await make(Manners(presenter=True))
    driver = made.driver(CUSTOM, ask_every_s=HURRIED_S)
    await driver.open()
    async with asyncio.timeout(LIMIT_S):
        assert await driver.watch() == WELL
        await made.paper_side.do(action, {})
        assert (await driver.watch()).cause == cause


async def test_an_address_where_nobody_answers_is_one_where_nothing_is(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unanswered(host: str, port: int) -> None:
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(asyncio, "open_connection", unanswered)
    driver = EscposPrinter(TcpWire("printer.test", connect_s=HURRIED_S))
    with pytest.raises(DeviceAbsent):
        await driver.open()
    with pytest.raises(DeviceGone):
        await driver.status()


async def test_one_that_does_not_answer_in_order_is_found_out_whatever_its_profile_says(make: Make) -> None:
    made = await make(Manners(in_order=False, reports=False))
    driver = made.driver(GENERIC, answer_s=0.2)
    await driver.open()
    printed = await driver.print_slip(SLIP)
    assert (printed.proof, printed.dots) == (Proof.DRAINED, SlipRaster(576).render(SLIP).height + 24)


class Mute:
    """A printer that hears nothing of DLE EOT while it prints, and knows no other question; may report unasked."""

    def __init__(self, *, questions_lost: int = 0, greeting: bytes = b"") -> None:
        self.questions_lost = questions_lost
        self.greeting = greeting
        self.got = bytearray()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self.greeting)
        while data := await reader.read(65_536):
            before = len(self.got)
            self.got += data
            at = self.got.find(b"\x10\x04", max(0, before - 2))
            while 0 <= at < len(self.got) - 2:
                if b"\x1dVB" in self.got and self.questions_lost:
                    self.questions_lost -= 1
                elif self.got[at + 2] in (1, 2, 3, 4) and at + 3 > before:
                    writer.write(b"\x12")
                at = self.got.find(b"\x10\x04", at + 1)
        writer.close()


@pytest.mark.parametrize(
    ("mute", "settings"),
    [
        (Mute(questions_lost=2), GENERIC),
        (Mute(greeting=b"\x10\x00\x00\x00"), profile("job-by-job")),
    ],
    ids=["silent while it prints", "reports unasked"],
)
async def test_a_plain_printer_prints(mute: Mute, settings: Profile) -> None:
    server = await asyncio.start_server(mute.serve, "127.0.0.1", 0)
    driver = EscposPrinter(
        TcpWire("127.0.0.1", server.sockets[0].getsockname()[1]), settings, answer_s=0.2, print_s=LIMIT_S
    )
    try:
        await driver.open()
        assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
        assert mute.questions_lost == 0
    finally:
        await driver.close()
        server.close()


async def test_a_slow_line_is_given_its_time() -> None:
    printer = _SlowLine()
    driver = EscposPrinter(printer, GENERIC, answer_s=0.2, print_s=0.5)
    try:
        await driver.open()
        assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    finally:
        await driver.close()


class _SlowLine:
    """A wire with a deep buffer, as a serial port has, and the printer at its far end."""

    place = "a slow line"
    byte_s = 10 / 500_000

    def __init__(self) -> None:
        self._answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._free_at = 0.0

    async def open(self) -> Identity:
        return Identity()

    async def close(self) -> None:
        return

    async def write(self, data: bytes, limit_s: float) -> None:
        del limit_s
        loop = asyncio.get_running_loop()
        self._free_at = max(loop.time(), self._free_at) + len(data) * self.byte_s
        if data[:2] == b"\x10\x04":
            loop.call_at(self._free_at, self._answers.put_nowait, b"\x12")
        elif data.endswith(b"\x1dr\x01"):
            loop.call_at(self._free_at, self._answers.put_nowait, b"\x00")

    async def read(self) -> bytes:
        return await self._answers.get()

    async def appears(self) -> None:
        return
