"""A PC/SC reader through pcscd.

Two contexts, each with a thread of its own (``calls.py``): one for the cards, one that only watches whether reader and
pcscd are still there, whether or not anybody waits for a card.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from smartcard import scard

from drivers.card.api import CardProbe, Connection, SocialSecurityCard
from drivers.card.calls import PcscContext, Turn, words
from drivers.card.daemon import may_have_come_up
from drivers.card.socialsecurity import NATIONAL_LAYOUT, CardLayout, read_card
from drivers.errors import (
    DeviceAbsent,
    DeviceError,
    DeviceGone,
    DeviceRefused,
    MediaError,
    MediaRemoved,
    MediaUnreadable,
)
from drivers.links import TRAFFIC
from drivers.status import WELL, Condition, Identity, unseen
from drivers.traffic import tap

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_PULLED_MS: Final = 1500
"""After an exchange failed: how long pcscd may take to notice that the card was pulled; it looks every 400 ms."""

_REMOVED: Final = frozenset({scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD})
_UNCLEAR: Final = frozenset({scard.SCARD_E_NOT_TRANSACTED, scard.SCARD_W_RESET_CARD, scard.SCARD_F_COMM_ERROR})
_UNREADABLE: Final = frozenset(
    {
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNSUPPORTED_CARD,
        scard.SCARD_E_PROTO_MISMATCH,
    }
)
_MUTE: Final = scard.SCARD_STATE_PRESENT | scard.SCARD_STATE_MUTE
_PROTOCOLS: Final = {scard.SCARD_PROTOCOL_T0: "T=0", scard.SCARD_PROTOCOL_T1: "T=1"}

_SELECT_ROOT: Final = bytes.fromhex("00A4 0000 02 3F00")
"""SELECT of the master file, which every card answers in one way or another. Source: ISO/IEC 7816-4:2020 11.2.2."""
_ROUND_TRIPS: Final = 5
_SLOT_NUMBERS: Final = re.compile(r" [0-9A-F]{2} [0-9A-F]{2}$")
_SERIAL_IN_NAME: Final = re.compile(r"\(([^()]+)\)")
_INTERFACE_IN_NAME: Final = re.compile(r"\[[^\[\]]*\]")


class _NotListed(DeviceAbsent):
    """pcscd runs and has no such reader."""


class PcscReader:
    """Implements ``CardReader``.

    Args:
        name_contains: Part of the PC/SC name of the contact slot; the first that has it is taken.
        layout: Where the values stand on the social security cards of this region.
        contactless: Part of the PC/SC name of the contactless slot, which is another one; empty: there is none. A card
            may be in either then, and both must be there.
    """

    def __init__(self, name_contains: str, layout: CardLayout = NATIONAL_LAYOUT, *, contactless: str = "") -> None:
        self._wanted = (name_contains, contactless) if contactless else (name_contains,)
        self._layout = layout
        self._cards: PcscContext | None = None
        self._watching: PcscContext | None = None
        self._readers: tuple[str, ...] = ()
        self._identity = Identity(connection=f'PC/SC, "{name_contains}"')
        self._told = False

    @property
    def identity(self) -> Identity:
        """See ``Device.identity``."""
        return self._identity

    async def open(self) -> str:
        """See ``CardReader.open``."""
        if self._cards is None:
            cards, watching = PcscContext("pcsc"), PcscContext("pcsc watch")
            self._cards, self._watching = cards, watching
            try:
                await watching.run(lambda _: watching.establish())
                self._identity = await cards.run(lambda turn: self._open(cards, turn))
            except BaseException:
                await self.close()
                raise
            self._told = False
            _log.info("reader %s", ", ".join(self._readers))
        return self._readers[0]

    async def close(self) -> None:
        """See ``CardReader.close``."""
        contexts, self._cards, self._watching = (self._cards, self._watching), None, None
        await asyncio.gather(*(context.close() for context in contexts if context is not None))

    async def watch(self) -> Condition:
        """See ``Device.watch``: a reader is well until it is lost."""
        watching, readers = self._watching, self._readers
        if watching is None:
            raise DeviceGone("not open")
        if not self._told:
            self._told = True
            return WELL
        return await watching.run(lambda turn: _until_lost(watching, turn, readers))

    async def appears(self) -> None:
        """See ``Device.appears``: pcscd comes up, or a reader of this name is plugged in."""
        async with contextlib.aclosing(may_have_come_up()) as chances:
            async for _ in chances:
                looking = PcscContext("pcsc appears")
                try:
                    await looking.run(functools.partial(self._until_listed, looking))
                except DeviceError as error:
                    _log.debug("not there yet: %s", error)
                else:
                    return
                finally:
                    await looking.close()

    async def read(self, seen: Callable[[bool], None] = unseen) -> SocialSecurityCard:
        """See ``CardReader.read``."""
        loop = asyncio.get_running_loop()

        def protocol(card: Connection) -> SocialSecurityCard:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits for it any more
                loop.call_soon_threadsafe(seen, True)
            return read_card(card.transmit, self._layout)

        return await self.run(protocol)

    async def run(self, protocol: Callable[[Connection], _T]) -> _T:
        """See ``CardReader.run``."""
        cards = self._opened()
        return await cards.run(lambda turn: self._run(cards, turn, protocol))

    async def removed(self) -> None:
        """See ``CardReader.removed``."""
        cards = self._opened()
        await cards.run(lambda turn: self._until(cards, turn, present=False))

    async def probe(self) -> CardProbe:
        """See ``CardReader.probe``."""
        cards = self._opened()
        return await cards.run(lambda turn: self._probe(cards, turn))

    def _opened(self) -> PcscContext:
        if self._cards is None:
            raise DeviceGone("not open")
        return self._cards

    # --- on the threads -----------------------------------------------------------------------------------------

    def _open(self, cards: PcscContext, turn: Turn) -> Identity:
        cards.establish()
        self._readers = self._listed(cards)
        turn.check()
        return _identity(cards, self._readers)

    def _listed(self, context: PcscContext) -> tuple[str, ...]:
        """Return the names of our slots.

        Raises:
            DeviceAbsent: pcscd does not run, or one of them is missing.
        """
        names = context.readers()
        found: list[str] = []
        for wanted in self._wanted:
            fitting = [name for name in names if wanted in name and name not in found]
            if not fitting:
                raise _NotListed(f"no reader whose name contains {wanted!r} among {names}")
            found.append(fitting[0])
        return tuple(found)

    def _until_listed(self, context: PcscContext, turn: Turn) -> None:
        context.establish()
        while True:
            with contextlib.suppress(_NotListed):
                self._listed(context)
                return
            context.readers_changed(turn)

    def _until(self, cards: PcscContext, turn: Turn, *, present: bool) -> str:
        """Wait until a card is in a slot, or in none; return the first that has one, or an empty text."""
        states = cards.states(self._readers)
        while bool(occupied := self._occupied(states)) is not present:
            states = cards.changed_states(turn, self._readers, states)
        return occupied

    def _occupied(self, states: Sequence[int]) -> str:
        slots = zip(self._readers, states, strict=True)
        return next((reader for reader, state in slots if state & scard.SCARD_STATE_PRESENT), "")

    def _run(self, cards: PcscContext, turn: Turn, protocol: Callable[[Connection], _T]) -> _T:
        with _Card(cards, turn, self._until(cards, turn, present=True)) as card:
            return protocol(card)

    def _probe(self, cards: PcscContext, turn: Turn) -> CardProbe:
        occupied = self._occupied(cards.states(self._readers))
        if not occupied:
            return CardProbe(atr=b"", protocol="", round_trips_ms=())
        with _Card(cards, turn, occupied) as card:
            trips = []
            for _ in range(_ROUND_TRIPS):
                begin = time.perf_counter()
                card.transmit(_SELECT_ROOT)
                trips.append((time.perf_counter() - begin) * 1000)
            return CardProbe(atr=card.atr, protocol=card.protocol, round_trips_ms=tuple(trips))


class _Card:
    """A connected card, ours alone while the ``with`` block runs; implements ``Connection``."""

    def __init__(self, cards: PcscContext, turn: Turn, reader: str) -> None:
        self._cards = cards
        self._turn = turn
        self._reader = reader
        self._handle: Any = None
        self._number = 0
        self.atr = b""
        self.protocol = ""

    def __enter__(self) -> _Card:
        state, self.atr = self._cards.state(self._reader)
        if state & _MUTE == _MUTE:
            raise MediaUnreadable("the card does not answer to reset")
        either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        shared = scard.SCARD_SHARE_SHARED
        code, handle, self._number = scard.SCardConnect(self._cards.handle, self._reader, shared, either)
        self._check(code, "connect")
        self._handle = handle
        self.protocol = _PROTOCOLS.get(self._number, "")
        try:
            self._check(scard.SCardBeginTransaction(handle), "begin")
        except DeviceError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        # Ends the transaction, too; the card stays powered for whoever comes next.
        scard.SCardDisconnect(self._handle, scard.SCARD_LEAVE_CARD)

    def transmit(self, command: bytes) -> bytes:
        """See ``Connection.transmit``."""
        self._turn.check()
        # Of a command, too, only the head: what follows may be a key or a name.
        _log.log(TRAFFIC, "%s > %s, %d bytes", self._reader, command[:4].hex(" "), len(command))
        tap.sent(tap.PCSC, command)
        code, answer = scard.SCardTransmit(self._handle, self._number, list(command))
        if code == scard.SCARD_S_SUCCESS and answer:
            tap.came(tap.PCSC, bytes(answer))
        else:
            tap.gone(tap.PCSC)
        self._check(code, "transmit")
        if not answer:  # some readers report a card that was pulled in mid-command as success with nothing
            raise self._pulled_or_broken("transmit: an empty answer")
        _log.log(TRAFFIC, "%s < %d bytes, status %s", self._reader, len(answer), bytes(answer[-2:]).hex())
        return bytes(answer)

    def _check(self, code: int, what: str) -> None:
        if code == scard.SCARD_S_SUCCESS:
            return
        detail = f"{what}: {words(code)}"
        if code in _REMOVED:
            raise MediaRemoved(detail)
        if code in _UNREADABLE:
            raise MediaUnreadable(detail)
        if code == scard.SCARD_E_SHARING_VIOLATION:
            raise DeviceRefused(f"{detail}: another program holds the card")
        if code in _UNCLEAR:
            raise self._pulled_or_broken(detail)
        raise DeviceGone(detail)

    def _pulled_or_broken(self, detail: str) -> MediaError:
        state, _ = self._cards.state(self._reader)
        if state & scard.SCARD_STATE_PRESENT:
            state, _ = self._cards.state(self._reader, state, _PULLED_MS)
        return MediaUnreadable(detail) if state & scard.SCARD_STATE_PRESENT else MediaRemoved(detail)


def _until_lost(watching: PcscContext, turn: Turn, readers: Sequence[str]) -> Condition:
    states = watching.states(readers)
    while True:
        states = watching.changed_states(turn, readers, states)


def _identity(cards: PcscContext, readers: Sequence[str]) -> Identity:
    """Ask the reader who it is; where it does not tell, its PC/SC name does.

    The name is "maker model [interface] (serial) 00 00": number of the reader and of its slot, from pcscd.
    """
    name = _SLOT_NUMBERS.sub("", readers[0])
    serial = _SERIAL_IN_NAME.search(name)
    model = _INTERFACE_IN_NAME.sub("", _SERIAL_IN_NAME.sub("", name))
    told = _attributes(cards, readers[0])
    return Identity(
        maker=told.get("maker", ""),
        model=told.get("model", "") or " ".join(model.split()),
        serial=told.get("serial", "") or (serial.group(1) if serial else ""),
        firmware=told.get("firmware", ""),
        connection=f"PC/SC, {' and '.join(readers)}",
    )


def _attributes(cards: PcscContext, reader: str) -> dict[str, str]:
    """Return what the reader tells of itself. Source: PC/SC part 3, table 3-2, class vendor information."""
    code, handle, _ = scard.SCardConnect(cards.handle, reader, scard.SCARD_SHARE_DIRECT, 0)
    if code != scard.SCARD_S_SUCCESS:  # held by another program: the name has to do
        return {}
    try:
        told = {}
        for name, attribute in (
            ("maker", scard.SCARD_ATTR_VENDOR_NAME),
            ("model", scard.SCARD_ATTR_VENDOR_IFD_TYPE),
            ("serial", scard.SCARD_ATTR_VENDOR_IFD_SERIAL_NO),
        ):
            code, value = scard.SCardGetAttrib(handle, attribute)
            if code == scard.SCARD_S_SUCCESS:
                told[name] = bytes(value).decode("utf-8", errors="replace").strip("\0 ")
        code, version = scard.SCardGetAttrib(handle, scard.SCARD_ATTR_VENDOR_IFD_VERSION)
        if code == scard.SCARD_S_SUCCESS and len(version) >= _VERSION_BYTES:
            told["firmware"] = _version(bytes(version))
        return told
    finally:
        scard.SCardDisconnect(handle, scard.SCARD_LEAVE_CARD)


_VERSION_BYTES: Final = 4


def _version(value: bytes) -> str:
    """0xMMmmbbbb: major, minor, build, in the machine's byte order."""
    number = int.from_bytes(value[:_VERSION_BYTES], "little")
    return f"{number >> 24}.{number >> 16 & 0xFF}.{number & 0xFFFF}"
