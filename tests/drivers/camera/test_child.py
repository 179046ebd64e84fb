"""The process that holds a camera can be killed, hang or lie: the camera is lost then, and comes back."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from desks import PAPERS

from drivers.camera import messages, opening
from drivers.camera.shared import FROM_CHILD
from drivers.camera.stream import StreamCamera
from drivers.errors import DeviceError, DeviceGarbled, DeviceGone, DeviceSilent
from drivers.simulated.camera import SimulatedCamera


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[SimulatedCamera]:
    camera = SimulatedCamera(PAPERS, frames_per_s=25)
    await camera.start()
    yield camera
    await camera.stop()


async def lost(camera: StreamCamera) -> DeviceError:
    """Watch, doing nothing else, until it is lost."""
    try:
        while True:
            await camera.watch()
    except DeviceError as error:
        return error


def process_of(camera: StreamCamera) -> int:
    assert camera.pid is not None
    return camera.pid


def alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def descriptors() -> list[str]:
    found = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            found.append(str(entry.readlink()))
        except FileNotFoundError:
            continue
    return found


async def test_killed_in_mid_stream_it_is_lost_and_opens_again(desk: SimulatedCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    await camera.open()
    looking = asyncio.create_task(camera.frame(1_000_000))
    reading = asyncio.create_task(camera.codes())
    await camera.frame()
    killed = process_of(camera)
    os.kill(killed, signal.SIGKILL)
    assert isinstance(await lost(camera), DeviceGone)
    for waiting in (looking, reading):
        with pytest.raises(DeviceGone):
            await waiting
    await camera.close()
    assert not alive(killed)
    await camera.open()
    assert (await camera.frame()).width == 1280
    await camera.close()


async def test_one_that_hangs_is_killed_by_the_watchdog(desk: SimulatedCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=0.8)
    await camera.open()
    hung = process_of(camera)
    os.kill(hung, signal.SIGSTOP)
    error = await lost(camera)
    assert isinstance(error, DeviceSilent)
    assert "hangs" in error.detail
    await camera.close()
    assert not alive(hung)


async def test_nothing_is_left_of_it(desk: SimulatedCamera) -> None:
    camera = StreamCamera(desk.url, open_s=30, silent_s=30)
    before = len(descriptors())
    await camera.open()
    held = process_of(camera)
    frame = await camera.frame()
    opened = camera._opening
    assert opened is not None
    assert any("memfd:camera" in each for each in descriptors())
    assert opened._shared.take(FROM_CHILD, len(frame.jpeg)) == bytes(len(frame.jpeg)), "taken out, it is gone"
    await camera.close()
    assert not alive(held)
    assert not any("memfd:camera" in each for each in descriptors())
    assert len(descriptors()) <= before + 1  # the viewer's end at the simulated camera may take a moment longer


async def test_its_password_is_on_no_command_line_and_in_no_error(desk: SimulatedCamera) -> None:
    camera = StreamCamera(desk.url.replace("http://", "http://user:open-sesame@"), open_s=30, silent_s=30)
    await camera.open()
    command = await asyncio.to_thread(Path(f"/proc/{camera.pid}/cmdline").read_bytes)
    assert b"drivers.camera.child" in command
    assert b"sesame" not in command
    assert camera.identity.connection == f"{desk.url}, MJPG"
    await desk.do("unplug", {})
    assert "sesame" not in str(await lost(camera))
    await camera.close()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("rtsp://u:p@10.0.0.7:8554/live?token=p", "rtsp://10.0.0.7:8554/live"),
        ("http://[::1]:99999/", "an address that cannot be read"),
        ("/dev/onething/camera", "/dev/onething/camera"),
    ],
)
def test_an_address_is_shownwithout_secrets(source: str, shown: str) -> None:
    assert StreamCamera(source).identity.connection == shown


PARENT = """
import asyncio, sys
from drivers.camera.stream import StreamCamera

async def look():
    camera = StreamCamera(sys.argv[1], open_s=30, silent_s=30)
    await camera.open()
    await camera.legible(await camera.frame())
    assert not {"cv2", "numpy", "zxingcpp"} & set(sys.modules), "all of that is the child's"
    print(camera.pid, flush=True)
    await camera.codes()

asyncio.run(look())
"""


def outlived(source: str) -> bool:
    """Return whether the child of a parent that is killed lives on."""
    with subprocess.Popen([sys.executable, "-c", PARENT, source], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        watched = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([watched], [], [], 10)
        os.close(watched)
        return not ended


async def test_it_dies_with_its_parent(desk: SimulatedCamera) -> None:
    assert not await asyncio.to_thread(outlived, desk.url)


LIES: dict[str, tuple[bytes, ...]] = {
    "noise": (b"\x00\xff noise",),
    "an order": (messages.packed(messages.Want(after=0)),),
    "a picture larger than the memory": (
        messages.packed(messages.Picture(sequence=0, at=0.0, length=1 << 40, width=100_000, height=100_000)),
    ),
    "a picture of less than nothing": (
        messages.packed(messages.Picture(sequence=0, at=0.0, length=-1, width=1, height=1)),
    ),
    "an end that nobody knows": (messages.packed(messages.Ended(error="bored", detail="")),),
    "a flood": (b"\x91" * 60_000,) * 20,
}
LIAR = """
import socket, sys
parent = socket.socket(fileno=int(sys.argv[1]))
parent.recv(65536)
for line in sys.stdin.buffer.read().splitlines():
    parent.send(bytes.fromhex(line.decode()))
parent.recv(65536)
"""


@pytest.mark.parametrize("lie", LIES)
async def test_one_that_lies_is_killed(
    lie: str, desk: SimulatedCamera, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "liar.py"
    program.write_text(
        LIAR.replace("sys.stdin.buffer.read().splitlines()", repr([each.hex().encode() for each in LIES[lie]]))
    )
    monkeypatch.setattr(opening, "_CHILD", (sys.executable, str(program)))
    camera = StreamCamera(desk.url, open_s=30)
    with pytest.raises(DeviceGarbled):
        await camera.open()
    assert camera.pid is None


async def test_one_that_does_not_even_start_is_gone(desk: SimulatedCamera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_CHILD", (sys.executable, "-c", "raise SystemExit(3)"))
    with pytest.raises(DeviceGone, match="ended with 3"):
        await StreamCamera(desk.url, open_s=30).open()
