"""A reader with a SAM_V module, on a serial port or on USB bulk endpoints.

A chip answers to *find* only when it has not been read since it came into the field, so before every read comes find
and select, and a document that lies there after a good read is not found: to see whether it is still there, a document
that was selected is asked for its newest address, which it answers (with "empty", as a rule) as long as it is there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final, NoReturn

from drivers.errors import (
    DeviceError,
    DeviceGarbled,
    DeviceRefused,
    MediaRemoved,
    MediaUnreadable,
    WrongMedia,
)
from drivers.idreader.api import Document, ReaderProbe, SamIdentity
from drivers.idreader.exchange import ANSWER_S, PAUSE_S, READ_S, Exchange, QuietReader
from drivers.idreader.frames import Command, FrameError, Reply, Status, encode, identity, take, text_and_photo
from drivers.idreader.textblock import decode
from drivers.links import Link
from drivers.status import Identity, unseen

_log = logging.getLogger(__name__)

_SELECT_TRIES: Final = 3
_PROBED_ANSWERS: Final = 5
_PROBED_FINDS: Final = 3

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
WRONG_VERSION: Final = "idreader.wrong-version"
_CODES: Final = {
    Status.SELF_TEST_FAILED: "idreader.self-test",
    Status.NOT_AUTHORISED: "idreader.not-authorised",
    Status.COMMAND_WRONG: WRONG_VERSION,
}


class SamVReader(QuietReader):
    """Implements ``IdReader``.

    Args:
        link: Where the reader is.
        module: The number its security module must have; empty: any.
        answer_s: How long a command may take that reads no chip.
        read_s: How long reading a chip may take.
    """

    def __init__(self, link: Link, *, module: str = "", answer_s: float = ANSWER_S, read_s: float = READ_S) -> None:
        super().__init__(link)
        self._module = module
        self._answer_s = answer_s
        self._read_s = read_s
        self._exchange = Exchange(link, take)
        self._turn = asyncio.Lock()
        """Held for a round of commands that belong together, such as find, select and read; never in a pause."""
        self._number = ""
        self._selected = False

    @property
    def identity(self) -> Identity:
        """See ``Device.identity``: what the wire tells, and the number of the security module."""
        wire = self._link.identity
        return Identity(
            maker=wire.maker,
            model=wire.model or "SAM_V",
            serial=self._number,
            connection=f"SAM_V, {wire.connection}",
        )

    async def open(self) -> SamIdentity:
        """See ``IdReader.open``."""
        try:
            await self._link.open()
            self._selected = self._told_well = False
            self._number = await self._exchange.afresh(self._introduced)
            _expect_installed(self._number, self._module)
        except BaseException:
            await self.close()
            raise
        _log.info("module %s", self._number)
        return SamIdentity(number=self._number)

    async def _introduced(self) -> str:
        for command in (Command.RESET, Command.STATUS):
            _expect(await self._ask(command), command)
        return await self._ask_number()

    async def read(self, seen: Callable[[bool], None] = unseen) -> Document:
        """See ``IdReader.read``."""
        failures = 0
        while failures < _SELECT_TRIES:
            async with self._turn:
                if await self._find():
                    if not failures:
                        seen(True)
                    if await self._select():
                        return await self._read_selected()
                    failures += 1
                    continue
            if failures:
                seen(False)
            failures = 0  # whatever could not be selected was lifted
            await asyncio.sleep(PAUSE_S)
        raise MediaUnreadable(f"found, but not selected in {_SELECT_TRIES} tries")

    async def removed(self) -> None:
        """See ``IdReader.removed``."""
        while await self._present_now():  # noqa: ASYNC110 - the protocol has no event, presence is known only by asking
            await asyncio.sleep(PAUSE_S)

    async def probe(self) -> ReaderProbe:
        """See ``IdReader.probe``.

        Beside a ``read`` or ``removed`` that waits it takes the next pause between their rounds, and they go on
        afterwards. A document that was read and still lies there is not looked for: that would part the module from it,
        so ``find_ms`` is empty then.
        """
        async with self._turn:
            status = await self._ask(Command.STATUS)
            if status.status is Status.SELF_TEST_FAILED:
                return ReaderProbe(self_test=False, number=self._number, answers_ms=(), find_ms=())
            _expect(status, Command.STATUS)
            number = await self._ask_number()
            loop = asyncio.get_running_loop()
            answers: list[float] = []
            for _ in range(_PROBED_ANSWERS):
                began = loop.time()
                _expect(await self._ask(Command.STATUS), Command.STATUS)
                answers.append((loop.time() - began) * 1000)
            finds: list[float] = []
            while not self._selected and len(finds) < _PROBED_FINDS:
                began = loop.time()
                if await self._find():
                    break
                finds.append((loop.time() - began) * 1000)
            return ReaderProbe(self_test=True, number=number, answers_ms=tuple(answers), find_ms=tuple(finds))

    async def _ask_number(self) -> str:
        reply = _expect(await self._ask(Command.IDENTITY), Command.IDENTITY)
        try:
            return identity(reply.data)
        except FrameError as error:
            raise DeviceGarbled(str(error), code=WRONG_VERSION) from error

    async def _find(self) -> bool:
        reply = await self._ask(Command.FIND)
        if reply.status not in (Status.FOUND, Status.NO_CARD):
            _refuse(reply, Command.FIND)
        self._selected = False
        return reply.status is Status.FOUND

    async def _select(self) -> bool:
        reply = await self._ask(Command.SELECT)
        if reply.status not in (Status.OK, Status.SELECT_FAILED, Status.NO_CARD):
            _refuse(reply, Command.SELECT)
        self._selected = reply.status is Status.OK
        return self._selected

    async def _read_selected(self) -> Document:
        reply = await self._ask(Command.READ_TEXT_AND_PHOTO, self._read_s)
        if reply.status is not Status.OK:
            await self._explain(reply)
        try:
            text, photo = text_and_photo(reply.data)
        except FrameError as error:
            raise DeviceGarbled(str(error), code=WRONG_VERSION) from error
        return decode(text, photo)

    async def _present_now(self) -> bool:
        async with self._turn:
            return await self._present()

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

    async def _ask(self, command: Command, limit_s: float | None = None) -> Reply:
        return await self._exchange.ask(encode(command), self._answer_s if limit_s is None else limit_s)


def _expect_installed(number: str, installed: str) -> None:
    if installed not in ("", number):
        raise DeviceRefused(f"module {number}, installed is {installed}", code=WRONG_VERSION)


def _expect(reply: Reply, command: Command) -> Reply:
    if reply.status is not Status.OK:
        _refuse(reply, command)
    return reply


def _refuse(reply: Reply, command: Command) -> NoReturn:
    detail = f"{command.name} answered {reply.status.name}"
    error: type[DeviceError] = DeviceGarbled if reply.status in _DAMAGED_ON_THE_WAY else DeviceRefused
    raise error(detail, code=_CODES.get(reply.status))
