"""The narrow waist for devices that take and give bytes, and the one for serial ports: five ways it can fail.

Reading and writing wait on the event loop, so a call that is cancelled leaves nothing behind and loses no byte. Opening
and closing can block inside the kernel (a USB adapter being configured, output being drained), so they run on a worker
thread, one per device.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import select
import termios
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol

import serial

from drivers import presence
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, DeviceSilent
from drivers.status import Identity
from drivers.traffic import tap

TRAFFIC: Final = 5
"""Log level of bytes on a wire: below DEBUG, off unless somebody asks for it."""

logging.addLevelName(TRAFFIC, "TRAFFIC")
_log = logging.getLogger(__name__)

_CHUNK_BYTES: Final = 4096
_WRITE_LIMIT_S: Final = 5.0
_HUNG_UP: Final = select.EPOLLHUP | select.EPOLLERR
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.EIO})
_REFUSALS: Final = {
    errno.EACCES: ("no permission", "device.no-permission"),
    errno.EPERM: ("no permission", "device.no-permission"),
    errno.EBUSY: ("the port is in use by another program", "device.busy"),
    errno.EAGAIN: ("the port is in use by another program", "device.busy"),
    errno.ENOTTY: ("not a serial port", None),
    errno.EISDIR: ("a folder, not a serial port", None),
}
"""What it is and the code it is told under; None: the ordinary one."""


class Link(Protocol):
    """Bytes in, bytes out. One reader and one writer at a time, any number that ``watch``; opens again after ``close``.

    ``SerialLink`` and ``drivers.usb_bulk.UsbBulkLink`` are such; protocols are written against this.
    """

    @property
    def is_open(self) -> bool:
        """Whether ``open`` succeeded and nothing was lost or closed since."""

    @property
    def identity(self) -> Identity:
        """What the wire itself tells of who is there, its place at least."""

    async def open(self) -> None:
        """Connect and drop what had arrived before; nothing when open. Raises ``DeviceAbsent``, ``DeviceRefused``."""

    async def close(self) -> None:
        """Let go; whoever waits gets ``DeviceGone``. Safe at any time; raises nothing."""

    async def write(self, data: bytes, limit_s: float = 5.0) -> None:
        """Hand all of ``data`` over. Raises ``DeviceGone``, ``DeviceSilent`` when nothing is taken for ``limit_s``."""

    async def read(self, limit_s: float | None) -> bytes:
        """Return what has arrived, at least one byte. Raises ``DeviceSilent``, ``DeviceGone``, ``DeviceGarbled``."""

    def discard(self) -> int:
        """Drop what has arrived here and was not read; return how many bytes. Raises ``DeviceGone``."""

    async def watch(self) -> None:
        """Wait until the far side leaves or we close; takes no byte from who reads. Always ends in ``DeviceGone``."""

    async def appears(self) -> None:
        """Wait until there may be something to open; at once when there is. Raises nothing."""


class SerialLink:
    """A serial port, 8 data bits, no parity, one stop bit, no flow control. Implements ``Link``.

    One reader and one writer at a time, and any number that ``watch``. Safe to open again after ``close``.

    Args:
        port: Path of the port. Prefer the names that survive re-plugging: ``/dev/serial/by-path/…``.
        baud: Bits per second.
        personal: What is read may hold personal data: at TRAFFIC only its length is logged, never its bytes.
    """

    def __init__(self, port: str, baud: int, *, personal: bool = True) -> None:
        self.port = port
        self.baud = baud
        self._personal = personal
        self._serial: serial.Serial | None = None
        self._waiting: set[asyncio.Future[None]] = set()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix=f"serial {port}")

    @property
    def is_open(self) -> bool:
        """Whether ``open`` succeeded and nothing was lost or closed since."""
        return self._serial is not None

    @property
    def identity(self) -> Identity:
        """Where it is and how fast: a serial line tells nothing else."""
        return Identity(connection=f"{self.port}, {self.baud} baud")

    async def open(self) -> None:
        """Open the port and drop what had arrived before. Does nothing when it is open.

        Raises:
            DeviceAbsent: there is no such port.
            DeviceRefused: it is there and may not be opened; nothing stays open.
        """
        if self._serial is not None:
            return
        opening = self._worker.submit(self._open_blocking)
        try:
            self._serial = await asyncio.wrap_future(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(_close_unwanted)
            raise
        _log.debug("%s: open at %d baud", self.port, self.baud)

    async def close(self) -> None:
        """Let go of the port; a call that waits on it gets ``DeviceGone``. Safe at any time; raises nothing."""
        port = self._forget()
        if port is not None:
            await asyncio.shield(asyncio.wrap_future(self._worker.submit(_close_blocking, port)))
            _log.debug("%s: closed", self.port)

    async def write(self, data: bytes, limit_s: float = _WRITE_LIMIT_S) -> None:
        """Hand all of ``data`` to the port.

        Raises:
            DeviceGone: the port left; it is closed.
            DeviceSilent: the far side took nothing for ``limit_s``; a part of ``data`` may be on its way.
        """
        rest = memoryview(data)
        _log.log(TRAFFIC, "%s > %s", self.port, data.hex(" "))
        tap.sent(self.port, data)
        while rest:
            fd = self._fd()
            try:
                rest = rest[os.write(fd, rest) :]
            except BlockingIOError:
                await self._until_ready(fd, limit_s, writing=True)
            except OSError as error:
                raise self._lost(error) from error

    async def read(self, limit_s: float | None) -> bytes:
        """Return what has arrived, at least one byte.

        Args:
            limit_s: How long to wait for the first byte; None waits for ever.

        Raises:
            DeviceSilent: nothing came in time; the port stays open.
            DeviceGone: the port left; it is closed.
        """
        while True:
            fd = self._fd()
            data = self._take(fd)
            if data is not None:
                return data
            await self._until_ready(fd, limit_s, writing=False)

    def discard(self) -> int:
        """Drop what has arrived and was not read; return how many bytes that were.

        Raises:
            DeviceGone: the port left; it is closed.
        """
        dropped = 0
        while data := self._take(self._fd()):
            dropped += len(data)
        return dropped

    async def watch(self) -> None:
        """Wait until the port hangs up, whether or not anybody reads; takes no byte from who does.

        Raises:
            DeviceGone: the port left, or was closed by ourselves; it is closed. There is no other way out.
        """
        fd, port = self._fd(), self._serial
        loop = asyncio.get_running_loop()
        with select.epoll() as hang_ups:
            # Its own epoll object, because the loop's knows each descriptor once and the reader has it. Waiting for
            # nothing but a hang-up could miss it: when an adapter is pulled, the kernel wakes those who wait for bytes
            # (tty_ldisc_hangup passes EPOLLIN as the key) and no others. By edge, so bytes left lying wake us once.
            hang_ups.register(fd, select.EPOLLIN | select.EPOLLET)
            while self._serial is port:
                stirred: asyncio.Future[None] = loop.create_future()
                loop.add_reader(hang_ups.fileno(), _settle, stirred)
                self._waiting.add(stirred)
                try:
                    await stirred
                finally:
                    self._waiting.discard(stirred)
                    loop.remove_reader(hang_ups.fileno())
                if self._serial is port and any(seen & _HUNG_UP for _, seen in hang_ups.poll(0)):
                    raise self._lost(None)
        raise DeviceGone(f"{self.port} was closed")

    async def appears(self) -> None:
        """Wait until the path of the port exists and leads somewhere; return at once when it does. Raises nothing."""
        await presence.appears(Path(self.port))

    def _open_blocking(self) -> serial.Serial:
        try:
            # An inter-byte time makes pyserial set VMIN to 1: only then does an empty read mean a hang-up for sure.
            return serial.Serial(self.port, self.baud, inter_byte_timeout=0.1, exclusive=True)
        except (OSError, ValueError, termios.error) as error:  # SerialException is an OSError
            raise _why_not_opened(self.port, error) from error

    def _fd(self) -> int:
        if self._serial is None:
            raise DeviceGone(f"{self.port} is not open")
        return int(self._serial.fileno())

    def _take(self, fd: int) -> bytes | None:
        try:
            data = os.read(fd, _CHUNK_BYTES)
        except BlockingIOError:
            return None
        except OSError as error:
            raise self._lost(error) from error
        if not data:
            raise self._lost(None)
        _log.log(TRAFFIC, "%s < %s", self.port, f"{len(data)} bytes" if self._personal else data.hex(" "))
        tap.came(self.port, data)
        return data

    async def _until_ready(self, fd: int, limit_s: float | None, *, writing: bool) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        watch, unwatch = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
        watch(fd, _settle, ready)
        self._waiting.add(ready)
        try:
            async with asyncio.timeout(limit_s):
                await ready
        except TimeoutError:
            what = "took" if writing else "sent"
            raise DeviceSilent(f"{self.port} {what} nothing for {limit_s:g} s") from None
        finally:
            self._waiting.discard(ready)
            if self._serial is not None:  # else the descriptor was unwatched by _forget and may be another's by now
                unwatch(fd)

    def _lost(self, error: OSError | None) -> DeviceGone:
        port = self._forget()
        if port is not None:
            self._worker.submit(_close_blocking, port)
            tap.gone(self.port)
        return DeviceGone(f"{self.port}: {error.strerror if error else 'hung up'}")

    def _forget(self) -> serial.Serial | None:
        port, self._serial = self._serial, None
        if port is not None:
            loop = asyncio.get_running_loop()
            loop.remove_reader(port.fileno())
            loop.remove_writer(port.fileno())
            for ready in self._waiting:
                _settle(ready)
        return port


def _settle(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def _close_blocking(port: serial.Serial) -> None:
    try:
        port.close()
    except (OSError, termios.error) as error:
        _log.debug("%s: %s while closing", port.name, error)


def _close_unwanted(opening: Future[serial.Serial]) -> None:
    """Close a port that opened after its caller had given up."""
    if not opening.cancelled() and opening.exception() is None:
        _close_blocking(opening.result())


def _why_not_opened(port: str, error: Exception) -> DeviceError:
    number = _errno(error)
    if number in _ABSENT:
        return DeviceAbsent(f"{port}: {os.strerror(number)}")
    what, code = _REFUSALS.get(number, (str(error), None))
    return DeviceRefused(f"{port}: {what}", code=code)


def _errno(error: BaseException) -> int:
    """Return the system's number for ``error``; pyserial hides that of termios in the cause. 0 when there is none."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    cause = error if isinstance(error, termios.error) else error.__context__
    return int(cause.args[0]) if isinstance(cause, termios.error) else 0
