"""One question, one answer, over a link: for protocols in which the reader never speaks first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, Generic, TypeVar

from drivers.errors import DeviceGarbled, DeviceGone, DeviceSilent
from drivers.idreader.frames import FrameError
from drivers.links import Link
from drivers.status import WELL, Condition

_log = logging.getLogger(__name__)

Reply = TypeVar("Reply")
Made = TypeVar("Made")

ANSWER_S: Final = 2.0
"""How long a command that reads no chip may take; seen in the field: 0.1 to 0.3 s."""
READ_S: Final = 6.0
"""How long reading a chip may take; seen in the field: 2 to 3 s."""
PAUSE_S: Final = 0.02
"""Between looking for a document and looking again: a reader takes 0.1 to 0.3 s by itself to see that nothing lies
there, and whoever has laid down a document waits for no more than this beside it."""


class QuietReader:
    """The part of an ``IdReader`` that hangs on its link alone: a reader that never speaks first is seen to leave.

    Args:
        link: Where the reader is.
    """

    def __init__(self, link: Link) -> None:
        self._link = link
        self._told_well = False
        """Whether ``watch`` has said so since the reader was opened."""

    async def close(self) -> None:
        """See ``IdReader.close``."""
        await self._link.close()

    async def watch(self) -> Condition:
        """See ``Device.watch``. A reader says nothing by itself: what is seen is that it leaves."""
        if not self._told_well:
            if not self._link.is_open:
                raise DeviceGone("not open")
            self._told_well = True
            return WELL
        await self._link.watch()
        raise DeviceGone("hung up")

    async def appears(self) -> None:
        """See ``Device.appears``."""
        await self._link.appears()


class Exchange(Generic[Reply]):
    """Sends frames and takes the answers off the link.

    When the caller gives up in between, the answer is still owed: it is fetched and dropped before the next question,
    so no citizen can get the answer of the one before.

    Args:
        link: Where the reader is.
        take: Takes the first whole reply off the front of what was received and returns it, or None, and the rest;
            raises ``FrameError``.
    """

    def __init__(self, link: Link, take: Callable[[bytes], tuple[Reply | None, bytes]]) -> None:
        self._link = link
        self._take = take
        self._owed_s = 0.0
        self._received = b""

    async def afresh(self, handshake: Callable[[], Awaitable[Made]]) -> Made:
        """Return what ``handshake`` brings on a link that was opened afresh.

        Whoever closed it in mid-question may be owed an answer, which then comes as the first to us, and every answer
        after it one question late: that is seen as garbled, the one too many is let pass, and all is asked again.

        Raises:
            DeviceGone, DeviceSilent, DeviceGarbled: as ``ask``; what ``handshake`` raises.
        """
        self._owed_s, self._received = 0.0, b""
        try:
            return await handshake()
        except DeviceGarbled as error:
            _log.debug("asked again: %s", error)
            self._owed_s = ANSWER_S
            return await handshake()

    async def ask(self, frame: bytes, limit_s: float) -> Reply:
        """Send ``frame`` and return the answer to it, whatever it says.

        Raises:
            DeviceGone: the reader left.
            DeviceSilent: no answer in time.
            DeviceGarbled: what came is no answer, or half of one.
        """
        if self._owed_s:
            await self._drop_owed()
        self._link.discard()
        self._received = b""
        self._owed_s = limit_s
        await self._link.write(frame)
        reply = await self._answer(limit_s)
        self._owed_s = 0.0
        return reply

    async def _drop_owed(self) -> None:
        limit_s, self._owed_s = self._owed_s, 0.0
        try:
            await self._answer(limit_s)
        except (DeviceSilent, DeviceGarbled) as error:
            _log.debug("owed answer: %s", error)
        except asyncio.CancelledError:
            self._owed_s = limit_s
            raise

    async def _answer(self, limit_s: float) -> Reply:
        came = 0
        try:
            async with asyncio.timeout(limit_s):
                while True:
                    chunk = await self._link.read(None)
                    came += len(chunk)
                    reply, self._received = self._take(self._received + chunk)
                    if reply is not None:
                        return reply
        except FrameError as error:
            self._owed_s = 0.0
            raise DeviceGarbled(str(error)) from error
        except TimeoutError:
            self._owed_s = 0.0
            if came:
                raise DeviceGarbled(f"{came} bytes in {limit_s:g} s make no whole answer") from None
            raise DeviceSilent(f"no answer in {limit_s:g} s") from None
