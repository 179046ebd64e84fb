"""The cables of simulated ID readers: a pseudo-terminal behind a symlink, or a device on the USB bus in memory."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from drivers.simulated.usb import SimulatedUsbBus, SimulatedUsbDevice

_log = logging.getLogger(__name__)

_BITS_PER_BYTE: Final = 10
"""8N1: a start bit, eight data bits, a stop bit."""
_BURST_BYTES: Final = 128


class Wire(Protocol):
    """A cable between a simulated device and whoever drives it."""

    @property
    def plugged(self) -> bool:
        """Whether it is in."""

    def plug(self, on_bytes: Callable[[bytes], None]) -> None:
        """Put it in; ``on_bytes`` gets what comes, on the event loop."""

    def unplug(self) -> None:
        """Pull it, in the middle of a byte if need be."""

    async def write(self, data: bytes) -> None:
        """Send ``data`` at the speed of the wire."""


class PtyWire:
    """A serial port. It paces itself, because a pseudo-terminal does not.

    Args:
        path: Where the port appears: a symlink to the pseudo-terminal, like those under /dev/serial/by-path.
        baud: Speed of the line.
        pace: 1 is as slow as a real line, 0 is at once.
    """

    def __init__(self, path: Path, baud: int, pace: float) -> None:
        self._path = path
        self._baud = baud
        self._pace = pace
        self._ends: tuple[int, int] | None = None

    @property
    def plugged(self) -> bool:
        """See ``Wire``."""
        return self._ends is not None

    def plug(self, on_bytes: Callable[[bytes], None]) -> None:
        """See ``Wire``."""
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        # Held open on both sides: without it the far side would hang up each time a driver closes the port.
        self._ends = (ours, theirs)

        def receive() -> None:
            with contextlib.suppress(BlockingIOError):
                on_bytes(os.read(ours, 4096))

        asyncio.get_running_loop().add_reader(ours, receive)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.replace(self._path)

    def unplug(self) -> None:
        """See ``Wire``."""
        ends, self._ends = self._ends, None
        if ends is None:
            return
        self._path.unlink(missing_ok=True)
        asyncio.get_running_loop().remove_reader(ends[0])
        for fd in ends:
            os.close(fd)

    async def write(self, data: bytes) -> None:
        """See ``Wire``."""
        for start in range(0, len(data), _BURST_BYTES):
            burst = data[start : start + _BURST_BYTES]
            await asyncio.sleep(len(burst) * _BITS_PER_BYTE / self._baud * self._pace)
            if self._ends is None:
                return
            try:
                os.write(self._ends[0], burst)
            except BlockingIOError:
                _log.debug("nobody reads: %d bytes lost, as on a real line", len(burst))


class UsbWire:
    """A pair of bulk endpoints.

    Args:
        bus: Where it is plugged in.
        device: What stands on it.
    """

    def __init__(self, bus: SimulatedUsbBus, device: SimulatedUsbDevice) -> None:
        self.bus = bus
        self.device = device
        self._plugged = False

    @property
    def plugged(self) -> bool:
        """See ``Wire``."""
        return self._plugged

    def plug(self, on_bytes: Callable[[bytes], None]) -> None:
        """See ``Wire``."""
        loop = asyncio.get_running_loop()
        self.device.on_bytes = lambda data: _hand_over(loop, on_bytes, data)
        self._plugged = True
        self.bus.plug(self.device)

    def unplug(self) -> None:
        """See ``Wire``."""
        self._plugged = False
        self.bus.unplug(self.device)

    async def write(self, data: bytes) -> None:
        """See ``Wire``; 12 Mbit/s are not worth pacing."""
        if self._plugged:
            self.device.send(data)


def _hand_over(loop: asyncio.AbstractEventLoop, on_bytes: Callable[[bytes], None], data: bytes) -> None:
    """Bring ``data`` from the thread of a transfer to the event loop, unless that has ended."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(on_bytes, data)
