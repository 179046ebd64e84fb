"""The other end of the wire of a code scanner: a window, perhaps a trigger, and a serial port."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import tty
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from drivers.simulated import slips
from drivers.simulated.api import UnknownAction
from drivers.simulated.escpos import ProtocolError
from drivers.simulated.faults import Faults, menu

_log = logging.getLogger(__name__)

FAULTS: Final = menu(
    {"endless": "sends codes without their suffix", "babbling": "sends 20,000 bytes for every code"},
)

_SUFFIXES: Final = {"cr": b"\r", "crlf": b"\r\n", "gap": b""}
_WHO: Final = "who"
_LIGHT: Final = {"on": True, "off": False}
_TRIGGERS: Final[dict[str, dict[bytes, str]]] = {
    "none": {},
    "honeywell": {b"\x16T\r": "on", b"\x16U\r": "off", b"\x16M\rREVINF.": _WHO},
    "datalogic": {b"E": "on", b"D": "off"},
    "newland": {
        b"~\x010000#SCNTRG1;\x03": "on",
        b"~\x010000#SCNTRG0;\x03": "off",
        b"~\x010000#QRYSYS;\x03": _WHO,
    },
}
_FIRMWARE: Final = "1.02.003"
_OTHER_FIRMWARE: Final = "0.99.000"
_SPOILT_ANSWERS: Final = ("mute", "slow", "garbled", "half")
"""Faults that fall on its answers as on its codes; the others are about codes."""
_ENCODINGS: Final = ("utf-8", "gb18030")
_BITS_PER_BYTE: Final = 10
_BURST_BYTES: Final = 64
_LATE_S: Final = 2.0


class SimulatedScanner:
    """Implements ``SimulatedDevice``.

    A code is held before the window with ``show``. It is read at once, or with a trigger as soon as the light is on,
    and then taken away.

    Args:
        path: Where the port appears: a symlink to a pseudo-terminal.
        trigger: "honeywell", "datalogic", "newland": reads only when told to, in its maker's words; "none": always.
        suffix: "cr", "crlf" or "gap" (nothing).
        baud: Speed of the line.
        pace: 1 is as slow as a real line, 0 is at once.
    """

    kind = "scanner"
    actions: tuple[str, ...] = ("show", "slip", "hide", "unplug", "plug", "fault")

    def __init__(
        self, path: Path, *, trigger: str = "honeywell", suffix: str = "cr", baud: int = 115200, pace: float = 1.0
    ) -> None:
        self.on_change: Callable[[], None] | None = None
        self.protocol_errors: list[ProtocolError] = []
        self._path = path
        self._maker = trigger
        self._commands = _TRIGGERS[trigger]
        self._suffix = _SUFFIXES[suffix]
        self._baud = baud
        self._pace = pace
        self._light = not self._commands
        self._shown: deque[bytes] = deque()
        self._answers: deque[bytes] = deque()
        self.faults = Faults(
            FAULTS, units=("code", "byte"), plug=self._plug, unplug=self._unplug, changed=self._look, late_s=_LATE_S
        )
        self._wire: tuple[int, int] | None = None
        self._received = bytearray()
        self._taken = 0
        self._reading = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """See ``SimulatedDevice.start``."""
        self._shown.clear()
        await self.faults.stop()
        await self._plug()

    async def stop(self) -> None:
        """See ``SimulatedDevice.stop``."""
        await self.faults.stop()
        await self._unplug()

    def check(self) -> None:
        """Raise the first ``ProtocolError`` that was met, if any."""
        if self.protocol_errors:
            raise self.protocol_errors[0]

    def state(self) -> dict[str, str]:
        """See ``SimulatedDevice.state``."""
        return {
            "plugged": _yes(self._wire is not None),
            "light": "on" if self._light and self._wire else "off",
            "shown": str(len(self._shown)),
            **self.faults.state(),
            "protocol_error": str(self.protocol_errors[0]) if self.protocol_errors else "",
        }

    async def do(self, action: str, arguments: Mapping[str, str]) -> dict[str, str]:
        """See ``SimulatedDevice.do``.

        ``show`` takes ``text`` and, if it is not UTF-8, ``encoding``; ``slip`` takes ``file``, the picture of a slip,
        and shows what can be decoded from it; ``fault`` see ``Faults.order``.
        """
        match action:
            case "show":
                self._show(arguments.get("text", ""), arguments.get("encoding", "utf-8"))
            case "slip":
                slip = slips.opened(arguments.get("file", ""))
                self._shown.extend(await asyncio.to_thread(slips.read, slip))
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

    def _show(self, text: str, encoding: str) -> None:
        if not text:
            raise UnknownAction("", ("text: what the code says",))
        if encoding not in _ENCODINGS:
            raise UnknownAction(encoding, _ENCODINGS)
        self._shown.append(text.encode(encoding, "replace"))

    def _look(self) -> None:
        """Let the state be known, and the window be looked through."""
        if self._light and self._shown and self._wire and self.faults.kind != "mute":
            self._reading.set()
        if self.on_change is not None:
            self.on_change()

    async def _plug(self) -> None:
        if self._wire is not None:
            return
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        # Held open on both sides: without it the far side would hang up each time a driver closes the port.
        self._wire = (ours, theirs)
        self._light = not self._commands
        self._received.clear()
        self._answers.clear()
        asyncio.get_running_loop().add_reader(ours, self._receive, ours)
        self._serving = asyncio.create_task(self._serve(ours), name="simulated scanner")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.replace(self._path)
        self._look()

    async def _unplug(self) -> None:
        if self._wire is None:
            return
        wire, self._wire = self._wire, None
        self._path.unlink(missing_ok=True)
        asyncio.get_running_loop().remove_reader(wire[0])
        for end in wire:
            os.close(end)
        if self._serving is not None:
            self._serving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._serving
        self._look()

    def _receive(self, ours: int) -> None:
        with contextlib.suppress(BlockingIOError):
            self.take(os.read(ours, 4096))

    def take(self, data: bytes) -> None:
        """Obey what the host sends; what is no command is recorded as a ``ProtocolError`` and dropped."""
        self._received += data
        while self._received:
            for command, wanted in self._commands.items():
                if self._received.startswith(command):
                    del self._received[: len(command)]
                    self._taken += len(command)
                    self._obey(command, wanted)
                    break
                if command.startswith(bytes(self._received)):
                    return
            else:
                error = ProtocolError(f"{self._received[:8].hex(' ')} is no command of this scanner", self._taken)
                _log.error("the simulated scanner was sent something it does not know: %s", error)
                self.protocol_errors.append(error)
                self._taken += len(self._received)
                self._received.clear()
                self._look()

    def _obey(self, command: bytes, wanted: str) -> None:
        told = ""
        if wanted == _WHO:
            firmware = _OTHER_FIRMWARE if self.faults.kind == "wrong-version" else _FIRMWARE
            told = f"Product Name: Simulated scanner\r\nFirmware Version: {firmware}\r\nSerial Number: SIM0001\r\n"
        else:
            self._light = _LIGHT[wanted]
        if self._maker == "newland":  # it answers every command with what it was asked
            self._answers.append(b"\x02\x01" + command[2:-2] + told.encode() + b"\x06;\x03")
        elif told:
            self._answers.append(b"REVINF" + told.replace("Firmware Version", "Software Revision").encode() + b"\x06.")
        if self._answers:
            self._reading.set()
        self._look()

    async def _answer(self, ours: int) -> None:
        while self._answers:
            answer = self._answers.popleft()
            spoilt = self.faults.kind in _SPOILT_ANSWERS
            await self._write(ours, await self.faults.spoil(answer) if spoilt else answer)

    async def _serve(self, ours: int) -> None:
        while True:
            await self._reading.wait()
            self._reading.clear()
            await self._answer(ours)
            while self._light and self._shown and self.faults.kind != "mute":
                await self.faults.begins("code")
                if not self._shown or self.faults.kind == "mute":
                    break
                code = self._shown.popleft()
                # A good read ends the trigger: one press, one code.
                self._light = not self._commands
                self._look()
                await self._send(ours, self._spoilt(code))
                await self.faults.ends("code")
                await self._answer(ours)

    def _spoilt(self, code: bytes) -> bytes:
        if self.faults.kind == "babbling":
            return (code * 20_000)[:20_000] + self._suffix
        return code if self.faults.kind == "endless" else code + self._suffix

    async def _send(self, ours: int, data: bytes) -> None:
        if not self._suffix and self._pace:
            await asyncio.sleep(0.1)  # without a suffix two codes are told apart by a pause
        await self.faults.send(data, lambda piece: self._write(ours, piece))

    async def _write(self, ours: int, data: bytes) -> None:
        for start in range(0, len(data), _BURST_BYTES):
            burst = memoryview(data)[start : start + _BURST_BYTES]
            if self._pace:
                await asyncio.sleep(len(burst) * _BITS_PER_BYTE / self._baud * self._pace)
            while burst:
                try:
                    burst = burst[os.write(ours, burst) :]
                except BlockingIOError:
                    await _until_writable(ours)


async def _until_writable(fd: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_writer(fd, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_writer(fd)


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"
