"""Scanners that play keyboard (HID keyboard wedge), grabbed so that what they type reaches nobody else."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import evdev

from drivers import presence
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, MediaUnreadable
from drivers.scanner.api import Code
from drivers.scanner.framing import Suffix, code_of
from drivers.scanner.inbox import Inbox
from drivers.scanner.keys import Keys
from drivers.status import WELL, Condition, Identity
from drivers.traffic import tap

_log = logging.getLogger(__name__)

_CODE_ENDS_S: Final = 0.15
"""Silence that ends a code without suffix: the slowest scanners type 20 keys a second."""
_RUBBISH_ENDS_S: Final = 0.5
_ABSENT: Final = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ENOTDIR})
_REFUSALS: Final = {
    errno.EACCES: "no permission: the account must be in the group that owns it, usually input",
    errno.EPERM: "no permission: the account must be in the group that owns it, usually input",
    errno.EBUSY: "another program has grabbed it",
}


class WedgeScanner:
    """A ``Scanner`` that types. It has no trigger: it watches by itself, or is pressed.

    It is grabbed from ``open`` to ``close``, not only while somebody scans: what it reads in between must not be typed
    into a form either.

    Args:
        path: Of its event device: ``/dev/input/by-id/…-event-kbd``, or the name a udev rule gives it.
        suffix: What the scanner types after each code; Enter and Tab both end one.
        opening: Opens the event device, and grabs nothing yet.
    """

    def __init__(
        self,
        path: str,
        suffix: Suffix = Suffix.CR,
        *,
        opening: Callable[[str], evdev.InputDevice[str]] = evdev.InputDevice,
    ) -> None:
        self._path = path
        self._suffix = suffix
        self._opening = opening
        self._keyboard: evdev.InputDevice[str] | None = None
        self._keys = Keys(suffix)
        self._inbox = Inbox()
        self._pause: asyncio.TimerHandle | None = None
        self._gone = asyncio.Event()
        self._watched = False
        self._identity = Identity(connection=f"keyboard wedge, {path}")

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device``. What the USB descriptors say."""
        return self._identity

    async def open(self) -> None:
        """Connect; see ``Scanner``."""
        if self._keyboard is not None:
            return
        keyboard = await self._grabbed()
        self._identity = Identity(
            model=keyboard.name,
            serial=keyboard.uniq,
            connection=f"keyboard wedge, {self._path}, {keyboard.info.vendor:04x}:{keyboard.info.product:04x}",
        )
        self._keys = Keys(self._suffix)
        self._inbox.clear()
        self._gone.clear()
        self._watched = False
        self._keyboard = keyboard
        asyncio.get_running_loop().add_reader(keyboard.fd, self._read, keyboard)

    async def close(self) -> None:
        """Let go; see ``Scanner``. From now on it types into whatever has the focus."""
        self._lose(DeviceGone("the scanner was closed"))

    async def watch(self) -> Condition:
        """Wait until it is lost; see ``Device``."""
        if self._watched:
            await self._gone.wait()
        if self._keyboard is None:
            raise DeviceGone(f"{self._path} is not open")
        self._watched = True
        return WELL

    async def appears(self) -> None:
        """Wait for the event device; see ``Device``."""
        await presence.appears(Path(self._path))

    async def scan(self) -> Code:
        """Wait for a code; see ``Scanner``. There is no light to switch."""
        with self._inbox.expecting():
            if self._inbox.empty and self._keyboard is None:
                raise DeviceGone("the scanner is not open")
            await self._inbox.something()
            return self._inbox.take()

    async def _grabbed(self) -> evdev.InputDevice[str]:
        opened: list[evdev.InputDevice[str]] = []

        def grab() -> None:
            opened.append(self._opening(self._path))
            opened[0].grab()

        grabbing = asyncio.ensure_future(asyncio.to_thread(grab))
        try:
            await asyncio.shield(grabbing)
        except OSError as error:
            _close(opened)
            raise self._why_not(error) from error
        except asyncio.CancelledError:
            # The thread cannot be stopped; what it opens nobody wants any more.
            grabbing.add_done_callback(lambda done: _close(opened) if done.exception() is None or opened else None)
            raise
        return opened[0]

    def _why_not(self, error: OSError) -> DeviceError:
        if error.errno in _ABSENT:
            return DeviceAbsent(f"{self._path}: {error.strerror}")
        return DeviceRefused(f"{self._path}: {_REFUSALS.get(error.errno or 0, error.strerror)}")

    def _read(self, keyboard: evdev.InputDevice[str]) -> None:
        try:
            for event in keyboard.read():
                tap.key(str(self._path), event.type, event.code, event.value)
                self._tell(self._keys.feed(event.type, event.code, event.value))
        except BlockingIOError:
            return
        except OSError as error:  # ENODEV when it is unplugged
            tap.gone(str(self._path))
            self._lose(DeviceGone(f"{self._path}: {error.strerror}"))
            return
        self._wait_for_a_pause()

    def _wait_for_a_pause(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if self._keys.in_mid_code:
            quiet_s = _CODE_ENDS_S if self._suffix is Suffix.GAP else _RUBBISH_ENDS_S
            self._pause = asyncio.get_running_loop().call_later(quiet_s, lambda: self._tell(self._keys.gap()))

    def _tell(self, code: bytes | MediaUnreadable | None) -> None:
        if code is not None:
            self._inbox.put(code if isinstance(code, MediaUnreadable) else code_of(code))

    def _lose(self, why: DeviceGone) -> None:
        keyboard, self._keyboard = self._keyboard, None
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if keyboard is not None:
            asyncio.get_running_loop().remove_reader(keyboard.fd)
            _close([keyboard])
        self._gone.set()
        self._inbox.put(why)


def _close(keyboards: list[evdev.InputDevice[str]]) -> None:
    for keyboard in keyboards:
        try:
            keyboard.close()  # which also ends the grab
        except OSError as error:
            _log.debug("%s: %s while closing", keyboard.path, error.strerror)
