"""Scanners at a serial port or a USB port that looks like one (CDC): bytes, a suffix, and perhaps a trigger."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from drivers import presence
from drivers.errors import DeviceGone, DeviceSilent, MediaUnreadable
from drivers.links import SerialLink
from drivers.scanner.api import Code
from drivers.scanner.framing import Framer, Suffix, code_of
from drivers.scanner.inbox import Inbox
from drivers.scanner.makers import ANSWER_ENDS, TRIGGERS, Trigger, belated, identity_in
from drivers.status import WELL, Condition, Identity

__all__ = ["TRIGGERS", "SerialScanner", "Trigger"]

_log = logging.getLogger(__name__)

_CODE_ENDS_S: Final = 0.06
"""Silence that ends a code without suffix: longer than the 16 ms a USB bridge may hold bytes back."""
_RUBBISH_ENDS_S: Final = 0.5
"""Silence after which bytes without suffix are nobody's."""
_RELIGHT_S: Final = 15.0
"""Scanners put their light out by themselves, after 30 s or so; asked again they keep it on."""
_WHO_S: Final = 0.4
"""How long a scanner may take to say who it is; many do not say."""
_LONGEST_ANSWER_BYTES: Final = 2048


class SerialScanner:
    """A ``Scanner`` at a serial port.

    The port is read all the time, so that it is known when a code came; ``Inbox`` says which codes count.

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
        self._inbox = Inbox()
        self._listening: asyncio.Task[None] | None = None
        self._watched = False
        self._owed = False
        self._identity = Identity(connection=f"serial, {port}, {baud} baud")

    @property
    def identity(self) -> Identity:
        """Who is there; see ``Device``. Where the maker has no command for it, the port alone."""
        return self._identity

    async def open(self) -> None:
        """Connect; see ``Scanner``."""
        if self._listening is not None and self._link.is_open:
            return
        await self.close()
        await self._link.open()
        try:
            await self._introduce()
        except BaseException:
            await self._link.close()
            raise
        self._framer = Framer(self._suffix)
        self._inbox.clear()
        self._watched = False
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
        self._inbox.put(DeviceGone("the scanner was closed"))

    async def watch(self) -> Condition:
        """Wait until it is lost; see ``Device``. A scanner tells nothing else of itself."""
        if self._watched:
            await self._link.watch()
        self._watched = True
        return WELL

    async def appears(self) -> None:
        """Wait for the port; see ``Device``."""
        await presence.appears(Path(self._link.port))

    async def scan(self) -> Code:
        """Light up and wait for a code; see ``Scanner``."""
        with self._inbox.expecting():
            try:
                while self._inbox.empty:
                    if not self._link.is_open:
                        raise DeviceGone("the scanner is not open")
                    await self._light(on=True)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_RELIGHT_S if self._trigger.on else None):
                            await self._inbox.something()
                return self._inbox.take()
            finally:
                await self._light(on=False)

    async def _introduce(self) -> None:
        """Ask who is there, where the maker has a command for it; no answer is no fault."""
        self._owed = False
        if not self._trigger.who:
            return
        answer = bytearray()
        try:
            self._link.discard()
            await self._link.write(self._trigger.who, _WHO_S)
            ends = time.monotonic() + _WHO_S
            while len(answer) < _LONGEST_ANSWER_BYTES and not any(end in answer for end in ANSWER_ENDS):
                answer += await self._link.read(max(ends - time.monotonic(), 0.001))
        except DeviceSilent:
            self._owed = True
            _log.debug("%s does not say who it is", self._link.port)
        self._identity = identity_in(bytes(answer), self._trigger, self._identity.connection)

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
                self._inbox.put(error)
                return
            else:
                found = self._framer.feed(data)
            for code in found:
                if isinstance(code, MediaUnreadable):
                    self._inbox.put(code)
                elif raw := self._without_answers(code):
                    self._inbox.put(code_of(raw))

    def _without_answers(self, code: bytes) -> bytes:
        """What is left of a code without what the scanner says of itself."""
        if self._trigger.echo:
            code = self._trigger.echo.sub(b"", code)
        if not self._owed:
            return code
        if belated(code):
            _log.debug("%s said who it is, too late", self._link.port)
            return b""
        # Its last bytes have no suffix and stand before the next code.
        return code.removeprefix(b"\x06.")
