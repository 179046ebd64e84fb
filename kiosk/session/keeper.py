"""Keeps one device open: opens it, notices when it is lost, opens it again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from drivers.errors import DeviceAbsent, DeviceError

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.2
LONGEST_WAIT_S = 2.0
"""Between attempts to open a device; it is in use again at most this long after it came back."""


class Openable(Protocol):
    """What every driver has."""

    async def open(self) -> Any:
        """Connect."""

    async def close(self) -> None:
        """Let go."""


Device = TypeVar("Device", bound=Openable)


class Keeper(Generic[Device]):
    """One device and its health.

    Args:
        name: Kind of device, as the session knows it.
        device: The driver.
        announce: Called with name and health, on change only.
    """

    def __init__(self, name: str, device: Device, announce: Callable[[str, str], None]) -> None:
        self.name = name
        self.device = device
        self._announce = announce
        self._health = ""
        self._ready = asyncio.Event()
        self._lost = asyncio.Event()

    async def keep(self) -> None:
        """Keep the device open until cancelled, then let go of it."""
        try:
            while True:
                self._lost.clear()
                await self._open()
                self._say("ready")
                self._ready.set()
                await self._lost.wait()
                await self._close()
        finally:
            self._ready.clear()
            await self._close()

    async def _open(self) -> None:
        wait_s = FIRST_WAIT_S
        while True:
            try:
                await self.device.open()
            except DeviceError as error:
                self._say("absent" if isinstance(error, DeviceAbsent) else "failed", error)
            except Exception:  # whatever a driver dies of, its device is tried again and the others live on
                if self._health != "failed":
                    log.exception("%s could not be opened", self.name)
                self._say("failed")
            else:
                return
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)

    async def _close(self) -> None:
        try:
            await self.device.close()
        except Exception:  # a device that is gone need not close; it is opened afresh all the same
            log.exception("%s did not close", self.name)

    async def ready(self) -> Device:
        """Wait until the device is open, and return it."""
        await self._ready.wait()
        return self.device

    @property
    def usable(self) -> bool:
        """Whether the device is open now."""
        return self._ready.is_set()

    def lost(self, error: DeviceError) -> None:
        """Note that the device failed in use; it is closed and opened afresh."""
        if self._ready.is_set():
            self._ready.clear()
            self._say("absent", error)
            self._lost.set()

    def _say(self, health: str, error: DeviceError | None = None) -> None:
        if health != self._health:
            self._health = health
            log.info("%s is %s%s", self.name, health, f": {error.code}: {error.detail}" if error else "")
            self._announce(self.name, health)
