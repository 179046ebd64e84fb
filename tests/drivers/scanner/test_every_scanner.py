"""What ``Scanner`` promises, held against every driver with its simulated device at the far end of the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from drivers.camera.api import Camera, CameraProbe, Frame, SeenCode
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone
from drivers.scanner.api import Scanner
from drivers.scanner.camera_scanner import CameraScanner
from drivers.scanner.serial_scanner import TRIGGERS, SerialScanner
from drivers.scanner.wedge import WedgeScanner
from drivers.simulated.scanner import SimulatedScanner
from drivers.simulated.scanner_wedge import PipeKeyboard, SimulatedWedge
from drivers.status import WELL, Condition, Identity

LIMIT_S = 30.0


class StillCamera:
    """A ``Camera`` that sees what it is shown; the real one is tried in its own tests, through a child process."""

    def __init__(self) -> None:
        self.plugged = True
        self.films = 0
        self.is_open = False
        self._shown: asyncio.Queue[SeenCode] = asyncio.Queue()
        self._changed = asyncio.Event()
        self._told = False

    identity = Identity(model="Still")

    async def there(self) -> None:
        if not self.plugged:
            raise DeviceAbsent

    async def open(self) -> None:
        await self.there()
        self.films += 1
        self.is_open, self._told = True, False

    async def close(self) -> None:
        self.is_open = False
        self._stir()

    async def codes(self) -> tuple[SeenCode, ...]:
        seen = asyncio.create_task(self._shown.get())
        try:
            while self.plugged:
                stirred = asyncio.create_task(self._changed.wait())
                await asyncio.wait([seen, stirred], return_when=asyncio.FIRST_COMPLETED)
                stirred.cancel()
                if seen.done():
                    found = [seen.result()]
                    while not self._shown.empty():
                        found.append(self._shown.get_nowait())
                    return tuple(found)
        finally:
            seen.cancel()
        raise DeviceGone

    async def watch(self) -> Condition:
        if self._told:
            await self._while(lambda: self.plugged and self.is_open)
            raise DeviceGone
        self._told = True
        return WELL

    async def leaves(self) -> None:
        await self._while(lambda: self.plugged)

    async def appears(self) -> None:
        await self._while(lambda: not self.plugged)

    async def legible(self, frame: Frame) -> bool:
        raise AssertionError("a scanner asks for no print")

    async def frame(self, after: int = -1) -> Frame:
        raise AssertionError("a scanner asks for no pictures")

    async def probe(self, pictures: int = 30) -> CameraProbe:
        raise AssertionError("a scanner asks for no measures")

    def show(self, text: str) -> None:
        self._shown.put_nowait(SeenCode(raw=text.encode(), symbology="QRCode", corners=((0, 0),) * 4))

    def plug(self, *, into: bool) -> None:
        self.plugged = into
        self._stir()

    def _stir(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _while(self, holds: Callable[[], bool]) -> None:
        while holds():
            await self._changed.wait()


@dataclass
class Bench:
    scanner: Scanner
    show: Callable[[str], Awaitable[object]]
    plug: Callable[[bool], Awaitable[object]]


@pytest_asyncio.fixture(params=["serial", "wedge", "camera"])
async def bench(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bench]:
    if request.param == "camera":
        camera = StillCamera()
        checked: Camera = camera

        async def show(text: str) -> None:
            camera.show(text)

        async def plug(into: bool) -> None:
            camera.plug(into=into)

        bench = Bench(CameraScanner(checked), show, plug)
        yield bench
        await bench.scanner.close()
        assert not camera.is_open
        return
    device: SimulatedScanner | SimulatedWedge
    if request.param == "serial":
        device = SimulatedScanner(tmp_path / "port", pace=0)
        scanner: Scanner = SerialScanner(str(tmp_path / "port"), trigger=TRIGGERS["honeywell"])
    else:
        device = SimulatedWedge(tmp_path / "port", pace=0)
        scanner = WedgeScanner(str(tmp_path / "port"), opening=PipeKeyboard)
    await device.start()
    yield Bench(
        scanner,
        lambda text: device.do("show", {"text": text}),
        lambda into: device.do("plug" if into else "unplug", {}),
    )
    await scanner.close()
    await device.stop()


async def soon(task: asyncio.Task[object]) -> object:
    async with asyncio.timeout(LIMIT_S):
        return await task


async def scanned(bench: Bench, text: str) -> str:
    scanning = asyncio.create_task(bench.scanner.scan())
    await asyncio.sleep(0)
    await bench.show(text)
    async with asyncio.timeout(LIMIT_S):
        code = await scanning
    assert code.raw == text.encode()
    return code.text


async def test_codes_are_read_one_after_the_other(bench: Bench) -> None:
    await bench.scanner.open()
    assert [await scanned(bench, text) for text in ("one", "two", "three")] == ["one", "two", "three"]
    await bench.scanner.open()
    assert bench.scanner.identity.model or bench.scanner.identity.connection


async def test_a_cancelled_scan_leaves_it_usable(bench: Bench) -> None:
    await bench.scanner.open()
    scanning = asyncio.create_task(bench.scanner.scan())
    await asyncio.sleep(0)
    scanning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await scanning
    assert await scanned(bench, "after") == "after"


async def test_who_is_not_there_is_absent_and_nothing_stays_open(bench: Bench) -> None:
    await bench.plug(False)
    for _ in range(2):
        with pytest.raises(DeviceAbsent):
            await bench.scanner.open()
    with pytest.raises(DeviceGone):
        await bench.scanner.scan()


async def test_a_pulled_cable_is_told_to_who_scans_and_who_watches_and_it_comes_back(bench: Bench) -> None:
    await bench.scanner.open()
    assert await bench.scanner.watch() == WELL
    for scans in (False, True):
        watching = asyncio.create_task(bench.scanner.watch())
        scanning = asyncio.create_task(bench.scanner.scan()) if scans else None
        for _ in range(5):
            await asyncio.sleep(0)
        await bench.plug(False)
        for task in (watching, scanning):
            if task is not None:
                with pytest.raises(DeviceError):
                    await soon(task)
        await bench.scanner.close()
        back = asyncio.create_task(bench.scanner.appears())
        await asyncio.sleep(0)
        await bench.plug(True)
        await soon(back)
        await bench.scanner.open()
        assert await bench.scanner.watch() == WELL
        assert await scanned(bench, f"again {scans}") == f"again {scans}"


async def test_closing_ends_watching_and_may_be_repeated(bench: Bench) -> None:
    await bench.scanner.open()
    await bench.scanner.watch()
    watching = asyncio.create_task(bench.scanner.watch())
    await asyncio.sleep(0)
    await bench.scanner.close()
    with pytest.raises(DeviceGone):
        await soon(watching)
    await bench.scanner.close()


async def test_a_camera_films_only_while_somebody_scans_and_is_watched_all_the_time() -> None:
    camera = StillCamera()
    scanner = CameraScanner(camera)
    await scanner.open()
    await scanner.watch()
    assert camera.films == 0
    watching = asyncio.create_task(scanner.watch())
    scanning = asyncio.create_task(scanner.scan())
    for _ in range(5):
        await asyncio.sleep(0)
    assert camera.is_open
    camera.show("front")
    camera.show("back")
    async with asyncio.timeout(LIMIT_S):
        assert (await scanning).text == "front"
        assert not camera.is_open
        assert (await scanner.scan()).text == "back"
    assert camera.films == 1
    for _ in range(5):
        await asyncio.sleep(0)
    assert not watching.done()
    camera.plug(into=False)
    with pytest.raises(DeviceGone):
        await watching
