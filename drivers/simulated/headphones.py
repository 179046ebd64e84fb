"""The other end of a place for headphones: a hand with a plug.

``usb`` is a node that is there while the plug is in. ``jack`` is the kernel's event device: there is no loopback for
HID here, so a FIFO takes its place, real ``input_event`` structs go through it and are unpacked by evdev itself, and
``PipeJack`` answers in place of the ioctls.

Source: Linux input.h (``struct input_event`` on 64 bits), input-event-codes.h for the number of the switch.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import evdev

from drivers.headphones.jack import Jack
from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu

FAULTS: Final = menu(
    {"dropped": "the kernel loses what the switch says"},
    # it is asked nothing: it can only come and go
    without=("mute", "slow", "garbled", "half", "stuck", "wrong-version"),
)
_EVENT: Final = struct.Struct("@llHHi")
_SYN, _SWITCH = 0, 5
_REPORT, _DROPPED = 0, 3
_HEADPHONE_INSERT: Final = 2


class PipeJack(Jack):
    """An event device that is a FIFO; nothing but the ioctls is other than evdev's."""

    def __init__(self, path: str, inserted: Callable[[], bool]) -> None:
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.info = evdev.DeviceInfo(0x03, 0xFFFF, 0x0002, 0x0110)
        self.name = "Simulated jack"
        self.phys = "usb-simulated/input1"
        self.uniq = "SIM0002"
        self._inserted = inserted

    def inserted(self) -> bool:
        """Return what the switch says."""
        return self._inserted()

    def read(self) -> Iterator[evdev.InputEvent]:
        """Return what was told; an event device that is pulled says ENODEV, a pipe that nothing more comes."""
        events = list(super().read())
        if not events:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return iter(events)


class SimulatedHeadphones:
    """Implements ``SimulatedDevice``. Begins without headphones.

    Args:
        path: Of the node (``usb``) or of the event device (``jack``).
        wire: "usb" or "jack".
    """

    kind = "headphones"
    actions: tuple[str, ...] = ("headphones-in", "headphones-out", "unplug", "plug", "fault")

    def __init__(self, path: Path, *, wire: str = "usb") -> None:
        self.on_change: Callable[[], None] | None = None
        self._path = path
        self._jack = wire == "jack"
        self._in = False
        self._plugged = False
        self._pipe: int | None = None
        self.faults = Faults(
            FAULTS, units=("event",), plug=self._plug, unplug=self._unplug, changed=self._changed, late_s=1.0
        )

    def opening(self, path: str) -> PipeJack:
        """Open the event device, in place of evdev."""
        return PipeJack(path, lambda: self._in)

    async def start(self) -> None:
        """See ``SimulatedDevice``."""
        self._in = False
        await self.faults.stop()
        await self._plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice``."""
        await self.faults.stop()
        await self._unplug()

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice``; ``fault`` see ``Faults.order``."""
        match action:
            case "headphones-in" | "headphones-out":
                self._switch(on=action == "headphones-in")
            case "unplug":
                await self._unplug()
            case "plug":
                await self._plug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                raise UnknownAction(action, self.actions)
        self._changed()
        return {}

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice``."""
        return {
            "plugged": "yes" if self._plugged else "no",
            "headphones": "in" if self._in else "",
            **self.faults.state(),
        }

    def _switch(self, *, on: bool) -> None:
        self._in = on
        if not self._plugged:
            return
        if self._pipe is not None:
            lost = self.faults.kind == "dropped"
            event = (_SYN, _DROPPED, 0) if lost else (_SWITCH, _HEADPHONE_INSERT, int(on))
            os.write(self._pipe, _EVENT.pack(0, 0, *event) + _EVENT.pack(0, 0, _SYN, _REPORT, 0))
        elif on:
            self._path.touch()
        else:
            self._path.unlink(missing_ok=True)

    async def _plug(self) -> None:
        if self._plugged:
            return
        self._plugged = True
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.unlink(missing_ok=True)
        if self._jack:
            os.mkfifo(self._path, 0o600)
            # both ends: so it opens without a reader, and the reader sees the end only when it is unplugged
            self._pipe = os.open(self._path, os.O_RDWR | os.O_NONBLOCK)
        elif self._in:
            self._path.touch()

    async def _unplug(self) -> None:
        if self._plugged:
            self._plugged = False
            self._path.unlink(missing_ok=True)
            pipe, self._pipe = self._pipe, None
            if pipe is not None:
                os.close(pipe)

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
