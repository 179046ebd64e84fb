"""Scanners at a serial port or a USB port that looks like one (CDC): bytes, a suffix, and perhaps a trigger."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass

from drivers.errors import DeviceError, DeviceGone, DeviceSilent, MediaUnreadable
from drivers.links import SerialLink
from drivers.scanner.api import Code
from drivers.scanner.framing import Framer, Suffix, code_of

_log = logging.getLogger(__name__)

_CODE_ENDS_S = 0.06
"""Silence that ends a code without suffix: longer than the 16 ms a USB bridge may hold bytes back."""
_RUBBISH_ENDS_S = 0.5
"""Silence after which bytes without suffix are nobody's."""
_FOLLOWS_S = 1.0
"""A code this soon after the last one belongs to it: front and back of one card."""
_RELIGHT_S = 15.0
"""Scanners put their light out by themselves, after 30 s or so; asked again they keep it on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Trigger:
    """What makes a scanner light up and stop; both empty when it watches by itself."""

    on: bytes = b""
    off: bytes = b""


TRIGGERS = {
    "none": Trigger(),
    "honeywell": Trigger(on=b"\x16T\r", off=b"\x16U\r"),
    "datalogic": Trigger(on=b"E", off=b"D"),
}
"""By the name in the settings."""


class SerialScanner:
    """A ``Scanner`` at a serial port.

    The port is read all the time, so that it is known when a code came. A code that came while nobody waited is
    dropped, lest one page's code be taken for the next page's; except a different one that followed the last code
    within a second and is asked for within a second.

    Args:
        port: Path of the port.
        baud: Bits per second.
        trigger: How to light up; see ``TRIGGERS``.
        suffix: What the scanner sends after each code.
    """

    def __init__(
        self, port: str, baud: int = 115200, trigger: Trigger = TRIGGERS["none"], suffix: Suffix = Suffix.CR
    ) -> None:
        self._link = SerialLink(port, baud)
        self._trigger = trigger
        self._suffix = suffix
        self._framer = Framer(suffix)
        self._arrived: deque[tuple[float, Code | DeviceError]] = deque()
        self._something = asyncio.Event()
        self._waiting = False
        self._last: tuple[float, bytes] = (float("-inf"), b"")
        self._listening: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect; see ``Scanner``."""
        if self._listening is not None and self._link.is_open:
            return
        await self.close()
        await self._link.open()
        self._framer = Framer(self._suffix)
        self._arrived.clear()
        self._last = (float("-inf"), b"")
        self._listening = asyncio.create_task(self._listen(), name="scanner")

    async def close(self) -> None:
        """Stop the light and let go; see ``Scanner``."""
        await self._light(on=False)
        listening, self._listening = self._listening, None
        if listening is not None:
            listening.cancel()
            with suppress(asyncio.CancelledError):
                await listening
        await self._link.close()
        self._tell(DeviceGone("the scanner was closed"))

    async def scan(self) -> Code:
        """Light up and wait for a code; see ``Scanner``."""
        self._drop_stale()
        self._waiting = True
        try:
            while not self._arrived:
                if not self._link.is_open:
                    raise DeviceGone("the scanner is not open")
                await self._light(on=True)
                self._something.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(_RELIGHT_S if self._trigger.on else None):
                        await self._something.wait()
            _, code = self._arrived.popleft()
        finally:
            self._waiting = False
            await self._light(on=False)
        if isinstance(code, DeviceError):
            raise code
        self._last = (time.monotonic(), code.raw)
        return code

    def _drop_stale(self) -> None:
        now = time.monotonic()
        kept = [(at, code) for at, code in self._arrived if now - at <= _FOLLOWS_S or _ends_it(code)]
        if len(kept) < len(self._arrived):
            _log.info("%d codes that nobody waited for were dropped", len(self._arrived) - len(kept))
        self._arrived = deque(kept)

    async def _light(self, *, on: bool) -> None:
        command = self._trigger.on if on else self._trigger.off
        if command and self._link.is_open:
            # A port that is gone is told by the listener, a light that does not go out harms nobody.
            with suppress(DeviceGone, DeviceSilent):
                await self._link.write(command, 0.5)

    async def _listen(self) -> None:
        quiet_s = _CODE_ENDS_S if self._suffix is Suffix.GAP else _RUBBISH_ENDS_S
        while True:
            try:
                data = await self._link.read(quiet_s if self._framer.in_mid_code else None)
            except DeviceSilent:
                found = self._framer.gap()
            except DeviceGone as error:
                self._tell(error)
                return
            else:
                found = self._framer.feed(data)
            for code in found:
                self._tell(code if isinstance(code, MediaUnreadable) else code_of(code))

    def _tell(self, what: Code | DeviceError) -> None:
        now = time.monotonic()
        last_at, last_raw = self._last
        if self._arrived and isinstance(self._arrived[-1][1], Code):
            last_at, last_raw = now, self._arrived[-1][1].raw
        follows = now - last_at <= _FOLLOWS_S and isinstance(what, Code) and what.raw != last_raw
        wanted = self._waiting and not self._arrived
        if wanted or follows or _ends_it(what):
            self._arrived.append((now, what))
            self._something.set()
        else:
            _log.info("a code came while nobody waited for one")


def _ends_it(what: Code | DeviceError) -> bool:
    return isinstance(what, DeviceGone)
