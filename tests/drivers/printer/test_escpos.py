from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import zxingcpp
from PIL import Image, ImageChops

from drivers.errors import DeviceAbsent, DeviceGarbled, DeviceGone, DeviceRefused, DeviceSilent, OutOfPaper
from drivers.printer import Align, Pair, Paper, Proof, Qr, Rule, Slip, TextLine
from drivers.printer.api import PrinterGone
from drivers.printer.escpos import EscposPrinter
from drivers.printer.raster import SlipRaster
from drivers.printer.wires import TcpWire
from drivers.simulated.printer import SimulatedPrinter

SLIP = Slip(
    blocks=(
        TextLine(text="受理回执", scale=2, bold=True, align=Align.CENTRE),
        Pair(label="申请人", value="龚䶮𠮷·样本"),
        Pair(label="金额", value="¥3,200.00"),
        Rule(),
        TextLine(text="①已受理：五个工作日内办结，结果以短信告知。" * 8),
        Qr(payload="https://example.gov.test/办件/0001", caption="扫码查看"),
    )
)


@pytest_asyncio.fixture
async def paper_side(tmp_path: Path) -> AsyncIterator[SimulatedPrinter]:
    printer = SimulatedPrinter(slips_dir=tmp_path / "slips")
    await printer.start()
    yield printer
    await printer.stop()
    printer.check()


@pytest_asyncio.fixture
async def driver(paper_side: SimulatedPrinter) -> AsyncIterator[EscposPrinter]:
    printer = EscposPrinter(TcpWire("127.0.0.1", paper_side.port), answer_s=10, print_s=60)
    yield printer
    await printer.close()


@pytest_asyncio.fixture
async def impatient(paper_side: SimulatedPrinter) -> AsyncIterator[EscposPrinter]:
    printer = EscposPrinter(TcpWire("127.0.0.1", paper_side.port), answer_s=0.3)
    yield printer
    await printer.close()


def the_slip(printer: SimulatedPrinter, number: int = -1) -> Image.Image:
    return Image.open(io.BytesIO(printer.slips[number]))


def top_of(slip: Image.Image, height: int) -> Image.Image:
    return slip.crop((0, 0, slip.width, height))


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


async def test_a_slip_comes_out_dot_for_dot(
    driver: EscposPrinter, paper_side: SimulatedPrinter, tmp_path: Path
) -> None:
    status = await driver.open()
    assert status.can_print
    assert status.paper is Paper.OK

    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED

    drawn = SlipRaster(576).render(SLIP)
    printed = the_slip(paper_side)
    assert same(top_of(printed, drawn.height), drawn)
    assert printed.height - drawn.height == 24
    assert (tmp_path / "slips" / "slip-0001.png").read_bytes() == paper_side.slips[0]


async def test_the_code_on_the_slip_can_be_read(driver: EscposPrinter, paper_side: SimulatedPrinter) -> None:
    await driver.print_slip(SLIP)
    [code] = zxingcpp.read_barcodes(the_slip(paper_side).convert("L"))
    assert code.bytes.decode() == "https://example.gov.test/办件/0001"


async def test_narrow_paper() -> None:
    paper_side = SimulatedPrinter(width_dots=384)
    await paper_side.start()
    driver = EscposPrinter(TcpWire("127.0.0.1", paper_side.port), width_dots=384)
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert the_slip(paper_side).width == 384
    await driver.close()
    await paper_side.stop()
    paper_side.check()


async def test_the_sensors_are_told_apart(driver: EscposPrinter, paper_side: SimulatedPrinter) -> None:
    await paper_side.do("paper-near-end", {})
    status = await driver.status()
    assert (status.paper, status.can_print) == (Paper.NEAR_END, True)
    await paper_side.do("paper-out", {})
    status = await driver.status()
    assert (status.paper, status.online, status.can_print) == (Paper.OUT, False, False)
    await paper_side.do("paper-ok", {})
    await paper_side.do("cover-open", {})
    status = await driver.status()
    assert (status.cover_open, status.paper, status.can_print) == (True, Paper.OK, False)
    await paper_side.do("cover-closed", {})
    await paper_side.do("cutter-jam", {})
    status = await driver.status()
    assert (status.cutter_error, status.fatal_error, status.can_print) == (True, False, False)


@pytest.mark.parametrize(("fault", "code"), [("cover-open", "printer.cover-open"), ("cutter-jam", "printer.cutter")])
async def test_what_stands_in_the_way_is_said_before_anything_is_printed(
    driver: EscposPrinter, paper_side: SimulatedPrinter, fault: str, code: str
) -> None:
    await paper_side.do(fault, {})
    with pytest.raises(DeviceRefused) as refused:
        await driver.print_slip(SLIP)
    assert refused.value.code == code
    assert paper_side.slips == []


async def test_without_paper_nothing_is_printed(driver: EscposPrinter, paper_side: SimulatedPrinter) -> None:
    await paper_side.do("paper-out", {})
    with pytest.raises(OutOfPaper):
        await driver.print_slip(SLIP)
    await paper_side.do("paper-ok", {})
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert len(paper_side.slips) == 1


@pytest.mark.parametrize("piece_bytes", [4096, 256])
@pytest.mark.parametrize(("fault", "cure"), [("paper-out", "paper-ok"), ("cover-open", "cover-closed")])
async def test_a_stop_in_mid_slip_is_no_proof_and_the_next_slip_starts_clean(
    driver: EscposPrinter,
    paper_side: SimulatedPrinter,
    fault: str,
    cure: str,
    piece_bytes: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("drivers.simulated.printer_sender._CHUNK_BYTES", piece_bytes)
    await paper_side.do(fault, {"after_mm": "20"})
    printed = await driver.print_slip(SLIP)
    assert printed.proof in (Proof.SPOOLED, Proof.SENT)
    assert printed.trace == f"printer.{fault}"
    assert 0 < printed.dots <= 20 * 8
    assert not (await driver.status()).can_print
    assert paper_side.slips == []

    await paper_side.do(cure, {})
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert len(paper_side.slips) == 2
    drawn = SlipRaster(576).render(SLIP)
    assert same(top_of(the_slip(paper_side), drawn.height), drawn)


async def test_the_plug_is_pulled_in_mid_slip(driver: EscposPrinter, paper_side: SimulatedPrinter) -> None:
    await paper_side.do("unplug", {"after_mm": "20"})
    with pytest.raises(PrinterGone) as gone:
        await driver.print_slip(SLIP)
    assert gone.value.printed.proof is Proof.SPOOLED
    assert gone.value.printed.dots <= 20 * 8
    with pytest.raises(DeviceGone):
        await driver.status()
    with pytest.raises(DeviceAbsent):
        await driver.open()
    await paper_side.do("plug", {})
    assert (await driver.open()).can_print
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED


async def test_who_watches_a_printer_that_left_in_mid_slip_is_told_so(
    driver: EscposPrinter, paper_side: SimulatedPrinter
) -> None:
    await driver.open()
    await driver.watch()
    watching = asyncio.create_task(driver.watch())
    await paper_side.do("unplug", {"after_mm": "20"})
    with pytest.raises(PrinterGone):
        await driver.print_slip(SLIP)
    with pytest.raises(DeviceGone):
        await watching


async def test_a_mute_printer_is_silent_and_a_babbling_one_garbled(
    impatient: EscposPrinter, driver: EscposPrinter, paper_side: SimulatedPrinter
) -> None:
    await paper_side.do("fault", {"kind": "mute"})
    with pytest.raises(DeviceSilent):
        await impatient.status()
    await paper_side.do("fault", {"kind": "garbled"})
    with pytest.raises(DeviceGarbled):
        await driver.open()
    await paper_side.do("fault", {"kind": "none"})
    assert (await driver.status()).can_print


async def test_closing_ends_a_job_that_hangs(paper_side: SimulatedPrinter) -> None:
    driver = EscposPrinter(TcpWire("127.0.0.1", paper_side.port), answer_s=60, print_s=60)
    await paper_side.do("fault", {"kind": "mute"})
    asking = asyncio.create_task(driver.status())
    await paper_side.connected.wait()
    await driver.close()
    with pytest.raises(DeviceGone):
        await asking
    await driver.close()


async def test_a_job_whose_caller_left_prints_to_the_end(driver: EscposPrinter, paper_side: SimulatedPrinter) -> None:
    printing = asyncio.create_task(driver.print_slip(SLIP))
    await paper_side.connected.wait()
    printing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await printing
    assert (await driver.status()).can_print
    assert len(paper_side.slips) == 1


async def test_paper_moves_before_the_slip_is_drawn_to_its_end(
    driver: EscposPrinter, paper_side: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    moving = asyncio.Event()
    loop = asyncio.get_running_loop()
    paper_side.on_change = lambda: moving.set() if paper_side.state()["printing"] == "yes" else None
    draw_code = SlipRaster._qr

    def wait_for_paper(raster: SlipRaster, block: Qr) -> Image.Image:
        asyncio.run_coroutine_threadsafe(moving.wait(), loop).result(5)
        return draw_code(raster, block)

    monkeypatch.setattr(SlipRaster, "_qr", wait_for_paper)
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED


async def test_a_code_too_large_for_the_paper_is_refused_before_printing(
    driver: EscposPrinter, paper_side: SimulatedPrinter
) -> None:
    with pytest.raises(DeviceRefused) as refused:
        await driver.print_slip(Slip(blocks=(TextLine(text="上面"), Qr(payload="x" * 5000))))
    assert refused.value.code == "printer.slip-too-wide"
    assert paper_side.slips == []


async def test_dots_that_spell_a_status_question_do_not_confuse_the_driver(
    driver: EscposPrinter, paper_side: SimulatedPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = bytes([0x10, 0x04, 0x01, 0x10, 0x04, 0x04]) * 12
    nasty = Image.frombytes("1", (576, 200), row * 200, "raw", "1;I")
    monkeypatch.setattr(SlipRaster, "strips", lambda _raster, _slip: iter([nasty]))
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert same(top_of(the_slip(paper_side), 200), nasty)
