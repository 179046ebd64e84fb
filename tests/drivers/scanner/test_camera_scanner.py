"""A camera as scanner, whole: pictures over HTTP, the child process that looks for codes, and the scanner in front."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import qrcode
from PIL import Image

from drivers.camera.stream import StreamCamera
from drivers.errors import DeviceError
from drivers.scanner.camera_scanner import CameraScanner
from drivers.simulated.camera import SimulatedCamera
from drivers.status import WELL


def slip_with(raw: bytes, file: Path) -> str:
    code = qrcode.QRCode(box_size=8)
    code.add_data(raw, optimize=0)
    page = Image.new("L", (576, 700), 255)
    page.paste(code.make_image().get_image().convert("L"), (100, 150))
    page.save(file)
    return str(file)


async def test_a_slip_before_the_camera_is_read_in_the_encoding_it_has_and_the_camera_rests_again(
    tmp_path: Path,
) -> None:
    raw = "办件编号：示例".encode("gb18030")
    camera = SimulatedCamera({})
    await camera.start()
    driver = StreamCamera(camera.url)
    scanner = CameraScanner(driver)
    await scanner.open()
    assert await scanner.watch() == WELL
    assert driver.pid is None
    await camera.do("slip", {"file": slip_with(raw, tmp_path / "slip.png")})
    async with asyncio.timeout(20):
        code = await scanner.scan()
    assert (code.raw, code.text) == (raw, "办件编号：示例")
    assert driver.pid is None
    await scanner.close()
    await camera.stop()


async def test_a_camera_that_leaves_in_mid_scan_is_told(tmp_path: Path) -> None:
    camera = SimulatedCamera({})
    await camera.start()
    driver = StreamCamera(camera.url)
    scanner = CameraScanner(driver)
    await scanner.open()
    scanning = asyncio.create_task(scanner.scan())
    changed = asyncio.Event()
    camera.on_change = changed.set
    async with asyncio.timeout(20):
        while camera.state()["viewers"] == "0":
            changed.clear()
            await changed.wait()
        await camera.do("unplug", {})
        with pytest.raises(DeviceError):
            await scanning
    assert driver.pid is None
    await scanner.close()
    await camera.stop()
