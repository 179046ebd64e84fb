"""A camera through OpenCV, one picture after the other. Runs in the child process only.

Motion JPEG is handed on as the camera wrote it: nothing is decoded and encoded again, neither for the screen nor for
the file that a citizen hands in. Of any other coding a picture is written as JPEG only when somebody wants it.
"""

from __future__ import annotations

import importlib
import os
from dataclasses import dataclass
from typing import Any, Final

from drivers.camera.jpeg import LARGEST_PIXELS, BrokenJpeg, whole
from drivers.camera.messages import Start
from drivers.camera.shared import PLACE_BYTES

_JPEG_QUALITY: Final = 90
_SAMPLE_STEP: Final = 8
"""Of every decoded picture each 8th row and column are compared with those of the last one."""
_MOTION_JPEG: Final = "MJPG"


class NoPictures(Exception):
    """What is there does not open as a camera."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shot:
    """A picture, in one of two forms."""

    width: int
    height: int
    same: bytes
    """Equal for pictures that are equal."""
    jpeg: bytes
    """As the camera wrote it; empty: it wrote something else."""
    pixels: Any
    """Rows × columns × blue, green, red; None: it wrote JPEG."""


class Capture:
    """An opened camera.

    Args:
        start: What to open and how.

    Raises:
        NoPictures: it does not open; nothing stays open.
    """

    def __init__(self, start: Start) -> None:
        self._cv2 = opencv(start)
        self._capture = self._opened(start)
        if not self._capture.isOpened():
            self._capture.release()
            raise NoPictures("it does not open as a camera")
        coding = int(self._capture.get(self._cv2.CAP_PROP_FOURCC))
        self.coding = coding.to_bytes(4, "little", signed=True).decode("ascii", "replace").strip("\0 ").upper()
        self._raw = self.coding in (_MOTION_JPEG, "JPEG") and self._as_it_comes(start.source)

    def read(self) -> Shot | None:
        """Return the next picture, None at the end of the stream. Blocks; OpenCV says when it is enough.

        Raises:
            BrokenJpeg: what came is none; the next one may be.
        """
        well, pixels = self._capture.read()
        if not well:
            return None
        if not self._raw:
            height, width = pixels.shape[:2]
            sample = pixels[::_SAMPLE_STEP, ::_SAMPLE_STEP].tobytes()
            return Shot(width=width, height=height, same=sample, jpeg=b"", pixels=pixels)
        if pixels.size > PLACE_BYTES:
            raise BrokenJpeg(f"{pixels.size} bytes")
        jpeg, seen = whole(pixels.tobytes())
        return Shot(width=seen.width, height=seen.height, same=jpeg, jpeg=jpeg, pixels=None)

    def close(self) -> None:
        """Let go of the camera."""
        self._capture.release()

    def _opened(self, start: Start) -> Any:
        cv2 = self._cv2
        if not start.source.startswith("/"):
            limits = [
                *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(start.open_s * 1000)),
                *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(start.silent_s * 1000)),
            ]
            # One thread: FFmpeg's frame threads hold as many pictures back as there are threads.
            return cv2.VideoCapture(start.source, cv2.CAP_FFMPEG, [*limits, cv2.CAP_PROP_N_THREADS, 1])
        capture = cv2.VideoCapture(start.source, cv2.CAP_V4L2)
        # In this order: the size is chosen among those of the pixel format, the rate among those of the size. One
        # picture of buffer: the newest counts.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*_MOTION_JPEG))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, start.width)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, start.height)
        if start.rate:
            capture.set(cv2.CAP_PROP_FPS, start.rate)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture

    def _as_it_comes(self, source: str) -> bool:
        """Have the camera's own bytes handed out instead of pixels; return whether they will be."""
        cv2 = self._cv2
        if source.startswith("/"):
            return bool(self._capture.set(cv2.CAP_PROP_CONVERT_RGB, 0))
        return bool(self._capture.set(cv2.CAP_PROP_FORMAT, -1))


def written(shot: Shot) -> bytes:
    """Return the picture as JPEG.

    Raises:
        BrokenJpeg: OpenCV cannot write it.
    """
    if shot.jpeg:
        return shot.jpeg
    cv2 = importlib.import_module("cv2")
    well, jpeg = cv2.imencode(".jpg", shot.pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not well:
        raise BrokenJpeg("cannot be written as JPEG")
    data: bytes = jpeg.tobytes()
    return data


def grey(shot: Shot) -> Any:
    """Return the picture as rows × columns of brightness; None: it cannot be decoded."""
    cv2, numpy = importlib.import_module("cv2"), importlib.import_module("numpy")
    if shot.jpeg:
        return cv2.imdecode(numpy.frombuffer(shot.jpeg, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    return shot.pixels if shot.pixels.ndim == 2 else cv2.cvtColor(shot.pixels, cv2.COLOR_BGR2GRAY)


def opencv(start: Start) -> Any:
    """Import OpenCV, set up for this camera: it reads its environment, which is this process's own."""
    # FFmpeg's readers look at half a second of stream before the first picture, unless told not to. What comes may be a
    # playlist that names files of this machine: only the network is read.
    options = (
        f"rtsp_transport;{start.transport}|fflags;nobuffer|analyzeduration;0|probesize;4096"
        "|protocol_whitelist;http,https,httpproxy,tls,tcp,udp,rtp,rtsp"
    )
    os.environ.update(
        OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT=str(max(1, round(start.silent_s))),
        OPENCV_FFMPEG_CAPTURE_OPTIONS=options,
        OPENCV_FFMPEG_LOGLEVEL="-8",
        OPENCV_IO_MAX_IMAGE_PIXELS=str(LARGEST_PIXELS),
    )
    cv2 = importlib.import_module("cv2")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    cv2.setNumThreads(1)
    return cv2
