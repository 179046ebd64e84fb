"""A PC/SC reader through pcscd.

The calls of PC/SC block, so they run on one worker thread. Waiting for a card blocks without end; a caller who gives up
has SCardCancel wake the thread. A cancel that comes a moment too early is lost, therefore the wait is cut into slices.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

from smartcard import scard

from drivers.card.api import SocialSecurityCard
from drivers.card.socialsecurity import NATIONAL_LAYOUT, CardLayout, read_card
from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, MediaRemoved, MediaUnreadable
from drivers.links import TRAFFIC

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_SLICE_MS: Final = 1000
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
_KEEP_WAITING: Final = frozenset({scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED})
_MUTE: Final = scard.SCARD_STATE_PRESENT | scard.SCARD_STATE_MUTE


class _GivenUp(Exception):
    """The caller was cancelled; nobody sees this."""


class PcscReader:
    """Implements ``CardReader``.

    Args:
        name_contains: Part of the reader's PC/SC name; the first that has it is taken.
        layout: Where the values stand on the cards of this region.
    """

    def __init__(self, name_contains: str, layout: CardLayout = NATIONAL_LAYOUT) -> None:
        self._name_contains = name_contains
        self._layout = layout
        self._context: Any = None
        self._reader = ""
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="pcsc")

    async def open(self) -> str:
        """See ``CardReader.open``."""
        return await self._run(self._open)

    async def close(self) -> None:
        """See ``CardReader.close``."""
        await asyncio.shield(asyncio.wrap_future(self._worker.submit(self._release)))

    async def read(self) -> SocialSecurityCard:
        """See ``CardReader.read``."""
        return await self._run(self._read)

    async def removed(self) -> None:
        """See ``CardReader.removed``."""
        await self._run(lambda given_up: self._wait(given_up, present=False))

    async def _run(self, work: Callable[[threading.Event], _T]) -> _T:
        """Run ``work`` on the worker; when the caller gives up, tell it and wake it."""
        given_up = threading.Event()
        future = self._worker.submit(work, given_up)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            given_up.set()
            if self._context is not None:
                scard.SCardCancel(self._context)
            raise

    def _open(self, given_up: threading.Event) -> str:
        if self._context is None:
            code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
            if code != scard.SCARD_S_SUCCESS:
                raise DeviceAbsent(f"pcscd does not run: {_words(code)}")
            self._context = context
        try:
            self._reader = self._find()
        except DeviceError:
            self._release()
            raise
        if given_up.is_set():
            self._release()
        _log.info("reader %s", self._reader)
        return self._reader

    def _find(self) -> str:
        try:
            code, names = scard.SCardListReaders(self._context, [])
        except SystemError as error:  # pyscard's binding, when pcscd left since the context was made
            raise DeviceAbsent("pcscd left") from error
        if code not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_NO_READERS_AVAILABLE):
            raise DeviceAbsent(f"no list of readers: {_words(code)}")
        for name in names:
            if self._name_contains in name:
                return str(name)
        raise DeviceAbsent(f"no reader whose name contains {self._name_contains!r} among {names}")

    def _release(self) -> None:
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
            self._context = None

    def _read(self, given_up: threading.Event) -> SocialSecurityCard:
        state = self._wait(given_up, present=True)
        if state & _MUTE == _MUTE:
            raise MediaUnreadable("the card does not answer to reset")
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        code, card, protocol = scard.SCardConnect(self._context, self._reader, scard.SCARD_SHARE_SHARED, protocols)
        self._check(code, "connect")
        try:
            self._check(scard.SCardBeginTransaction(card), "begin")
            return read_card(lambda command: self._transmit(card, protocol, command, given_up), self._layout)
        finally:
            # Ends the transaction, too; the card stays powered for whoever comes next.
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def _transmit(self, card: Any, protocol: int, command: bytes, given_up: threading.Event) -> bytes:
        if given_up.is_set():
            raise _GivenUp
        _log.log(TRAFFIC, "%s > %s", self._reader, command.hex(" "))
        code, answer = scard.SCardTransmit(card, protocol, list(command))
        self._check(code, "transmit")
        if not answer:  # some readers report a card that was pulled in mid-command as success with nothing
            raise self._pulled_or_broken("transmit: an empty answer")
        _log.log(TRAFFIC, "%s < %d bytes, status %s", self._reader, len(answer), bytes(answer[-2:]).hex())
        return bytes(answer)

    def _wait(self, given_up: threading.Event, *, present: bool) -> int:
        """Wait until a card is, or is not, in the reader; return the state of the reader."""
        state = self._state(0, scard.SCARD_STATE_UNAWARE)
        while bool(state & scard.SCARD_STATE_PRESENT) is not present:
            if given_up.is_set():
                raise _GivenUp
            state = self._state(_SLICE_MS, state)
        return state

    def _state(self, limit_ms: int, known: int) -> int:
        """Return the state of the reader as soon as it differs from ``known``, or when the time is over."""
        if self._context is None:
            raise DeviceGone("not open")
        code, states = scard.SCardGetStatusChange(self._context, limit_ms, [(self._reader, known)])
        if code not in _KEEP_WAITING:
            raise DeviceGone(f"wait: {_words(code)}")
        if code == scard.SCARD_E_CANCELLED or not states:
            return known
        state = int(states[0][1])
        if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE | scard.SCARD_STATE_IGNORE):
            raise DeviceGone(f"the reader left: state {state:#x}")
        return state & ~int(scard.SCARD_STATE_CHANGED)

    def _check(self, code: int, what: str) -> None:
        if code == scard.SCARD_S_SUCCESS:
            return
        detail = f"{what}: {_words(code)}"
        if code in _REMOVED:
            raise MediaRemoved(detail)
        if code in _UNREADABLE:
            raise MediaUnreadable(detail)
        if code == scard.SCARD_E_SHARING_VIOLATION:
            raise DeviceRefused(f"{detail}: another program holds the card")
        if code in _UNCLEAR:
            raise self._pulled_or_broken(detail)
        raise DeviceGone(detail)

    def _pulled_or_broken(self, detail: str) -> MediaRemoved | MediaUnreadable:
        state = self._state(0, scard.SCARD_STATE_UNAWARE)
        if state & scard.SCARD_STATE_PRESENT:
            state = self._state(_PULLED_MS, state)
        return MediaUnreadable(detail) if state & scard.SCARD_STATE_PRESENT else MediaRemoved(detail)


def _words(code: int) -> str:
    return f"{scard.SCardGetErrorMessage(code).strip()} (0x{code & 0xFFFFFFFF:08X})"
