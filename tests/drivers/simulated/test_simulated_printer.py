from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from drivers.scanner.decode import decode
from drivers.simulated.api import UnknownAction
from drivers.simulated.escpos import ProtocolError
from drivers.simulated.printer import SimulatedPrinter


@pytest_asyncio.fixture
async def printer(tmp_path: Path) -> AsyncIterator[SimulatedPrinter]:
    device = SimulatedPrinter(slips_dir=tmp_path)
    await device.start()
    yield device
    await device.stop()


async def send(printer: SimulatedPrinter, data: bytes, answers: int = 0) -> bytes:
    """Send, end, and return what was answered until the printer hung up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", printer.port)
    writer.write(data)
    got = await reader.readexactly(answers)
    writer.write_eof()
    got += await reader.read()
    writer.close()
    return got


async def test_native_text_and_code_come_out(printer: SimulatedPrinter) -> None:
    code = b"\x1d(k\x03\x00\x31\x43\x06\x1d(k\x08\x00\x31\x50\x30hello\x1d(k\x03\x00\x31\x51\x30"
    text = b"\x1ba\x01\x1c&" + "受理回执".encode("gb18030") + b"\n\x1c.\x1bd\x02"
    await send(printer, b"\x1b@" + text + code + b"\x1bd\x02\x1dVB\x00")
    printer.check()
    [slip] = printer.slips
    assert [read.text for read in decode(slip)] == ["hello"]
    picture = Image.open(io.BytesIO(slip)).convert("L")
    assert picture.crop((240, 0, 336, 30)).getextrema() == (0, 255)
    assert picture.crop((0, 0, 200, 30)).getextrema() == (255, 255)


async def test_what_is_not_known_is_recorded_and_shown(printer: SimulatedPrinter) -> None:
    await send(printer, b"\x1b@\x1dZ\x00")
    assert "GS 5A" in printer.state()["protocol_error"]
    with pytest.raises(ProtocolError):
        printer.check()


async def test_status_is_answered_while_the_paper_stands_still(printer: SimulatedPrinter) -> None:
    await printer.do("paper-out", {})
    got = await send(printer, b"text\n\x1dr\x01\x10\x04\x01\x10\x04\x04", answers=2)
    assert got == bytes([0x1A, 0x7E])
    assert printer.slips == []


async def test_a_slip_waits_until_it_is_torn_off(printer: SimulatedPrinter, tmp_path: Path) -> None:
    await send(printer, b"text\n\x1dVB\x00")
    assert printer.state()["slip_waiting"] == "slip-0001.png"
    assert await printer.do("tear", {}) == {"slip": "slip-0001.png"}
    assert printer.state()["slip_waiting"] == ""
    assert (tmp_path / "slip-0001.png").read_bytes() == printer.slips[0]


@pytest.mark.parametrize(
    ("action", "arguments"),
    [("burn", {}), ("fault", {}), ("fault", {"kind": "sad"}), ("paper-out", {"after_mm": "-3"}), ("tear", {"x": "y"})],
)
async def test_what_it_cannot_do_it_says(printer: SimulatedPrinter, action: str, arguments: dict[str, str]) -> None:
    before = printer.state()
    with pytest.raises(UnknownAction):
        await printer.do(action, arguments)
    assert printer.state() == before


async def test_unplugged_it_refuses_and_plugged_it_is_at_the_same_port(printer: SimulatedPrinter) -> None:
    port = printer.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await printer.connected.wait()
    await printer.do("unplug", {})
    assert await reader.read() == b""
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    await printer.do("plug", {})
    assert await send(printer, b"\x10\x04\x01", answers=1) == b"\x12"
    assert printer.port == port
