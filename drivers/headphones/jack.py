"""A jack that feels the plug: the kernel tells it as a switch of an event device.

Sound cards with jack detection and audio keypads for terminals both do. The switch is read when the device is opened,
for headphones may have been in before; from then on it tells by itself.

Source: Linux input event codes (input-event-codes.h: EV_SW, SW_HEADPHONE_INSERT), input.h (EVIOCGSW).
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import evdev
from evdev import ecodes

from drivers import presence
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused
from drivers.status import WELL, Condition, Identity

_log = logging.getLogger(__name__)

_ABSENT: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR})
_REFUSALS: Final = {
    errno.EACCES: "no permission: the account must be in the group that owns it, usually input",
    errno.EPERM: "no permission: the account must be in the group that owns it, usually input",
    errno.ENOTTY: "it is no event device",
}
_SWITCH_BYTES: Final = 4
_EVIOCGSW: Final = (2 << 30) | (_SWITCH_BYTES << 16) | (ord("E") << 8) | 0x1B
"""``_IOC(_IOC_READ, 'E', 0x1b, 4)``: the state of all switches."""


class Jack(evdev.InputDevice[str]):
    """An event device with switches."""

    def inserted(self) -> bool:
        """Return whether the switch says that headphones are in.

        Raises:
            OSError: it cannot be asked.
        """
        state = fcntl.ioctl(self.fd, _EVIOCGSW, bytes(_SWITCH_BYTES))
        return bool(state[ecodes.SW_HEADPHONE_INSERT // 8] >> ecodes.SW_HEADPHONE_INSERT % 8 & 1)


class JackHeadphones:
    """``Headphones`` at a jack that feels them.

    Args:
        path: Of its event device: ``/dev/input/by-path/…-event``, or the name a udev rule gives it.
        opening: Opens the event device.
    """

    def __init__(self, path: str, *, opening: Callable[[str], Jack] = Jack) -> None:
        self._path = path
        self._opening = opening
        self._jack: Jack | None = None
        self._in = False
        self._told: bool | None = None
        self._stirred = asyncio.Event()
        self._gone = asyncio.Event()
        self._watched = False
        self._identity = Identity(connection=f"jack, {path}")

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device``."""
        return self._identity

    async def open(self) -> None:
        """See ``Headphones``."""
        if self._jack is not None:
            return
        try:
            jack = self._opening(self._path)  # an event device opens at once
        except OSError as error:
            raise self._why_not(error) from error
        try:
            self._in = jack.inserted()
        except OSError as error:
            jack.close()
            raise self._why_not(error) from error
        self._identity = Identity(
            model=jack.name,
            connection=f"jack, {self._path}, {jack.info.vendor:04x}:{jack.info.product:04x}",
        )
        self._told = None
        self._watched = False
        self._gone.clear()
        self._jack = jack
        asyncio.get_running_loop().add_reader(jack.fd, self._read, jack)

    async def close(self) -> None:
        """See ``Device``."""
        self._lose()

    async def watch(self) -> Condition:
        """Wait until it is lost; see ``Device``."""
        if self._watched:
            await self._gone.wait()
        if self._jack is None:
            raise DeviceGone(f"{self._path} is not open")
        self._watched = True
        return WELL

    async def appears(self) -> None:
        """Wait for the event device; see ``Device``."""
        await presence.appears(Path(self._path))

    async def changed(self) -> bool:
        """See ``Headphones``."""
        while True:
            self._stirred.clear()
            if self._jack is None:
                raise DeviceGone(f"{self._path} is not open")
            if self._in != self._told:
                self._told = self._in
                return self._in
            await self._stirred.wait()

    def _read(self, jack: Jack) -> None:
        try:
            for event in jack.read():
                if event.type == ecodes.EV_SW and event.code == ecodes.SW_HEADPHONE_INSERT:
                    self._in = bool(event.value)
                elif event.type == ecodes.EV_SYN and event.code == ecodes.SYN_DROPPED:
                    self._in = jack.inserted()  # the kernel's buffer overflowed: only the switch itself knows
        except BlockingIOError:
            return
        except OSError as error:  # ENODEV when it is unplugged
            _log.debug("%s: %s", self._path, error.strerror)
            self._lose()
            return
        self._stirred.set()

    def _lose(self) -> None:
        jack, self._jack = self._jack, None
        if jack is not None:
            asyncio.get_running_loop().remove_reader(jack.fd)
            try:
                jack.close()
            except OSError as error:
                _log.debug("%s: %s while closing", self._path, error.strerror)
        self._in = False
        self._gone.set()
        self._stirred.set()

    def _why_not(self, error: OSError) -> DeviceError:
        if error.errno in _ABSENT:
            return DeviceAbsent(f"{self._path}: {error.strerror}")
        return DeviceRefused(f"{self._path}: {_REFUSALS.get(error.errno or 0, error.strerror)}")
