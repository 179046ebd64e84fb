"""The other end of a scanner that plays keyboard: a window, and the kernel's event device with what it types.

There is no loopback for HID here (/dev/uinput is missing on build machines), so it stands where python-evdev reads: a
FIFO takes the place of the event device, real 24-byte ``input_event`` structs go through it and are unpacked by evdev
itself, and ``PipeKeyboard`` answers in place of the four ioctls. Grabbing and the kernel's own key handling are
therefore not tried.

Source: Linux input.h (``struct input_event`` on 64 bits), input-event-codes.h for the numbers of keys.
"""

from __future__ import annotations

import asyncio
import errno
import os
import struct
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import evdev

from drivers.simulated.api import UnknownAction
from drivers.simulated.faults import Faults, menu

FAULTS: Final = menu(
    {
        "endless": "types codes without Enter",
        "other-layout": "types as a French keyboard does",
        "dropped": "the kernel loses keys of every code",
    },
    # It cannot be asked anything, and its bytes are the kernel's: only their number and time can be wrong.
    without=("wrong-version", "garbled", "stuck"),
)

_EVENT: Final = struct.Struct("@llHHi")
_SYN, _KEY, _MISC = 0, 1, 4
_SCAN: Final = 4
_REPORT, _DROPPED = 0, 3
_ENTER, _TAB, _LEFT_ALT, _LEFT_SHIFT, _LEFT_CTRL, _CAPS = 28, 15, 56, 42, 29, 58
_PAD: Final = {"7": 71, "8": 72, "9": 73, "4": 75, "5": 76, "6": 77, "1": 79, "2": 80, "3": 81, "0": 82}
_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (16, "qwertyuiop[]", "QWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (57, " ", " "),
)
_KEYS: Final = {
    character: (first + at, shifted)
    for first, *both in _ROWS
    for shifted, row in enumerate(both)
    for at, character in enumerate(row)
}
_NOT_ON_US: Final = 86
"""The key beside the left shift that ISO keyboards have and US ones have not."""
_SUFFIXES: Final = {"cr": (_ENTER,), "tab": (_TAB,), "gap": ()}
_WRITE_S: Final = 0.004
"""Between two keys: a report every other millisecond, down and up."""


class PipeKeyboard(evdev.InputDevice[str]):
    """An event device that is a FIFO; nothing but the ioctls is other than evdev's."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        self.info = evdev.DeviceInfo(0x03, 0xFFFF, 0x0001, 0x0110)
        self.name = "Simulated scanner"
        self.phys = "usb-simulated/input0"
        self.uniq = "SIM0001"

    def grab(self) -> None:
        """Take it for ourselves: a pipe has only one reader."""

    def read(self) -> Iterator[evdev.InputEvent]:
        """Return what was typed; an event device that is pulled says ENODEV, a pipe that nothing more comes."""
        events = list(super().read())
        if not events:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return iter(events)


class SimulatedWedge:
    """Implements ``SimulatedDevice``. A code held before the window is typed at once.

    Args:
        path: Where the event device appears.
        suffix: "cr" types Enter, "tab" Tab, "gap" nothing.
        caps: Whether it was set to type with caps lock on.
        pace: 1 types as fast as a real one, 0 at once.
    """

    kind = "scanner"
    actions: tuple[str, ...] = ("show", "hide", "unplug", "plug", "fault")

    def __init__(self, path: Path, *, suffix: str = "cr", caps: bool = False, pace: float = 1.0) -> None:
        self.on_change: Callable[[], None] | None = None
        self._path = path
        self._ends = _SUFFIXES[suffix]
        self._caps = caps
        self._pace = pace
        self._pipe: int | None = None
        self._shown: deque[str] = deque()
        self._reading = asyncio.Event()
        self._typing: asyncio.Task[None] | None = None
        self.faults = Faults(
            FAULTS, units=("code", "byte"), plug=self._plug, unplug=self._unplug, changed=self._look, late_s=2.0
        )

    async def start(self) -> None:
        """See ``SimulatedDevice.start``."""
        self._shown.clear()
        await self.faults.stop()
        await self._plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        await self._unplug()

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        return {
            "plugged": "no" if self._pipe is None else "yes",
            "shown": str(len(self._shown)),
            **self.faults.state(),
        }

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``. ``show`` takes ``text``; ``fault`` see ``Faults.order``."""
        match action:
            case "show":
                if not arguments.get("text"):
                    raise UnknownAction("", ("text: what the code says",))
                self._shown.append(arguments["text"])
            case "hide":
                self._shown.clear()
            case "unplug":
                await self._unplug()
            case "plug":
                await self._plug()
            case "fault":
                await self.faults.order(arguments)
            case _:
                raise UnknownAction(action, self.actions)
        self._look()
        return {}

    def _look(self) -> None:
        if self._shown and self._pipe is not None and self.faults.kind != "mute":
            self._reading.set()
        if self.on_change is not None:
            self.on_change()

    async def _plug(self) -> None:
        if self._pipe is not None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        os.mkfifo(fresh, 0o600)
        # For reading too: a FIFO cannot be opened for writing alone while nobody reads.
        self._pipe = os.open(fresh, os.O_RDWR | os.O_NONBLOCK)
        fresh.replace(self._path)
        self._typing = asyncio.create_task(self._serve(self._pipe), name="simulated wedge")
        self._look()

    async def _unplug(self) -> None:
        if self._pipe is None:
            return
        pipe, self._pipe = self._pipe, None
        self._path.unlink(missing_ok=True)
        os.close(pipe)
        typing, self._typing = self._typing, None
        if typing is not None and typing is not asyncio.current_task():
            typing.cancel()
            await asyncio.wait([typing])
        self._look()

    async def _serve(self, pipe: int) -> None:
        while True:
            await self._reading.wait()
            self._reading.clear()
            while self._shown and self.faults.kind != "mute":
                await self.faults.begins("code")
                if not self._shown:
                    break
                text = self._shown.popleft()
                self._look()
                await self.faults.send(self.typed(text), lambda events: self._write(pipe, events))
                await self.faults.ends("code")

    def typed(self, text: str) -> bytes:
        """Return the event structs of a code with its suffix."""
        keys = [*self._lock()]
        if self.faults.kind == "dropped":
            keys.append(_packed(_SYN, _DROPPED, 0))
        for character in text:
            keys += self._strokes(character)
        keys += self._lock()
        if self.faults.kind != "endless":
            for key in self._ends:
                keys += [*_stroke(key)]
        return b"".join(keys)

    def _strokes(self, character: str) -> Iterator[bytes]:
        if self.faults.kind == "other-layout" and character in "<>":
            yield from _stroke(_NOT_ON_US)
        elif character in _KEYS:
            key, shifted = _KEYS[character]
            if shifted != (self._caps and character.isalpha()) and character != " ":
                yield from _held(_LEFT_SHIFT, _stroke(key))
            else:
                yield from _stroke(key)
        elif character < " ":
            key, _ = _KEYS[chr(ord(character) | 0x40).lower()]
            yield from _held(_LEFT_CTRL, _stroke(key))
        else:
            number = int.from_bytes(character.encode("gb18030")[:2], "big")
            digits = (event for digit in str(number) for event in _stroke(_PAD[digit]))
            yield from _held(_LEFT_ALT, digits)

    def _lock(self) -> Iterator[bytes]:
        if self._caps:
            yield from _stroke(_CAPS)

    async def _write(self, pipe: int, events: bytes) -> None:
        for start in range(0, len(events), 3 * _EVENT.size):
            if self._pace:
                await asyncio.sleep(_WRITE_S * self._pace)
            await _put(pipe, events[start : start + 3 * _EVENT.size])


async def _put(pipe: int, data: bytes) -> None:
    while True:
        try:
            os.write(pipe, data)  # at most PIPE_BUF bytes: all of them or none (pipe(7))
        except BlockingIOError:
            ready = asyncio.Event()
            loop = asyncio.get_running_loop()
            loop.add_writer(pipe, ready.set)
            try:
                await ready.wait()
            finally:
                loop.remove_writer(pipe)
        else:
            return


def _held(modifier: int, inside: Iterator[bytes]) -> Iterator[bytes]:
    yield _event(modifier, 1)
    yield from inside
    yield _event(modifier, 0)


def _stroke(key: int) -> Iterator[bytes]:
    yield _event(key, 1)
    yield _event(key, 0)


def _event(key: int, value: int) -> bytes:
    return _packed(_MISC, _SCAN, 0x70000 + key) + _packed(_KEY, key, value) + _packed(_SYN, _REPORT, 0)


def _packed(kind: int, code: int, value: int) -> bytes:
    return _EVENT.pack(0, 0, kind, code, value)
