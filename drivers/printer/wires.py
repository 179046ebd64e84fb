"""The narrow waist of a receipt printer: bytes out, bytes in, by TCP, USB, a serial port or a file as /dev/usb/lp0.

What is printed may be personal and what comes back are status bytes, so at TRAFFIC what is sent shows as a length and
what comes in full.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import select
import socket
import termios
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

import serial

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, DeviceSilent
from drivers.links import TRAFFIC
from drivers.presence import appears
from drivers.status import Identity
from drivers.traffic import tap
from drivers.usb_bulk import UsbBulkLink

_log = logging.getLogger(__name__)

_CHUNK_BYTES: Final = 4096
_BITS_PER_BYTE: Final = 10
"""8N1: with a start and a stop bit."""
PRINTER_INTERFACE: Final = 7
"""USB-IF class code."""
_PROBE_EVERY_S: Final = 1.0
_LET_GO_S: Final = 1.0
_KEEP_ALIVE: Final = ((socket.TCP_KEEPIDLE, 1), (socket.TCP_KEEPINTVL, 1), (socket.TCP_KEEPCNT, 2))
"""A cable that is pulled is known after three seconds at most. TCP_USER_TIMEOUT is left alone: it would replace these
three, and it ends a connection whose printer merely stands still with its buffer full."""
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR, errno.EIO})
_NO_PERMISSION: Final = frozenset({errno.EACCES, errno.EPERM})


class Wire(Protocol):
    """Moves bytes to and from a printer. One reader and one writer at a time; safe to open again after ``close``."""

    @property
    def place(self) -> str:
        """Where it leads, for people: "192.168.1.87:9100"."""

    @property
    def byte_s(self) -> float:
        """How long the line takes for a byte that ``write`` handed over; 0: as good as no time."""

    async def open(self) -> Identity:
        """Connect; return what the wire itself knows of who is there.

        Raises:
            DeviceAbsent, DeviceRefused, DeviceSilent: nothing stays open.
        """

    async def close(self) -> None:
        """Let go; whoever waits gets ``DeviceGone``. Safe at any time; raises nothing."""

    async def write(self, data: bytes, limit_s: float) -> None:
        """Hand over all of ``data``.

        Raises:
            DeviceGone: it left.
            DeviceSilent: nothing was taken for ``limit_s``; a part of ``data`` may be on its way.
        """

    async def read(self) -> bytes:
        """Return what has come, at least one byte; waits for ever and loses nothing when cancelled.

        Raises:
            DeviceGone: it left.
        """

    async def appears(self) -> None:
        """See ``drivers.status.Device.appears``."""


class TcpWire:
    """A printer on the network, usually at port 9100.

    Args:
        host: Name or address.
        port: TCP port.
        connect_s: Time allowed to connect.
    """

    def __init__(self, host: str, port: int = 9100, *, connect_s: float = 3.0) -> None:
        self._host = host
        self._port = port
        self._connect_s = connect_s
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def place(self) -> str:
        """Host and port."""
        return f"{self._host}:{self._port}"

    @property
    def byte_s(self) -> float:
        """See ``Wire``."""
        return 0.0

    async def open(self) -> Identity:
        """See ``Wire``."""
        try:
            async with asyncio.timeout(self._connect_s):
                reader, writer = await asyncio.open_connection(self._host, self._port)
        except TimeoutError as error:
            # Nobody answers at this address, not even that there is no printer: a cable is out, or the printer is off.
            raise DeviceAbsent(f"{self.place} did not take the connection in time") from error
        except OSError as error:
            raise DeviceAbsent(f"{self.place}: {error}") from error
        line: socket.socket = writer.get_extra_info("socket")
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for option, value in _KEEP_ALIVE:
            line.setsockopt(socket.IPPROTO_TCP, option, value)
        writer.transport.set_write_buffer_limits(0)  # write returns when the kernel has it all, not before
        self._streams = reader, writer
        return Identity(connection=f"ESC/POS, {self.place}")

    async def close(self) -> None:
        """See ``Wire``."""
        streams, self._streams = self._streams, None
        if streams is None:
            return
        reader, writer = streams
        writer.close()
        if not reader.at_eof():
            reader.feed_eof()
        try:
            async with asyncio.timeout(_LET_GO_S):
                await writer.wait_closed()
        except (OSError, TimeoutError) as error:
            writer.transport.abort()
            _log.debug("%s: %s while hanging up", self.place, error)

    async def write(self, data: bytes, limit_s: float) -> None:
        """See ``Wire``."""
        _, writer = self._open_streams()
        _log.log(TRAFFIC, "%s > %d bytes", self.place, len(data))
        tap.sent(self.place, data)
        try:
            writer.write(data)
            async with asyncio.timeout(limit_s):
                await writer.drain()
        except TimeoutError as error:
            raise DeviceSilent(f"{self.place} took nothing for {limit_s:g} s") from error
        except OSError as error:
            raise _gone(self.place, str(error)) from error

    async def read(self) -> bytes:
        """See ``Wire``."""
        reader, _ = self._open_streams()
        try:
            data = await reader.read(_CHUNK_BYTES)
        except OSError as error:
            raise _gone(self.place, str(error)) from error
        if not data:
            self._open_streams()  # else this side hung up, which is nothing the printer did
            raise _gone(self.place, "it hung up")
        _log.log(TRAFFIC, "%s < %s", self.place, data.hex(" "))
        tap.came(self.place, data)
        return data

    async def appears(self) -> None:
        """Wait until a connection is taken: nothing tells of a printer that comes back, so it is tried every second."""
        while True:
            next_try = asyncio.get_running_loop().time() + _PROBE_EVERY_S
            try:
                async with asyncio.timeout(self._connect_s):
                    _, writer = await asyncio.open_connection(self._host, self._port)
            except OSError:  # TimeoutError is one
                await asyncio.sleep(max(0.0, next_try - asyncio.get_running_loop().time()))
            else:
                writer.transport.abort()
                return

    def _open_streams(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None:
            raise DeviceGone(f"{self.place} is not connected")
        return self._streams


class FileWire:
    """A printer that the kernel shows as a file: /dev/usb/lp0 of its module ``usblp``.

    Args:
        path: Prefer a name that survives re-plugging, made by a udev rule.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: int | None = None
        self._release: Callable[[], None] | None = None
        self._letting_go: asyncio.Future[None] | None = None
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def place(self) -> str:
        """The path."""
        return str(self._path)

    @property
    def byte_s(self) -> float:
        """See ``Wire``."""
        return 0.0

    async def open(self) -> Identity:
        """See ``Wire``."""
        await self.close()
        opening = asyncio.get_running_loop().run_in_executor(None, self._open_blocking)
        try:
            self._fd, self._release = await asyncio.shield(opening)
        except asyncio.CancelledError:
            self._letting_go = asyncio.ensure_future(_let_go_unwanted(opening))
            raise
        return self._identity()

    async def close(self) -> None:
        """See ``Wire``."""
        fd, self._fd = self._fd, None
        release, self._release = self._release, None
        if fd is not None and release is not None:
            loop = asyncio.get_running_loop()
            loop.remove_reader(fd)
            loop.remove_writer(fd)
            for waiting in self._waiting:
                _settle(waiting)
            # Closing a serial port can wait for output to drain.
            self._letting_go = loop.run_in_executor(None, release)
        if self._letting_go is not None:
            # Also by who closes while, or after, another's closing was given up: the port is locked until then, and the
            # kernel may give the next one its number.
            await asyncio.shield(self._letting_go)

    async def write(self, data: bytes, limit_s: float) -> None:
        """See ``Wire``."""
        _log.log(TRAFFIC, "%s > %d bytes", self.place, len(data))
        tap.sent(self.place, data)
        rest = memoryview(data)
        while rest:
            fd = self._open_fd()
            try:
                rest = rest[os.write(fd, rest) :]
            except BlockingIOError:
                try:
                    async with asyncio.timeout(limit_s):
                        await self._ready(fd, writing=True)
                except TimeoutError as error:
                    raise DeviceSilent(f"{self.place} took nothing for {limit_s:g} s") from error
            except OSError as error:
                raise _gone(self.place, str(error.strerror)) from error

    async def read(self) -> bytes:
        """See ``Wire``."""
        while True:
            fd = self._open_fd()
            try:
                data = os.read(fd, _CHUNK_BYTES)
            except BlockingIOError:
                await self._ready(fd, writing=False)
                continue
            except OSError as error:
                raise _gone(self.place, str(error.strerror)) from error
            if data:
                _log.log(TRAFFIC, "%s < %s", self.place, data.hex(" "))
                tap.came(self.place, data)
                return data
            # usblp reads nothing, too, when a printer sends an empty packet.
            if _hung_up(fd):
                raise _gone(self.place, "it hung up")
            await self._ready(fd, writing=False)

    async def appears(self) -> None:
        """Wait until the path is there."""
        await appears(self._path)

    def _identity(self) -> Identity:
        return Identity(connection=f"ESC/POS, {self.place}")

    def _open_blocking(self) -> tuple[int, Callable[[], None]]:
        try:
            fd = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise _why_not_opened(self.place, error) from error
        return fd, lambda: os.close(fd)

    def _open_fd(self) -> int:
        if self._fd is None:
            raise DeviceGone(f"{self.place} is not open")
        return self._fd

    async def _ready(self, fd: int, *, writing: bool) -> None:
        loop = asyncio.get_running_loop()
        ready: asyncio.Future[None] = loop.create_future()
        watch, unwatch = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
        watch(fd, _settle, ready)
        self._waiting.add(ready)
        try:
            await ready
        finally:
            self._waiting.discard(ready)
            if self._fd == fd:  # else it was closed and may be another's by now
                unwatch(fd)


class SerialWire(FileWire):
    """A printer at a serial port, 8N1.

    Args:
        path: Of the port.
        baud: Bits per second, as set by the printer's switches.
        flow: How the printer says "wait": "none", "rts-cts" or "xon-xoff". Without it a printer that stops loses what
            its buffer cannot hold; that slip is lost anyway and the next one begins clean.
    """

    def __init__(self, path: Path, baud: int = 115_200, *, flow: str = "none") -> None:
        super().__init__(path)
        self._baud = baud
        self._flow = flow

    @property
    def byte_s(self) -> float:
        """See ``Wire``: the kernel takes four kilobytes at once, which 9,600 baud need four seconds for."""
        return _BITS_PER_BYTE / self._baud

    def _identity(self) -> Identity:
        return Identity(connection=f"ESC/POS, {self.place}, {self._baud} baud")

    def _open_blocking(self) -> tuple[int, Callable[[], None]]:
        try:
            # An inter-byte time makes pyserial set VMIN to 1: only then does an empty read mean a hang-up for sure.
            port = serial.Serial(
                self.place,
                self._baud,
                inter_byte_timeout=0.1,
                exclusive=True,
                rtscts=self._flow == "rts-cts",
                xonxoff=self._flow == "xon-xoff",
            )
        except (OSError, ValueError, termios.error) as error:  # SerialException is an OSError
            raise _why_not_opened(self.place, error) from error

        def release() -> None:
            try:
                port.close()
            except (OSError, termios.error) as error:
                _log.debug("%s: %s while closing", self.place, error)

        return port.fileno(), release


class UsbWire:
    """A printer at USB that no driver of the kernel has: the bulk endpoints of its printer interface.

    Args:
        link: To an interface of class ``PRINTER_INTERFACE``, not open.
    """

    def __init__(self, link: UsbBulkLink) -> None:
        self._link = link

    @property
    def place(self) -> str:
        """Vendor and product."""
        return self._link.place

    @property
    def byte_s(self) -> float:
        """See ``Wire``."""
        return 0.0

    async def open(self) -> Identity:
        """See ``Wire``."""
        await self._link.open()
        told = self._link.identity
        return replace(told, connection=f"ESC/POS, {told.connection}")

    async def close(self) -> None:
        """See ``Wire``."""
        await self._link.close()

    async def write(self, data: bytes, limit_s: float) -> None:
        """See ``Wire``."""
        await self._link.write(data, limit_s)

    async def read(self) -> bytes:
        """See ``Wire``."""
        return await self._link.read(None)

    async def appears(self) -> None:
        """Wait until it is plugged in."""
        await self._link.appears()


def _settle(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)


async def _let_go_unwanted(opening: asyncio.Future[tuple[int, Callable[[], None]]]) -> None:
    """Close what opens although nobody waits for it any more: the next opening has to wait for that."""
    with contextlib.suppress(DeviceError):
        _, release = await opening
        await asyncio.get_running_loop().run_in_executor(None, release)


def _hung_up(fd: int) -> bool:
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return any(seen & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, seen in poll.poll(0))


def _gone(place: str, why: str) -> DeviceGone:
    """Return the error for a printer that left, and tell whoever listens to its wire."""
    tap.gone(place)
    return DeviceGone(f"{place}: {why}")


def _why_not_opened(place: str, error: Exception) -> DeviceError:
    number = error.errno if isinstance(error, OSError) and error.errno is not None else 0
    if isinstance(error.__context__, termios.error):
        number = int(error.__context__.args[0])
    if number in _ABSENT:
        return DeviceAbsent(f"{place}: {os.strerror(number)}")
    if number in _NO_PERMISSION:
        return DeviceRefused(f"{place}: no permission: the account must be in the group that owns it, usually lp")
    return DeviceRefused(f"{place}: {error}")
