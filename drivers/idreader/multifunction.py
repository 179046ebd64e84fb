"""A multi-function reader (多合一读卡器) on a serial port: it runs the SAM module itself and hands over the result.

    02 | length of data, 2 bytes | data | exclusive or of data | 03

To the reader the data are ``command, 2 bytes [parameter]``, from the reader ``status, 2 bytes [content]``. The statuses
of the identity commands are those of the SAM module (SW3) with a zero behind; the others have a table of their own.

Source: 《多合一读卡器通讯协议》 as published with readers of several makers: packets, commands 31 and CA, both tables
of statuses. What it leaves open stands in the README.
"""

from __future__ import annotations

import asyncio
import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from operator import xor
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
from drivers.idreader.frames import FrameError, Status, text_and_photo
from drivers.idreader.textblock import decode
from drivers.links import Link
from drivers.status import Identity, unseen

_log = logging.getLogger(__name__)

_STX: Final = 0x02
_ETX: Final = 0x03
_HEAD: Final = struct.Struct(">BH")
_TAIL_BYTES: Final = 2
_STATUS_BYTES: Final = 2
_LONGEST_DATA: Final = _STATUS_BYTES + 2 + 2 + 256 + 1024
"""Status, two lengths, text and photo."""

_TRIES: Final = 3
_PROBED_ANSWERS: Final = 5
_PROBED_FINDS: Final = 3


class Command(Enum):
    """Command bytes and parameter."""

    VERSION = bytes.fromhex("3111")
    RESET = bytes.fromhex("3112")
    READ_ALL = bytes.fromhex("CA0100")
    READ_NUMBER = bytes.fromhex("CA0101")


class Outcome(Enum):
    """Statuses of commands that are not about identity documents; the second table of the source has the others."""

    OK = 0x0000
    NOT_SUPPORTED = 0x0001
    RESET_FAILED = 0x0002
    PACKET_WRONG = 0x00F1
    LENGTH_WRONG = 0x00F2
    CHECKSUM_WRONG = 0x00F3
    COMMAND_WRONG = 0x00F4
    HOST_TOO_SLOW = 0x00FD
    MODULE_SILENT = 0x00FE
    UNKNOWN_ERROR = 0x00FF


MAKERS: Final = {
    0xCC01: "华旭",
    0xCC02: "握奇",
    0xCC03: "华腾",
    0xCC04: "中盾",
    0xCC05: "同方",
    0xCC06: "DAT",
}
"""By the code in the answer to VERSION."""
_VERSION: Final = struct.Struct(">16sH16s4s16s")
"""Of the maker's own, maker, model, version, number of the device."""

_GARBLED: Final = frozenset(
    {
        Outcome.PACKET_WRONG,
        Outcome.LENGTH_WRONG,
        Outcome.CHECKSUM_WRONG,
        Outcome.HOST_TOO_SLOW,
        Status.CHECKSUM_WRONG,
        Status.LENGTH_WRONG,
    }
)
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
WRONG_VERSION: Final = "idreader.wrong-version"
_CODES: Final[dict[Outcome | Status, str]] = {
    Status.SELF_TEST_FAILED: "idreader.self-test",
    Status.NOT_AUTHORISED: "idreader.not-authorised",
    Status.COMMAND_WRONG: WRONG_VERSION,
    Outcome.RESET_FAILED: "idreader.self-test",
    Outcome.COMMAND_WRONG: WRONG_VERSION,
    Outcome.NOT_SUPPORTED: WRONG_VERSION,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What a reader answered."""

    status: Outcome | Status
    data: bytes


def encode(command: Command) -> bytes:
    """Return the packet that carries ``command``."""
    data = command.value
    return _HEAD.pack(_STX, len(data)) + data + bytes([reduce(xor, data, 0), _ETX])


def take(received: bytes) -> tuple[Reply | None, bytes]:
    """Take the first whole reply from the front of ``received``; bytes ahead of its first byte are line noise.

    Returns:
        The reply, or None while it is not whole, and what remains.

    Raises:
        FrameError: a packet whose length, end, checksum or status cannot be; throw away what was received.
    """
    start = received.find(_STX)
    if start < 0:
        return None, b""
    packet = received[start:]
    if len(packet) < _HEAD.size:
        return None, packet
    _, length = _HEAD.unpack_from(packet)
    if not _STATUS_BYTES <= length <= _LONGEST_DATA:
        raise FrameError(f"length {length}, allowed {_STATUS_BYTES} to {_LONGEST_DATA}")
    whole = _HEAD.size + length + _TAIL_BYTES
    if len(packet) < whole:
        return None, packet
    data = packet[_HEAD.size : _HEAD.size + length]
    if packet[whole - 1] != _ETX:
        raise FrameError(f"a packet of {length} ends in {packet[whole - 1]:02x}")
    if reduce(xor, data, 0) != packet[whole - 2]:
        raise FrameError(f"checksum of a packet of {length}")
    return Reply(status=_status(data[:_STATUS_BYTES]), data=data[_STATUS_BYTES:]), packet[whole:]


def _status(data: bytes) -> Outcome | Status:
    high, low = data
    try:
        return Status(high) if high and not low else Outcome(high << 8 | low)
    except ValueError:
        raise FrameError(f"status {data.hex(' ')}") from None


def version(data: bytes) -> Identity:
    """Return who the reader says it is.

    Raises:
        FrameError: not as long as described.
    """
    if len(data) != _VERSION.size:
        raise FrameError(f"{len(data)} bytes of version, described are {_VERSION.size}")
    _, maker, model, firmware, number = _VERSION.unpack(data)
    return Identity(
        maker=MAKERS.get(maker, f"{maker:04X}"), model=_shown(model), firmware=_shown(firmware), serial=_shown(number)
    )


def _shown(field: bytes) -> str:
    """Return a field as text where it is text, else as digits: which of both is nowhere described."""
    kept = field.rstrip(b"\0 \xff")
    return kept.decode("ascii") if kept.isascii() and kept.decode("ascii").isprintable() else field.hex().upper()


class MultifunctionReader(QuietReader):
    """Implements ``IdReader``.

    Args:
        link: Where the reader is.
        module: The number the reader must have (of the device: this protocol does not tell that of its security
            module); empty: any.
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
        self._told: Identity | None = None
        self._laid_down = False
        """A document was read or failed to be read, and was not seen to be lifted since."""

    @property
    def identity(self) -> Identity:
        """See ``Device.identity``."""
        told = self._told or Identity()
        return Identity(
            maker=told.maker,
            model=told.model,
            serial=told.serial,
            firmware=told.firmware,
            connection=f"02…03, {self._link.identity.connection}",
        )

    async def open(self) -> SamIdentity:
        """See ``IdReader.open``. The number is empty: the protocol does not tell that of the security module."""
        try:
            await self._link.open()
            self._told_well = self._laid_down = False
            self._told = version((await self._exchange.afresh(self._introduced)).data)
            _expect_installed(self._told.serial, self._module)
        except FrameError as error:
            await self.close()
            raise DeviceGarbled(str(error), code=WRONG_VERSION) from error
        except BaseException:
            await self.close()
            raise
        _log.info("reader %s", self._told.serial)
        return SamIdentity(number="")

    async def _introduced(self) -> Reply:
        _expect(await self._ask(Command.RESET), Command.RESET)
        return _expect(await self._ask(Command.VERSION), Command.VERSION)

    async def read(self, seen: Callable[[bool], None] = unseen) -> Document:
        """See ``IdReader.read``: one command finds and reads, so that nothing is told before."""
        del seen
        failures = 0
        while failures < _TRIES:
            async with self._turn:
                reply = await self._ask(Command.READ_ALL, self._read_s)
                if reply.status is Status.OK:
                    self._laid_down = True
                    return _document(reply)
                if reply.status is Status.SELECT_FAILED:
                    failures += 1
                    continue
                if reply.status is not Status.NO_CARD:
                    await self._explain(reply)
            failures = 0
            await asyncio.sleep(PAUSE_S)
        self._laid_down = True
        raise MediaUnreadable(f"found, but not selected in {_TRIES} tries")

    async def removed(self) -> None:
        """See ``IdReader.removed``.

        Presence is asked for by reading the number. A reader that does not find a document again after a good read says
        at once that nothing lies there, and nothing else in this protocol could tell.
        """
        while await self._present_now():  # noqa: ASYNC110 - the protocol has no event, presence is known only by asking
            await asyncio.sleep(PAUSE_S)

    async def probe(self) -> ReaderProbe:
        """See ``IdReader.probe``; beside other calls as ``SamVReader.probe``."""
        async with self._turn:
            loop = asyncio.get_running_loop()
            reply = await self._ask(Command.RESET)
            if reply.status in (Outcome.RESET_FAILED, Status.SELF_TEST_FAILED):
                return ReaderProbe(self_test=False, number="", answers_ms=(), find_ms=())
            _expect(reply, Command.RESET)
            answers: list[float] = []
            for _ in range(_PROBED_ANSWERS):
                began = loop.time()
                _expect(await self._ask(Command.VERSION), Command.VERSION)
                answers.append((loop.time() - began) * 1000)
            finds: list[float] = []
            while not self._laid_down and len(finds) < _PROBED_FINDS:
                began = loop.time()
                if await self._present():
                    break
                finds.append((loop.time() - began) * 1000)
            return ReaderProbe(self_test=True, number="", answers_ms=tuple(answers), find_ms=tuple(finds))

    async def _present_now(self) -> bool:
        async with self._turn:
            return await self._present()

    async def _present(self) -> bool:
        reply = await self._ask(Command.READ_NUMBER, self._read_s)
        if reply.status not in (Status.OK, Status.NO_CARD, Status.WRONG_CARD_TYPE, *_UNREADABLE):
            _refuse(reply, Command.READ_NUMBER)
        present = reply.status is not Status.NO_CARD
        self._laid_down = self._laid_down and present
        return present

    async def _explain(self, reply: Reply) -> NoReturn:
        """Raise what a failed read means: a document that is no longer found was taken away."""
        if reply.status is Status.WRONG_CARD_TYPE:
            self._laid_down = True
            raise WrongMedia("the module calls it a wrong type of card")
        if reply.status not in _UNREADABLE:
            _refuse(reply, Command.READ_ALL)
        self._laid_down = True
        if not await self._present():
            raise MediaRemoved(f"{reply.status.name} while reading, then gone")
        raise MediaUnreadable(f"{reply.status.name} while reading")

    async def _ask(self, command: Command, limit_s: float | None = None) -> Reply:
        return await self._exchange.ask(encode(command), self._answer_s if limit_s is None else limit_s)


def _document(reply: Reply) -> Document:
    try:
        text, photo = text_and_photo(reply.data)
    except FrameError as error:
        raise DeviceGarbled(str(error), code=WRONG_VERSION) from error
    return decode(text, photo)


def _expect_installed(serial: str, installed: str) -> None:
    if installed not in ("", serial):
        raise DeviceRefused(f"reader {serial}, installed is {installed}", code=WRONG_VERSION)


def _expect(reply: Reply, command: Command) -> Reply:
    if reply.status is not Outcome.OK:
        _refuse(reply, command)
    return reply


def _refuse(reply: Reply, command: Command) -> NoReturn:
    detail = f"{command.name} answered {reply.status.name}"
    error: type[DeviceError] = DeviceGarbled if reply.status in _GARBLED else DeviceRefused
    raise error(detail, code=_CODES.get(reply.status))
