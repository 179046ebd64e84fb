"""Cameras through OpenCV: a stream over the network, or a V4L2 device under /dev.

OpenCV blocks, and says little when a camera goes: a closed stream reads False for ever while ``isOpened`` stays true,
a stalled one blocks, a hung one repeats its last picture. So a thread of its own reads, pictures are numbered only when
they differ from the last, and whoever waits for one has a limit.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

from drivers.camera.api import Frame
from drivers.errors import DeviceAbsent, DeviceError, DeviceGarbled, DeviceGone, DeviceSilent

_log = logging.getLogger(__name__)

_JPEG_QUALITY = 90
_V4L_SELECT_S = "2"
_SAMPLE_STEP = 8
"""Of every picture each 8th row and column are compared with those of the last one."""


class StreamCamera:
    """A ``Camera``.

    Args:
        url: ``http://…`` or ``rtsp://…``, or a path under /dev: prefer ``/dev/v4l/by-path/…``, it survives re-plugging.
        open_s: Time allowed to connect and for the first picture.
        silent_s: How old the newest picture may get.
        width: Pixels asked of a V4L2 device.
        height: Pixels asked of a V4L2 device.
    """

    def __init__(
        self, url: str, *, open_s: float = 5.0, silent_s: float = 2.0, width: int = 1280, height: int = 960
    ) -> None:
        self._url = url
        self._open_s = open_s
        self._silent_s = silent_s
        self._size = (width, height)
        self._grabber: _Grabber | None = None

    async def open(self) -> None:
        """Start the stream; see ``Camera``."""
        if self._grabber is not None and self._grabber.ended is None:
            return
        await self.close()
        grabber = _Grabber(self._url, self._size, self._open_s, self._silent_s, asyncio.get_running_loop())
        self._grabber = grabber
        grabber.start()
        try:
            await grabber.wait(-1, self._open_s)
        except DeviceGone as error:
            await self.close()
            raise DeviceAbsent(error.detail) from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Stop the stream; see ``Camera``."""
        grabber, self._grabber = self._grabber, None
        if grabber is not None:
            grabber.stop()

    async def frame(self, after: int = -1) -> Frame:
        """Wait for a picture; see ``Camera``."""
        grabber = self._grabber
        if grabber is None:
            raise DeviceGone(f"{self._url} is not open")
        shot = await grabber.wait(after, self._silent_s)
        jpeg = await asyncio.to_thread(_encode, shot.pixels)
        height, width = shot.pixels.shape[:2]
        return Frame(sequence=shot.sequence, width=width, height=height, jpeg=jpeg)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shot:
    sequence: int
    at: float
    pixels: Any
    """Rows × columns × blue, green, red."""


class _Grabber(threading.Thread):
    """Reads one opening of a camera and keeps the newest picture.

    It lets go of the camera by itself: a call inside OpenCV cannot be stopped from outside, so ``stop`` only asks for
    it. A daemon, so that a driver that hangs for ever does not keep the process alive.
    """

    def __init__(
        self, url: str, size: tuple[int, int], open_s: float, silent_s: float, loop: asyncio.AbstractEventLoop
    ) -> None:
        super().__init__(name=f"camera {url}", daemon=True)
        self._url = url
        self._size = size
        self._open_s = open_s
        self._silent_s = silent_s
        self._loop = loop
        self._news = asyncio.Event()
        self._stopping = threading.Event()
        self._shot: _Shot | None = None
        self.ended: DeviceError | None = None

    def stop(self) -> None:
        """Ask it to let go; who waits for a picture gets ``DeviceGone``."""
        self._stopping.set()
        self._end(DeviceGone(f"{self._url} was closed"))

    async def wait(self, after: int, limit_s: float) -> _Shot:
        """Return the newest picture with a sequence above ``after``; called on the event loop.

        Raises:
            DeviceError: how the stream ended. DeviceSilent: no such picture within ``limit_s``.
        """
        try:
            async with asyncio.timeout(limit_s):
                while True:
                    if self.ended is not None:
                        raise self.ended
                    shot = self._shot
                    if shot is not None and shot.sequence > after and time.monotonic() - shot.at <= self._silent_s:
                        return shot
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise DeviceSilent(f"{self._url}: no new picture within {limit_s:g} s") from None

    def run(self) -> None:
        """Open, read until stopped or ended, let go."""
        try:
            self._read(_open_capture(self._url, self._size, self._open_s, self._silent_s))
        except Exception as error:  # noqa: BLE001 - whatever OpenCV throws ends this stream and nothing else
            self._tell_end(DeviceGarbled(f"{self._url}: {type(error).__name__}: {error}"))

    def _read(self, capture: Any) -> None:
        try:
            if not capture.isOpened():
                self._tell_end(DeviceGone(f"{self._url}: nothing to open"))
                return
            sequence, sample = 0, b""
            while not self._stopping.is_set():
                asked = time.monotonic()
                well, pixels = capture.read()
                now = time.monotonic()
                if not well:
                    stalled = now - asked >= 0.9 * self._silent_s
                    self._tell_end((DeviceSilent if stalled else DeviceGone)(f"{self._url}: the stream ended"))
                    return
                fresh = pixels[::_SAMPLE_STEP, ::_SAMPLE_STEP].tobytes()
                if fresh != sample:
                    self._tell(_Shot(sequence=sequence, at=now, pixels=pixels))
                    sequence, sample = sequence + 1, fresh
        finally:
            capture.release()

    def _tell(self, shot: _Shot) -> None:
        self._shot = shot
        self._wake()

    def _tell_end(self, error: DeviceError) -> None:
        self._on_loop(self._end, error)

    def _end(self, error: DeviceError) -> None:
        self.ended = self.ended or error
        self._news.set()

    def _wake(self) -> None:
        self._on_loop(self._news.set)

    def _on_loop(self, call: Any, *arguments: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(call, *arguments)
        except RuntimeError:  # the event loop is closed: nobody waits any more
            self._stopping.set()


def _open_capture(url: str, size: tuple[int, int], open_s: float, read_s: float) -> Any:
    cv2 = _opencv()
    if url.startswith("/dev/"):
        capture = cv2.VideoCapture(url, cv2.CAP_V4L2)
        # In this order: the size is chosen among those of the pixel format. One picture of buffer: the newest counts.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        return capture
    options = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(open_s * 1000), cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(read_s * 1000)]
    # One thread: FFmpeg's frame threads hold as many pictures back as there are threads.
    return cv2.VideoCapture(url, cv2.CAP_FFMPEG, [*options, cv2.CAP_PROP_N_THREADS, 1])


def _encode(pixels: Any) -> bytes:
    cv2 = _opencv()
    well, jpeg = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    if not well:
        raise DeviceGarbled("a picture that cannot be written as JPEG")
    data: bytes = jpeg.tobytes()
    return data


@cache
def _opencv() -> Any:
    """Import OpenCV, 0.2 s and 30 MB: only by who opens a camera, and on the camera's thread."""
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", _V4L_SELECT_S)
    # Without looking at half a second of stream before the first picture.
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "fflags;nobuffer|analyzeduration;0|probesize;4096")
    # FFmpeg writes to the standard error by itself; what it has to say comes out as our errors.
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2 = importlib.import_module("cv2")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2
