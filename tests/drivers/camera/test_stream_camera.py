from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image, ImageChops, ImageStat

from drivers.camera.stream import StreamCamera
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceSilent
from drivers.simulated.camera import SimulatedCamera
from drivers.simulated.papers import load_papers, scene

PAPERS = load_papers(Path(__file__).parents[3] / "assets" / "simulated" / "papers.yaml")


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[SimulatedCamera]:
    camera = SimulatedCamera(PAPERS)
    await camera.start()
    yield camera
    await camera.stop()


@pytest_asyncio.fixture
async def driver(desk: SimulatedCamera) -> AsyncIterator[StreamCamera]:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await camera.open()
    yield camera
    await camera.close()


def apart(jpeg: bytes, other: Image.Image) -> float:
    """How far two pictures are apart on average, of 255."""
    difference = ImageChops.difference(Image.open(io.BytesIO(jpeg)).convert("L"), other.convert("L"))
    return ImageStat.Stat(difference).mean[0]


async def error_of(driver: StreamCamera) -> DeviceError:
    """Look until it fails."""
    after = -1
    while True:
        try:
            after = (await driver.frame(after)).sequence
        except DeviceError as error:
            return error


async def test_an_empty_desk_is_seen_and_every_picture_is_newer(driver: StreamCamera) -> None:
    first = await driver.frame()
    assert (first.width, first.height) == (1280, 960)
    assert apart(first.jpeg, scene(None)) < 12
    second = await driver.frame(first.sequence)
    assert second.sequence > first.sequence
    assert second.jpeg != first.jpeg


async def test_a_paper_put_there_is_seen(driver: StreamCamera, desk: SimulatedCamera) -> None:
    before = await driver.frame()
    await desk.do("put", {"paper": "birth-record-single"})
    paper = await asyncio.to_thread(scene, PAPERS["birth-record-single"])
    async with asyncio.timeout(10):
        frame = before
        while apart(frame.jpeg, paper) > 12:
            frame = await driver.frame(frame.sequence)
    await desk.do("clear", {})
    async with asyncio.timeout(10):
        while apart(frame.jpeg, scene(None)) > 12:
            frame = await driver.frame(frame.sequence)


@pytest.mark.parametrize(("action", "arguments"), [("freeze", {}), ("fault", {"kind": "stuck"})])
async def test_a_camera_that_shows_nothing_new_is_silent_until_it_wakes(
    driver: StreamCamera, desk: SimulatedCamera, action: str, arguments: dict[str, str]
) -> None:
    impatient = StreamCamera(desk.url, open_s=30, silent_s=0.8)
    await impatient.open()
    await desk.do(action, arguments)
    assert isinstance(await error_of(impatient), DeviceSilent)
    await impatient.close()
    await desk.do("thaw", {})
    await desk.do("fault", {"kind": "none"})
    await driver.close()
    await driver.open()
    assert (await driver.frame()).sequence >= 0


async def test_the_plug_is_pulled_and_put_back(driver: StreamCamera, desk: SimulatedCamera) -> None:
    await desk.do("unplug", {})
    assert isinstance(await error_of(driver), DeviceGone)
    await driver.close()
    with pytest.raises(DeviceAbsent):
        await driver.open()
    with pytest.raises(DeviceGone):
        await driver.frame()
    await desk.do("plug", {})
    await driver.open()
    assert (await driver.frame()).width == 1280


async def test_a_stalled_camera_does_not_open(desk: SimulatedCamera) -> None:
    await desk.do("freeze", {})
    camera = StreamCamera(desk.url, open_s=0.5)
    with pytest.raises((DeviceSilent, DeviceAbsent)):
        await camera.open()
    await camera.close()


async def test_what_is_no_picture_is_no_camera(desk: SimulatedCamera) -> None:
    await desk.do("fault", {"kind": "garbled"})
    camera = StreamCamera(desk.url, open_s=2.0, silent_s=0.5)
    with pytest.raises(DeviceError):
        await camera.open()


async def test_closing_ends_a_look(driver: StreamCamera, desk: SimulatedCamera) -> None:
    frame = await driver.frame()
    await desk.do("freeze", {})
    looking = asyncio.create_task(driver.frame(frame.sequence + 100))
    await asyncio.sleep(0)
    await driver.close()
    with pytest.raises(DeviceGone):
        await looking
    await driver.close()


async def test_a_camera_that_rests_is_seen_without_being_opened(desk: SimulatedCamera, tmp_path: Path) -> None:
    camera = StreamCamera(desk.url)
    await camera.there()
    await desk.do("unplug", {})
    with pytest.raises(DeviceAbsent):
        await camera.there()
    assert camera.pid is None

    node = tmp_path / "video0"
    camera = StreamCamera(str(node))
    with pytest.raises(DeviceAbsent):
        await camera.there()
    node.touch()
    await camera.there()
    missed = asyncio.create_task(camera.leaves())
    await asyncio.sleep(0)
    node.unlink()
    await asyncio.wait_for(missed, 10)
