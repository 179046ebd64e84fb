"""Who a camera under /dev is, as the kernel's header and sysfs lay it out, and how OpenCV is set up for one."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import pytest
from desks import PICTURE, without_tables
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera import capture as capturing
from drivers.camera.capture import Capture, NoPictures, grey, written
from drivers.camera.jpeg import BrokenJpeg
from drivers.camera.messages import Start
from drivers.camera.v4l2 import VIDIOC_QUERYCAP, Capability, capability, capability_in, plate

CAPTURE, METADATA, DEVICE_CAPS = 0x00000001, 0x00800000, 0x80000000
START = Start(
    source="/dev/v4l/by-path/x", width=1600, height=1200, rate=25, transport="tcp", open_s=5, silent_s=2, beat_s=0.25
)


def answer(card: bytes = b"HD Document Camera", device: int = 0, node: int = CAPTURE) -> bytes:
    """Return a ``struct v4l2_capability`` as videodev2.h lays it out."""
    return struct.pack(
        "<16s32s32sIII3I", b"uvcvideo", card, b"usb-0000:00:14.0-2", 0x060C5A, device | DEVICE_CAPS, node, 0, 0, 0
    )


def test_the_kernels_answer_is_read() -> None:
    assert capability_in(answer()) == Capability(
        driver="uvcvideo", card="HD Document Camera", bus="usb-0000:00:14.0-2", version="6.12.90", captures=True
    )


def test_a_node_for_metadata_gives_no_pictures() -> None:
    assert not capability_in(answer(device=CAPTURE, node=METADATA)).captures


def test_an_old_driver_tells_of_the_whole_device() -> None:
    old = bytearray(answer())
    old[84:92] = struct.pack("<II", CAPTURE, 0)
    assert capability_in(bytes(old)).captures


@given(st.binary(max_size=200))
def test_any_answer_is_read_or_refused(data: bytes) -> None:
    try:
        capability_in(data)
    except ValueError:
        assert len(data) != 104


def test_the_request_is_asked_of_the_node(tmp_path: Path) -> None:
    node = tmp_path / "video0"
    node.touch()
    asked = []

    def ask(descriptor: int, request: int, room: bytes) -> bytes:
        asked.append((request, len(room)))
        return answer()

    assert capability(node, ask).captures
    assert asked == [(VIDIOC_QUERYCAP, 104)]
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        capability(node)


def test_usb_knows_maker_and_serial(tmp_path: Path) -> None:
    interface = tmp_path / "devices" / "usb1" / "1-2" / "1-2:1.0"
    interface.mkdir(parents=True)
    told = {"manufacturer": "Example Optics\n", "product": "DOC-500\n", "serial": "EX0042\n", "bcdDevice": "0117\n"}
    for name, text in told.items():
        (interface.parent / name).write_text(text)
    (tmp_path / "class" / "video0").mkdir(parents=True)
    (tmp_path / "class" / "video0" / "device").symlink_to(interface)
    link = tmp_path / "by-path"
    link.symlink_to("/dev/video0")
    seen = plate(link, capability_in(answer()), tmp_path / "class")
    assert (seen.maker, seen.model, seen.serial, seen.firmware) == ("Example Optics", "DOC-500", "EX0042", "0117")


def test_elsewhere_the_driver_tells(tmp_path: Path) -> None:
    seen = plate(Path("/dev/video0"), capability_in(answer()), tmp_path)
    assert (seen.maker, seen.model, seen.serial) == ("uvcvideo", "HD Document Camera", "")


class FakeCapture:
    """Stands where ``cv2.VideoCapture`` opens a V4L2 device, and keeps what it is told; there is no video node here."""

    def __init__(self, pictures: list[Any], *, coding: str = "MJPG", opens: bool = True) -> None:
        self.told: list[str] = []
        self.pictures = pictures
        self.coding = coding
        self.opens = opens

    def isOpened(self) -> bool:  # noqa: N802  # OpenCV's name
        return self.opens

    def set(self, key: int, value: float) -> bool:
        import cv2

        names = ("FOURCC", "FRAME_WIDTH", "FRAME_HEIGHT", "FPS", "BUFFERSIZE", "CONVERT_RGB", "FORMAT")
        self.told.append(next(name for name in names if getattr(cv2, f"CAP_PROP_{name}") == key))
        return True

    def get(self, key: int) -> float:
        return float(int.from_bytes(self.coding.encode(), "little"))

    def read(self) -> tuple[bool, Any]:
        return (True, self.pictures.pop(0)) if self.pictures else (False, None)

    def release(self) -> None:
        self.told.append("released")


def opened(monkeypatch: pytest.MonkeyPatch, fake: FakeCapture) -> Capture:
    cv2 = capturing.opencv(START)
    monkeypatch.setattr(cv2, "VideoCapture", lambda *_: fake)
    return Capture(START)


def test_coding_comes_before_size_and_size_before_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeCapture([])
    assert opened(monkeypatch, fake).coding == "MJPG"
    assert fake.told == ["FOURCC", "FRAME_WIDTH", "FRAME_HEIGHT", "FPS", "BUFFERSIZE", "CONVERT_RGB"]


def test_a_padded_picture_without_tables_becomes_a_jpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    raw = np.frombuffer(without_tables(PICTURE) + bytes(5000), np.uint8).reshape(1, -1)
    capture = opened(monkeypatch, FakeCapture([raw, raw[:, :900]]))
    shot = capture.read()
    assert shot is not None
    assert (shot.width, shot.height) == (96, 64)
    assert written(shot) == shot.jpeg
    assert grey(shot).shape == (64, 96)
    with pytest.raises(BrokenJpeg):
        capture.read()
    assert capture.read() is None


def test_a_camera_without_jpeg_is_written_as_one_when_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    pixels = np.full((480, 640, 3), 90, np.uint8)
    fake = FakeCapture([pixels], coding="YUYV")
    capture = opened(monkeypatch, fake)
    assert "CONVERT_RGB" not in fake.told
    shot = capture.read()
    assert shot is not None
    assert written(shot).startswith(b"\xff\xd8")
    assert grey(shot).shape == (480, 640)


def test_what_does_not_open_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeCapture([], opens=False)
    with pytest.raises(NoPictures):
        opened(monkeypatch, fake)
    assert fake.told[-1] == "released"
