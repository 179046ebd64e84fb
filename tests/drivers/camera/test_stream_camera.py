"""A camera in the network: what it promises, and everything that can go wrong with it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import qrcode
from desks import PAPERS, jpeg
from PIL import Image, ImageChops, ImageStat

from drivers.camera import health, messages
from drivers.camera.api import Frame
from drivers.camera.health import SLOW
from drivers.camera.stream import StreamCamera
from drivers.errors import (
    DeviceAbsent,
    DeviceError,
    DeviceGarbled,
    DeviceGone,
    DeviceRefused,
    DeviceSilent,
)
from drivers.simulated.camera import SimulatedCamera
from drivers.simulated.papers import scene
from drivers.status import WELL
from drivers.traffic import Tap, parse, switch_off, switch_on
from drivers.traffic.redacting import redactor


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[SimulatedCamera]:
    camera = SimulatedCamera(PAPERS, frames_per_s=25)
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
    both = await asyncio.gather(driver.frame(first.sequence), driver.frame(first.sequence + 3))
    assert first.sequence < both[0].sequence
    assert first.sequence + 3 < both[1].sequence
    assert both[0].jpeg != first.jpeg
    assert driver.identity.connection.endswith("desk.mjpeg, MJPG")


async def test_a_paper_put_there_is_seen_and_can_be_read(driver: StreamCamera, desk: SimulatedCamera) -> None:
    before = await driver.frame()
    assert not await driver.legible(before)
    await desk.do("put", {"paper": "birth-record-single"})
    paper = await asyncio.to_thread(scene, PAPERS["birth-record-single"])
    async with asyncio.timeout(10):
        frame = before
        while apart(frame.jpeg, paper) > 12:
            frame = await driver.frame(frame.sequence)
    assert await driver.legible(frame)


@pytest.mark.parametrize(
    ("action", "arguments", "expected"),
    [
        ("freeze", {}, DeviceSilent),
        ("fault", {"kind": "mute"}, DeviceSilent),
        ("fault", {"kind": "stuck"}, DeviceSilent),
        ("fault", {"kind": "half"}, DeviceSilent),
        ("fault", {"kind": "unplugged"}, DeviceGone),
    ],
)
async def test_it_is_lost_and_in_use_again_once_it_is_well(
    desk: SimulatedCamera, action: str, arguments: dict[str, str], expected: type[DeviceError]
) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=0.5)
    await camera.open()
    assert await camera.watch() is WELL
    await desk.do(action, arguments)
    with pytest.raises(expected) as caught:
        await camera.watch()
    if arguments.get("kind") == "half":
        assert " 0 were broken" not in caught.value.detail
    if arguments.get("kind") == "stuck":
        assert " 0 came twice" not in caught.value.detail
    with pytest.raises(expected):
        await camera.frame()
    for again in (("thaw", {}), ("fault", {"kind": "none"}), ("plug", {})):
        await desk.do(*again)
    await camera.open()
    assert (await camera.frame()).sequence >= 0
    await camera.close()


async def test_unplugged_there_is_nothing_to_open(driver: StreamCamera, desk: SimulatedCamera) -> None:
    await desk.do("unplug", {})
    assert isinstance(await error_of(driver), DeviceGone)
    with pytest.raises(DeviceAbsent):
        await driver.open()
    assert driver.pid is None, "nothing is started for nothing"
    with pytest.raises(DeviceGone):
        await driver.frame()


async def test_flapping_it_is_lost_or_open_and_never_anything_else(desk: SimulatedCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await desk.do("fault", {"kind": "flapping", "seed": "5"})
    lost = 0
    async with asyncio.timeout(20):
        while lost < 2:
            try:
                await camera.open()
                await camera.frame(1_000_000)
            except (DeviceAbsent, DeviceGone, DeviceRefused):
                lost += 1
    await desk.do("fault", {"kind": "none"})
    await camera.close()


async def test_a_slow_one_is_told_and_stays_usable(desk: SimulatedCamera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "WINDOW_S", 0.8)
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await camera.open()
    assert await camera.watch() is WELL
    await desk.do("fault", {"kind": "slow", "late_s": "0.4"})
    condition = await camera.watch()
    assert (condition.cause, condition.usable) == (SLOW, True)
    await camera.close()


async def test_another_camera_in_its_place_shows_by_its_size(driver: StreamCamera, desk: SimulatedCamera) -> None:
    frame = await driver.frame()
    await desk.do("fault", {"kind": "wrong-version"})
    async with asyncio.timeout(10):
        while frame.width != 640:
            frame = await driver.frame(frame.sequence)
    assert Image.open(io.BytesIO(frame.jpeg)).size == (640, 480)


async def test_a_stalled_camera_does_not_open(desk: SimulatedCamera) -> None:
    await desk.do("freeze", {})
    camera = StreamCamera(desk.url, open_s=0.5)
    with pytest.raises((DeviceSilent, DeviceRefused)):
        await camera.open()
    assert camera.pid is None


class OtherDesk(SimulatedCamera):
    """Shows what it is given, in turn."""

    def __init__(self, *pictures: bytes) -> None:
        super().__init__(PAPERS, frames_per_s=25)
        self.pictures = pictures

    async def _picture(self) -> bytes:
        self._sent += 1
        return self.pictures[self._sent % len(self.pictures)]


@pytest.mark.parametrize(
    "pictures",
    [
        (b"no picture" * 100, b"none either" * 100),
        (jpeg()[:-200], jpeg()[:-300]),
        (jpeg().replace(b"\x00\x40\x00\x60\x03", b"\xff\xdc\xff\xdc\x03"), jpeg()[:-9]),
    ],
    ids=["none", "half", "larger than any"],
)
async def test_what_is_no_picture_is_no_camera(pictures: tuple[bytes, ...]) -> None:
    desk = OtherDesk(*pictures)
    await desk.start()
    with pytest.raises((DeviceGarbled, DeviceRefused)):
        await StreamCamera(desk.url, open_s=30).open()
    await desk.stop()


def with_code(text: str, turn: float) -> bytes:
    held = io.BytesIO()
    sheet = Image.new("L", (640, 480), 200)
    code = qrcode.make(text, box_size=6, border=4).get_image().convert("L")
    sheet.paste(code.rotate(turn, expand=True, fillcolor=255), (120, 60))
    sheet.save(held, "JPEG", quality=90)
    return held.getvalue()


async def test_codes_are_read_beside_the_live_picture_and_anew_for_each_who_asks(driver: StreamCamera) -> None:
    text = "取件码 ZXCV-0042"
    desk = OtherDesk(*(with_code(text, turn) for turn in (0, 4, -3)))
    await desk.start()
    scanning = StreamCamera(desk.url, open_s=30, silent_s=30)  # beside the document camera
    await scanning.open()
    assert scanning.pid != driver.pid
    for _ in range(2):
        codes, frame, other = await asyncio.gather(scanning.codes(), scanning.frame(), driver.frame())
        assert [code.raw.decode() for code in codes] == [text]
        assert codes[0].symbology == "QRCode"
        assert len(codes[0].corners) == 4
        assert (frame.width, other.width) == (640, 1280)
    await scanning.close()
    await desk.stop()


async def test_a_probe_measures_rate_and_light(driver: StreamCamera, desk: SimulatedCamera) -> None:
    probe = await driver.probe(10)
    assert (probe.width, probe.height) == (1280, 960)
    assert probe.pictures >= 10
    assert 5 < probe.pictures / probe.took_s < 40
    assert (probe.lost, probe.repeated) == (0, 0)
    assert 50 < probe.brightness < 150
    assert probe.clipped < 0.05
    assert probe.sharpness > 100
    probing = asyncio.create_task(driver.probe(1_000_000))
    await driver.frame()
    await desk.do("unplug", {})
    with pytest.raises(DeviceGone):
        await probing


async def test_closing_ends_every_wait(driver: StreamCamera, desk: SimulatedCamera) -> None:
    frame = await driver.frame()
    await desk.do("freeze", {})
    waiting: list[asyncio.Task[Any]] = [
        asyncio.create_task(driver.frame(frame.sequence + 100)),
        asyncio.create_task(driver.codes()),
        asyncio.create_task(driver.probe()),
    ]
    assert await driver.watch() is WELL
    waiting.append(asyncio.create_task(driver.watch()))
    await asyncio.sleep(0)
    await driver.close()
    for each in waiting:
        with pytest.raises(DeviceGone):
            await each
    await driver.close()
    with pytest.raises(DeviceGone):
        await driver.codes()


async def test_whoever_is_cancelled_while_closing_and_closes_again_leaves_no_process(driver: StreamCamera) -> None:
    process = Path(f"/proc/{driver.pid}")
    closing = driver.close()
    closing.send(None)  # by hand: between this and the next line the loop has no turn to see the process end in
    with pytest.raises(asyncio.CancelledError):
        closing.throw(asyncio.CancelledError())
    assert process.exists()  # noqa: ASYNC240 - /proc; killed, and not seen to end
    await driver.close()
    assert not process.exists()  # noqa: ASYNC240 - /proc


async def test_whoever_listens_hears_kinds_and_sizes_and_no_picture(desk: SimulatedCamera, tmp_path: Path) -> None:
    camera = StreamCamera(desk.url.replace("//", "//user:hidden-key@"), open_s=30, silent_s=0.5)
    place, file = desk.url, tmp_path / "camera.jsonl"
    switch_on(place, Tap(kind="camera", protocol="opencv", file=file))
    await camera.open()
    frame = await camera.frame()
    await desk.do("freeze", {})
    await error_of(camera)
    await camera.close()
    switch_off(place)
    recording = parse(file.read_bytes())
    known = [entry for entry in recording.entries if entry.data is not None and not entry.to_device]
    reports = [messages.report_in(entry.data or b"") for entry in known]
    pictures = [each for each in reports if isinstance(each, messages.Picture)]
    assert (pictures[0].sequence, pictures[0].length) == (frame.sequence, len(frame.jpeg))
    assert any(isinstance(each, messages.Beat) for each in reports)
    assert recording.entries[0].to_device
    assert recording.entries[0].data is None, "the address is nobody's business"
    assert recording.entries[-1].gone
    assert b"hidden-key" not in file.read_bytes()
    assert all(entry.length < 1000 for entry in recording.entries)


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (
            messages.Ended(error="gone", detail="http://user:secret@camera/"),
            messages.Ended(error="gone", detail="x" * 26),
        ),
        (messages.Ended(error="gone", detail="摄像头"), messages.Ended(error="gone", detail="x" * 9)),
        (messages.Codes(at=1.0, codes=(messages.Seen(raw=b"SAMPLE", symbology="QR", corners=()),)), None),
        (messages.Judged(measure=0.5), messages.Judged(measure=0.5)),
    ],
)
def test_what_is_anybodys_is_a_length(report: messages.Report, told: messages.Report | None) -> None:
    (piece,) = redactor("opencv").came(messages.packed(report))
    assert piece.length == len(messages.packed(report))
    assert piece.data == (None if told is None else messages.packed(told))


async def test_who_stops_waiting_disturbs_nobody(driver: StreamCamera) -> None:
    for wait in (driver.frame(1_000_000), driver.codes(), driver.watch()):
        gone = asyncio.create_task(wait)
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
    assert isinstance(await driver.frame(), Frame)


async def test_a_device_that_appears_is_waited_for(tmp_path: Path) -> None:
    place = tmp_path / "camera"
    camera = StreamCamera(str(place))
    with pytest.raises(DeviceAbsent):
        await camera.open()
    waiting = asyncio.create_task(camera.appears())
    await asyncio.sleep(0)
    assert not waiting.done()
    place.touch()
    await asyncio.wait_for(waiting, 10)
    with pytest.raises(DeviceRefused, match="Inappropriate ioctl"):
        await camera.open()


async def test_in_the_network_nothing_appears() -> None:
    waiting = asyncio.create_task(StreamCamera("rtsp://127.0.0.1/").appears())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


@pytest.mark.parametrize("source", ["nowhere", "ftp://127.0.0.1/", "http://[::1/", "http://127.0.0.1:99999/"])
async def test_what_is_no_source_is_refused(source: str) -> None:
    with pytest.raises(DeviceRefused):
        await StreamCamera(source).open()
