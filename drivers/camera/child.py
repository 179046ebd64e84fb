"""The process that holds one camera: ``python -m drivers.camera.child SOCKET MEMORY PARENT``.

A call that hangs inside a driver, OpenCV or FFmpeg cannot be ended from outside, and a picture made to break a decoder
breaks the process it is decoded in. So all of that happens here, where the parent can end it at any moment. Three
threads: one reads the camera, one listens to the parent, one looks into pictures (codes, sharpness, print).

It ends with its parent, takes a bounded amount of memory, and leaves no core file: that would hold a picture.
"""

from __future__ import annotations

import ctypes
import errno
import importlib
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drivers.camera import messages
from drivers.camera.capture import Capture, NoPictures, Shot, grey, written
from drivers.camera.jpeg import BrokenJpeg
from drivers.camera.shared import FROM_CHILD, FROM_PARENT, Shared
from drivers.camera.v4l2 import Plate, capability, plate

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Of its own data. Usual are 30 MB; looking into pictures of 50 megapixels takes 700."""
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_MOST_CODES: Final = 20
_LONGEST_CODE_BYTES: Final = 3000
"""A QR code holds 2,953 bytes (ISO/IEC 18004, version 40-L)."""
_BLACK, _WHITE = 2, 253
_ENOUGH_BROKEN: Final = 10
"""Before the first whole one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Newest:
    sequence: int
    at: float
    shot: Shot


class Child:
    """Does what the parent asks, until it goes.

    Args:
        parent: The socket to it.
        shared: The memory shared with it.
    """

    def __init__(self, parent: socket.socket, shared: Shared) -> None:
        self._parent = parent
        self._shared = shared
        self._changed = threading.Condition()
        self._newest: _Newest | None = None
        self._arrived = 0
        self._repeated = 0
        self._lost = 0
        self._want: int | None = None
        self._looking = False
        self._anew = False
        """Whether the next codes found are news to whoever listens, also those told before."""
        self._tasks: deque[messages.Measure | bytes] = deque()
        self._beaten = 0.0

    def run(self) -> None:
        """Open the camera that the first message names and read it to its end, and tell how that was."""
        start = messages.order_in(self._parent.recv(messages.LONGEST_BYTES))
        if not isinstance(start, messages.Start):
            raise messages.BrokenMessage("not a start")
        threading.Thread(target=self._listen, name="listen", daemon=True).start()
        try:
            error, detail = self._read(start)
        except NoPictures as wrong:
            error, detail = "refused", str(wrong)
        except OSError as wrong:
            absent = wrong.errno in (errno.ENOENT, errno.ENXIO, errno.ENODEV)
            error, detail = "absent" if absent else "refused", str(wrong)
        except Exception as wrong:  # noqa: BLE001 - whatever OpenCV throws ends this stream and nothing else
            error, detail = "garbled", f"{type(wrong).__name__}: {wrong}"
        self._tell(messages.Ended(error=error, detail=detail[:500]))

    def _read(self, start: messages.Start) -> tuple[str, str]:
        name = Plate()
        if start.source.startswith("/"):
            path = Path(start.source)
            known = capability(path)
            if not known.captures:
                raise NoPictures(f"{known.card} ({known.driver}) gives no pictures at this node")
            name = plate(path, known)
        capture = Capture(start)
        try:
            threading.Thread(target=self._look_into, name="look", daemon=True).start()
            while True:
                asked = time.monotonic()
                try:
                    shot = capture.read()
                except BrokenJpeg as broken:
                    self._lost += 1
                    if not self._arrived and self._lost >= _ENOUGH_BROKEN:
                        return "garbled", f"{self._lost} pictures, none of them whole: {broken}"
                else:
                    if shot is None:
                        stalled = time.monotonic() - asked >= 0.9 * start.silent_s
                        return ("silent", "nothing comes") if stalled else ("gone", "the stream ended")
                    self._take(shot, capture.coding, name)
                self._beat(start.beat_s)
        finally:
            capture.close()

    def _take(self, shot: Shot, coding: str, name: Plate) -> None:
        if self._newest is not None and shot.same == self._newest.shot.same:
            self._repeated += 1
            return
        with self._changed:
            self._newest = _Newest(sequence=self._arrived, at=time.monotonic(), shot=shot)
            self._arrived += 1
            if self._arrived == 1:
                self._tell(
                    messages.Opened(
                        maker=name.maker, model=name.model, serial=name.serial, firmware=name.firmware, coding=coding
                    )
                )
                self._beaten = 0.0
            self._changed.notify()
        self._give()

    def _beat(self, every_s: float) -> None:
        now = time.monotonic()
        if now - self._beaten >= every_s:
            self._beaten = now
            self._tell(
                messages.Beat(
                    arrived=self._arrived,
                    at=self._newest.at if self._newest else 0.0,
                    repeated=self._repeated,
                    lost=self._lost,
                )
            )

    def _give(self) -> None:
        """Lay the newest picture into the shared memory, if it is one that the parent waits for."""
        with self._changed:
            newest = self._newest
            if newest is None or self._want is None or newest.sequence <= self._want:
                return
            try:
                jpeg = written(newest.shot)
                self._shared.put(FROM_CHILD, jpeg)
            except ValueError:  # too large, or no JPEG: another one will do
                self._lost += 1
                return
            self._want = None
            self._tell(
                messages.Picture(
                    sequence=newest.sequence,
                    at=newest.at,
                    length=len(jpeg),
                    width=newest.shot.width,
                    height=newest.shot.height,
                )
            )

    def _listen(self) -> None:
        """Take what the parent says; without a parent there is nothing left to do."""
        try:
            while packet := self._parent.recv(messages.LONGEST_BYTES):
                self._obey(messages.order_in(packet))
        except (OSError, messages.BrokenMessage):
            pass
        finally:
            os._exit(0)

    def _obey(self, order: messages.Order) -> None:
        with self._changed:
            match order:
                case messages.Want():
                    self._want = order.after
                    self._give()
                case messages.Look():
                    self._looking = self._anew = order.wanted
                case messages.Measure():
                    self._tasks.append(order)
                case messages.Judge():
                    # Taken out at once: the next one may be laid there before this one's turn.
                    self._tasks.append(self._shared.take(FROM_PARENT, order.length))
                case messages.Start():
                    raise messages.BrokenMessage("started twice")
            self._changed.notify()

    def _look_into(self) -> None:
        try:
            self._look()
        except Exception as wrong:  # noqa: BLE001 - whatever a picture makes a decoder do ends this stream and no more
            self._tell(messages.Ended(error="garbled", detail=f"{type(wrong).__name__}: {wrong}"[:500]))
            os._exit(1)

    def _look(self) -> None:
        looked, decoder = -1, None
        while True:
            with self._changed:
                while not self._tasks and not (self._looking and self._newest and self._newest.sequence > looked):
                    self._changed.wait()
                task = self._tasks.popleft() if self._tasks else None
                newest, anew, self._anew = self._newest, self._anew, False
            if isinstance(task, bytes):
                legibility = importlib.import_module("drivers.camera.legibility")
                self._tell(messages.Judged(measure=legibility.print_measure(task)))
            elif task is not None:
                self._tell(self._measured(newest))
            elif newest is not None:
                decoder = decoder or importlib.import_module("drivers.scanner.decode").FrameDecoder()
                if anew:
                    decoder.forget()
                looked = newest.sequence
                self._seek(newest, decoder)

    def _seek(self, newest: _Newest, decoder: Any) -> None:
        picture = grey(newest.shot)
        found = [] if picture is None else decoder.look(picture)
        codes = tuple(
            messages.Seen(raw=code.raw, symbology=code.symbology, corners=code.corners, text=code.text)
            for code in found[:_MOST_CODES]
            if len(code.raw) <= _LONGEST_CODE_BYTES
        )
        if codes:
            self._tell(messages.Codes(at=newest.at, codes=codes))

    def _measured(self, newest: _Newest | None) -> messages.Measured:
        picture = None if newest is None else grey(newest.shot)
        sharpness = brightness = clipped = 0.0
        if picture is not None:
            cv2 = importlib.import_module("cv2")
            _, deviation = cv2.meanStdDev(cv2.Laplacian(picture, cv2.CV_32F))
            sharpness, brightness = float(deviation[0, 0]) ** 2, float(picture.mean())
            clipped = float(((picture <= _BLACK) | (picture >= _WHITE)).mean())
        return messages.Measured(
            arrived=self._arrived,
            at=newest.at if newest else 0.0,
            repeated=self._repeated,
            lost=self._lost,
            width=newest.shot.width if newest else 0,
            height=newest.shot.height if newest else 0,
            sharpness=sharpness,
            brightness=brightness,
            clipped=clipped,
        )

    def _tell(self, report: messages.Report) -> None:
        try:
            self._parent.send(messages.packed(report), socket.MSG_DONTWAIT)
        except BlockingIOError:  # a parent that has not listened for a minute; it asks again, or ends us
            return
        except OSError:
            os._exit(0)


def main() -> None:
    """Be bound to the parent and to limits, then serve."""
    own, memory, parent = (int(argument) for argument in sys.argv[1:4])
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the line above
        return
    libc.prctl(_PR_SET_DUMPABLE, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal's process group; the parent ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    Child(socket.socket(fileno=own), Shared(memory)).run()
    os._exit(0)  # threads may hang in the camera, nothing is waiting to be written


if __name__ == "__main__":
    main()
