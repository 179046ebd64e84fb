"""A reader with a SAM_V module on a serial port.

A chip answers to *find* only when it has not been read since it came into the field, so before every read comes find
and select, and a document that lies there after a good read is not found: to see whether it is still there, a document
that was selected is asked for its newest address, which it answers (with "empty", as a rule) as long as it is there.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final, NoReturn

from drivers.errors import (
    DeviceError,
    DeviceGarbled,
    DeviceRefused,
    DeviceSilent,
    MediaRemoved,
    MediaUnreadable,
    WrongMedia,
)
from drivers.idreader.api import Document, SamIdentity
from drivers.idreader.frames import Command, FrameError, Reply, Status, encode, identity, take, text_and_photo
from drivers.idreader.textblock import decode
from drivers.links import SerialLink

_log = logging.getLogger(__name__)

_ANSWER_S: Final = 2.0
"""How long a command of the module or a find may take; seen in the field: 0.1 to 0.3 s."""
_READ_S: Final = 6.0
"""How long reading may take; seen in the field: 2 to 3 s."""
_LIMITS_S: Final = {Command.READ_TEXT_AND_PHOTO: _READ_S}
_POLL_FIRST_S: Final = 0.1
_POLL_LAST_S: Final = 0.4
_POLL_GROWTH: Final = 1.05
"""Polling slows down from 0.1 s to 0.4 s within the first ten seconds of an empty reader."""
_SELECT_TRIES: Final = 3

_UNREADABLE: Final = frozenset(
    {
        Status.CARD_REJECTED_READER,
        Status.READER_REJECTED_CARD,
        Status.INFORMATION_NOT_VERIFIED,
        Status.RANDOM_FAILED,
        Status.READ_FAILED,
        Status.SELECT_FAILED,
        Status.ITEM_EMPTY,
    }
)
_DAMAGED_ON_THE_WAY: Final = frozenset({Status.CHECKSUM_WRONG, Status.LENGTH_WRONG})


class SamVReader:
    """Implements ``IdReader``.

    Args:
        port: The serial port.
        baud: 115200 unless the reader was set otherwise.
    """

    def __init__(self, port: str, baud: int = 115200) -> None:
        self._link = SerialLink(port, baud)
        self._owed_s = 0.0
        self._received = b""
        self._selected = False

    async def open(self) -> SamIdentity:
        """See ``IdReader.open``."""
        try:
            await self._link.open()
            self._owed_s, self._received, self._selected = 0.0, b"", False
            for command in (Command.RESET, Command.STATUS):
                _expect(await self._ask(command), command)
            number = identity(_expect(await self._ask(Command.IDENTITY), Command.IDENTITY).data)
        except FrameError as error:
            await self.close()
            raise DeviceGarbled(str(error)) from error
        except BaseException:
            await self.close()
            raise
        _log.info("module %s", number)
        return SamIdentity(number=number)

    async def close(self) -> None:
        """See ``IdReader.close``."""
        await self._link.close()

    async def read(self) -> Document:
        """See ``IdReader.read``."""
        await self._select()
        reply = await self._ask(Command.READ_TEXT_AND_PHOTO)
        if reply.status is not Status.OK:
            await self._explain(reply)
        try:
            text, photo = text_and_photo(reply.data)
        except FrameError as error:
            raise DeviceGarbled(str(error)) from error
        return decode(text, photo)

    async def removed(self) -> None:
        """See ``IdReader.removed``."""
        while await self._present():  # noqa: ASYNC110 - the protocol has no event, presence is known only by asking
            await asyncio.sleep(_POLL_FIRST_S)

    async def _select(self) -> None:
        """Wait until a document lies on the reader and is selected."""
        pause_s = _POLL_FIRST_S
        failures = 0
        while failures < _SELECT_TRIES:
            if await self._find():
                reply = await self._ask(Command.SELECT)
                if reply.status is Status.OK:
                    self._selected = True
                    return
                if reply.status not in (Status.SELECT_FAILED, Status.NO_CARD):
                    _refuse(reply, Command.SELECT)
                failures += 1
                continue
            failures = 0  # whatever could not be selected was lifted
            await asyncio.sleep(pause_s)
            pause_s = min(_POLL_LAST_S, pause_s * _POLL_GROWTH)
        raise MediaUnreadable(f"found, but not selected in {_SELECT_TRIES} tries")

    async def _find(self) -> bool:
        reply = await self._ask(Command.FIND)
        if reply.status not in (Status.FOUND, Status.NO_CARD):
            _refuse(reply, Command.FIND)
        self._selected = False
        return reply.status is Status.FOUND

    async def _present(self) -> bool:
        if self._selected:
            reply = await self._ask(Command.READ_NEWEST_ADDRESS)
            if reply.status in (Status.OK, Status.ITEM_EMPTY):
                return True
            self._selected = False
        return await self._find()

    async def _explain(self, reply: Reply) -> NoReturn:
        """Raise what a failed read means: a document that is no longer found was taken away."""
        if reply.status is Status.WRONG_CARD_TYPE:
            raise WrongMedia("the module calls it a wrong type of card")
        if reply.status is Status.NO_CARD:
            raise MediaRemoved("no card while reading")
        if reply.status not in _UNREADABLE:
            _refuse(reply, Command.READ_TEXT_AND_PHOTO)
        if not await self._present():
            raise MediaRemoved(f"{reply.status.name} while reading, then gone")
        raise MediaUnreadable(f"{reply.status.name} while reading")

    async def _ask(self, command: Command) -> Reply:
        """Send ``command`` and return the answer to it, whatever its status.

        When the caller gives up in between, the answer is still owed: it is fetched and dropped before the next one.
        """
        if self._owed_s:
            await self._drop_owed()
        self._link.discard()
        self._received = b""
        self._owed_s = _LIMITS_S.get(command, _ANSWER_S)
        await self._link.write(encode(command))
        reply = await self._answer(self._owed_s)
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
                    reply, self._received = take(self._received + chunk)
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


def _expect(reply: Reply, command: Command) -> Reply:
    if reply.status is not Status.OK:
        _refuse(reply, command)
    return reply


def _refuse(reply: Reply, command: Command) -> NoReturn:
    detail = f"{command.name} answered {reply.status.name}"
    error: type[DeviceError] = DeviceGarbled if reply.status in _DAMAGED_ON_THE_WAY else DeviceRefused
    raise error(detail)
