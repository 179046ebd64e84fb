"""A camera that speaks RTSP, and what it makes of those who do not."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from desks import PAPERS, jpeg
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from drivers.camera.stream import StreamCamera
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, DeviceSilent
from drivers.simulated.camera_rtsp import BadRequest, SimulatedRtspCamera, payloads, request_in, taken_apart
from drivers.simulated.papers import scene


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[SimulatedRtspCamera]:
    camera = SimulatedRtspCamera(PAPERS, frames_per_s=25)
    await camera.start()
    yield camera
    await camera.stop()


async def test_the_desk_is_seen_as_the_camera_wrote_it(desk: SimulatedRtspCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await camera.open()
    assert camera.identity.connection == f"{desk.url}, MJPG"
    first = await camera.frame()
    second = await camera.frame(first.sequence)
    assert second.sequence > first.sequence
    assert (second.width, second.height) == (1280, 960)
    seen = Image.open(io.BytesIO(second.jpeg)).convert("L")
    assert ImageStat.Stat(ImageChops.difference(seen, scene(None).convert("L"))).mean[0] < 12
    await desk.do("unplug", {})
    with pytest.raises(DeviceGone):
        await camera.frame(1_000_000)
    await camera.close()
    with pytest.raises(DeviceAbsent):
        await camera.open()


async def test_pictures_that_never_come_whole_are_none(desk: SimulatedRtspCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=0.8)
    await camera.open()
    await desk.do("fault", {"kind": "half"})
    with pytest.raises(DeviceSilent):
        await camera.frame(1_000_000)
    await camera.close()


async def test_another_address_is_refused(desk: SimulatedRtspCamera) -> None:
    with pytest.raises(DeviceRefused):
        await StreamCamera(desk.url + "-of-somebody-else", open_s=30).open()


async def asked(desk: SimulatedRtspCamera, *requests: bytes) -> list[str]:
    """Send requests, and return the first line of each answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", desk.port)
    lines = []
    for request in requests:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines.append(head.split("\r\n")[0])
        if "Content-Length: " in head:
            await reader.readexactly(int(head.partition("Content-Length: ")[2].split("\r\n")[0]))
    writer.close()
    await writer.wait_closed()
    return lines


def request(method: str, path: str = "/desk", *headers: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"{method} rtsp://h{path} RTSP/1.0", "CSeq: 7", *headers, "")).encode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (request("OPTIONS"), 200),
        (request("DESCRIBE"), 200),
        (request("DESCRIBE", "/attic"), 404),
        (request("RECORD"), 405),
        (request("PLAY"), 454),
        (request("PLAY", "/desk", "Session: made-up"), 454),
        (request("SETUP", "/desk/track1", "Transport: RTP/AVP;unicast;client_port=8000-8001"), 461),
        (request("SETUP", "/desk/track1", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"), 200),
        (b"\x24\x01\x00\x03abc" + request("OPTIONS"), 200),
        (request("OPTIONS").replace(b"RTSP/1.0", b"RTSP/2.0"), 505),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (request("OPTIONS", "/desk", "Content-Length: 99999999"), 400),
        (b"OPTIONS " + b"x" * 70_000 + b"\r\n\r\n", 400),
    ],
)
async def test_every_request_is_answered(desk: SimulatedRtspCamera, sent: bytes, status: int) -> None:
    assert [line.split(" ")[1] for line in await asked(desk, sent)] == [str(status)]


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"DESCRIBE {text} RTSP/1.0\r\n".encode()))
def test_any_bytes_are_a_request_or_not(head: bytes) -> None:
    with contextlib.suppress(BadRequest):
        assert request_in(head).method


def test_a_picture_goes_in_pieces_and_only_the_last_of_a_whole_one_is_marked() -> None:
    picture = taken_apart(jpeg(640, 480))
    assert (picture.width, picture.height, picture.kind, len(picture.tables)) == (640, 480, 1, 128)
    pieces = list(payloads(picture, picture.scan))
    assert [last for last, _ in pieces] == [False] * (len(pieces) - 1) + [True]
    assert b"".join(piece[8 + (132 if not number else 0) :] for number, (_, piece) in enumerate(pieces)) == picture.scan
    assert not any(last for last, _ in payloads(picture, picture.scan[: len(picture.scan) // 2]))


@pytest.mark.parametrize("wrong", [jpeg(90, 60), jpeg(96, 64, subsampling=0)])
def test_what_rtp_cannot_carry_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match="RTP"):
        taken_apart(wrong)


async def test_nobody_is_left_waiting_when_it_stops(desk: SimulatedRtspCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await camera.open()
    waiting = asyncio.create_task(camera.frame(1_000_000))
    await desk.stop()
    with pytest.raises(DeviceError):
        await waiting
    await camera.close()
