"""What every printer keeps, whatever wire it stands at."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image, ImageChops
from printers import WIRES, Bench, bench

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, OutOfPaper
from drivers.links import TRAFFIC
from drivers.printer import Align, Pair, Proof, Qr, Slip, TextLine
from drivers.printer.api import Paper
from drivers.printer.escpos import Letters
from drivers.printer.profiles import profile
from drivers.printer.raster import SlipRaster
from drivers.status import WELL

SLIP = Slip(
    blocks=(
        TextLine(text="受理回执", scale=2, bold=True, align=Align.CENTRE),
        Pair(label="申请人", value="龚䶮𠮷·样本"),
        TextLine(text="①已受理：五个工作日内办结，结果以短信告知。" * 8),
        Qr(payload="https://example.gov.test/1"),
    )
)
LIMIT_S = 30.0


@pytest_asyncio.fixture(params=WIRES)
async def both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    made = await bench(request.param, tmp_path)
    yield made
    await made.end()


async def test_it_opens_says_who_it_is_and_prints_dot_for_dot(both: Bench) -> None:
    driver = both.driver()
    assert (await driver.open()).can_print
    assert both.wire == "usb" or driver.identity.maker == ""
    assert both.wire != "usb" or (driver.identity.maker, driver.identity.serial) == ("SIMULATED", "USB-7")
    assert driver.identity.connection.startswith("ESC/POS, ")
    printed = await driver.print_slip(SLIP)
    drawn = SlipRaster(576).render(SLIP)
    assert (printed.proof, printed.dots, printed.trace) == (Proof.DRAINED, drawn.height + 24, "")
    slip = Image.open(io.BytesIO(both.paper_side.slips[0]))
    top = slip.crop((0, 0, 576, drawn.height))
    assert ImageChops.difference(top.convert("L"), drawn.convert("L")).getbbox() is None


async def test_what_changes_while_it_lies_idle_is_told_at_once(both: Bench) -> None:
    driver = both.driver(ask_every_s=600)
    await driver.open()
    async with asyncio.timeout(LIMIT_S):
        assert await driver.watch() == WELL
        for action, cause, usable in (
            ("paper-near-end", "printer.paper-near-end", True),
            ("paper-out", "printer.paper-out", False),
            ("paper-ok", "", True),
            ("cover-open", "printer.cover-open", False),
            ("cover-closed", "", True),
            ("cutter-jam", "printer.cutter", False),
            ("cutter-ok", "", True),
        ):
            await both.paper_side.do(action, {})
            now = await driver.watch()
            assert (now.cause, now.usable) == (cause, usable)


async def test_a_cable_that_is_pulled_is_noticed_and_one_that_returns_is_too(both: Bench) -> None:
    driver = both.driver(ask_every_s=600)
    await driver.open()
    async with asyncio.timeout(LIMIT_S):
        await driver.watch()
        watching = asyncio.create_task(driver.watch())
        await both.paper_side.do("unplug", {})
        with pytest.raises(DeviceError):
            await watching
        await driver.close()
        with pytest.raises(DeviceAbsent):
            await driver.open()
        appearing = asyncio.create_task(driver.appears())
        await both.paper_side.do("plug", {})
        await appearing
        assert (await driver.open()).can_print
        assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED


async def test_the_plug_in_mid_slip_leaves_no_rest_for_the_next_citizen(both: Bench) -> None:
    driver = both.driver()
    await driver.open()
    await both.paper_side.do("unplug", {"after_mm": "20"})
    with pytest.raises(DeviceGone):
        await driver.print_slip(SLIP)
    await driver.close()
    await both.paper_side.do("plug", {})
    await driver.open()
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    drawn = SlipRaster(576).render(SLIP)
    slip = Image.open(io.BytesIO(both.paper_side.slips[-1]))
    assert slip.height == drawn.height + 24


async def test_without_paper_nothing_is_printed(both: Bench) -> None:
    driver = both.driver()
    await both.paper_side.do("paper-out", {})
    assert (await driver.open()).paper is Paper.OUT
    with pytest.raises(OutOfPaper):
        await driver.print_slip(SLIP)
    assert both.paper_side.slips == []
    await both.paper_side.do("paper-ok", {})
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED


async def test_what_is_printed_is_in_no_log(both: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(TRAFFIC)
    driver = both.driver(profile("epson-tm"), letters=Letters.PRINTER)
    await driver.open()
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    assert "bytes" in caplog.text
    assert "受理回执".encode("gb18030").hex(" ") not in caplog.text


async def test_closing_ends_whatever_waits(both: Bench) -> None:
    driver = both.driver()
    await driver.open()
    await driver.watch()
    watching = asyncio.create_task(driver.watch())
    await both.paper_side.do("fault", {"kind": "mute"})
    asking = asyncio.create_task(driver.status())
    await asyncio.sleep(0)
    await driver.close()
    with pytest.raises(DeviceGone):
        await asking
    with pytest.raises(DeviceGone):
        await watching
    await driver.close()


async def test_a_piece_cut_off_in_mid_command_swallows_nothing_of_the_next_slip(both: Bench) -> None:
    mark = both.folder / "slip-on-its-way"
    mark.touch()
    crashed = both.near_end()
    await crashed.open()
    await crashed.write(b"\x1b@\x1dv0\x00\x48\x00\x80\x00" + bytes(500), 5.0)
    await crashed.close()
    driver = both.driver(unfinished=mark)
    await driver.open()
    assert (await driver.print_slip(SLIP)).proof is Proof.DRAINED
    drawn = SlipRaster(576).render(SLIP)
    slip = Image.open(io.BytesIO(both.paper_side.slips[-1])).crop((0, 0, 576, drawn.height))
    assert ImageChops.difference(slip.convert("L"), drawn.convert("L")).getbbox() is None
