"""Every reader of identity documents against the one set of tests, each at the far side of its own wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from drivers.errors import DeviceGarbled, DeviceRefused
from drivers.idreader import IdReader, MultifunctionReader, SamVReader
from drivers.links import Link, SerialLink
from drivers.simulated.idreader import SimulatedIdReader, SimulatedUsbIdReader
from drivers.simulated.idreader_multifunction import SimulatedMultifunctionReader
from drivers.simulated.usb import SimulatedUsbBus
from drivers.usb_bulk import UsbAddress, UsbBulkLink
from idreader.conformance import PEOPLE, Kit, ReaderConformance, within_limit

NUMBER = "05.01-20260824-0000000001-0000000002"
SLOWER = 0.1


def over(driver: Callable[..., IdReader], link: Callable[[], Link]) -> Callable[..., IdReader]:
    """Return what makes a driver on a link of its own."""

    def make(**how: Any) -> IdReader:
        return driver(link(), **how)

    return make


def sam_v(folder: Path, pace: float) -> Kit:
    return Kit(
        module=SimulatedIdReader(folder / "idreader", PEOPLE, pace=pace),
        make=over(SamVReader, lambda: SerialLink(str(folder / "idreader"), 115200)),
        serial=NUMBER,
        number=NUMBER,
    )


def sam_v_usb(folder: Path, pace: float) -> Kit:
    bus = SimulatedUsbBus(folder / "usb")
    address = UsbAddress(vendor=0x0400, product=0xC35A)
    return Kit(
        module=SimulatedUsbIdReader(bus, PEOPLE, pace=pace),
        make=over(SamVReader, lambda: UsbBulkLink(address, backend=bus, nodes=bus.nodes)),
        serial=NUMBER,
        number=NUMBER,
    )


def multifunction(folder: Path, pace: float) -> Kit:
    return Kit(
        module=SimulatedMultifunctionReader(folder / "idreader", PEOPLE, pace=pace),
        make=over(MultifunctionReader, lambda: SerialLink(str(folder / "idreader"), 115200)),
        serial="SIM0000000000001",
        number="",
    )


class _OfAKind(ReaderConformance):
    build: Callable[[Path, float], Kit]

    @pytest.fixture
    async def kit(self, tmp_path: Path) -> AsyncIterator[Kit]:
        kit = type(self).build(tmp_path, 0)
        await kit.module.start()
        yield kit
        await kit.stop()

    @pytest.fixture
    async def slow_kit(self, tmp_path: Path) -> AsyncIterator[Kit]:
        kit = type(self).build(tmp_path, SLOWER)
        await kit.module.start()
        yield kit
        await kit.stop()


class TestSamV(_OfAKind):
    """SAM_V on a serial port."""

    build = staticmethod(sam_v)


class TestSamVUsb(_OfAKind):
    """SAM_V on USB bulk endpoints."""

    build = staticmethod(sam_v_usb)


class TestMultifunction(_OfAKind):
    """A multi-function reader."""

    build = staticmethod(multifunction)

    async def test_a_reader_that_finds_no_document_twice_cannot_tell_that_it_lies_there(self, tmp_path: Path) -> None:
        module = SimulatedMultifunctionReader(tmp_path / "once", PEOPLE, pace=0, finds_again=False)
        await module.start()
        reader = MultifunctionReader(SerialLink(str(tmp_path / "once"), 115200))
        await reader.open()
        await module.insert("wang")
        await reader.read()
        await within_limit(reader.removed())
        assert module.state()["document"] == "wang"
        await reader.close()
        await module.stop()


@pytest.mark.parametrize(("answer", "error"), [(b"\0\0\x21", DeviceRefused), (b"\0\0\x90short", DeviceGarbled)])
async def test_a_module_that_speaks_another_version_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, error: type[Exception]
) -> None:
    kit = sam_v(tmp_path, 0)
    obey = kit.module._obey  # type: ignore[attr-defined]  # the far side, made to answer what no fault of it answers

    async def other(body: bytes) -> bytes:
        return answer if body[0] == 0x12 else await obey(body)

    monkeypatch.setattr(kit.module, "_obey", other)
    await kit.module.start()
    with pytest.raises(error) as caught:
        await kit.reader().open()
    assert getattr(caught.value, "code", "") == "idreader.wrong-version"
    await kit.stop()


async def test_a_reader_that_was_lost_is_told_to_everybody_who_waits(tmp_path: Path) -> None:
    kit = sam_v_usb(tmp_path, 0)
    await kit.module.start()
    reader = kit.reader()
    await reader.open()
    await reader.watch()
    waiting = [asyncio.create_task(call) for call in (reader.read(), reader.watch())]
    await asyncio.sleep(0)
    await kit.module.unplug()
    results = await within_limit(asyncio.gather(*waiting, return_exceptions=True))
    assert [type(result).__name__ for result in results] == ["DeviceGone", "DeviceGone"]
    await kit.stop()
