"""What every smart-card reader promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from drivers.status import Device, unseen

_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class SocialSecurityCard:
    """The part of a social security card (社保卡, 2nd and 3rd generation) that is free to read: EF05 and EF06.

    It has no readable ``repr``, so that no traceback or log line tells whose card it was.
    """

    card_id: str
    """卡识别码 as hex digits."""
    card_number: str
    """卡号."""
    issued: date
    valid_until: date
    number: str
    """社会保障号码: the ID number of GB 11643."""
    name: str
    sex: str
    """GB/T 2261.1 digit."""
    ethnicity: str
    """GB/T 3304 code, two digits."""
    birth_date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class CardProbe:
    """What a smart-card reader and the card in it measured; no personal data of the card."""

    atr: bytes
    """Answer to reset; empty: no card."""
    protocol: str
    """"T=0" or "T=1"; empty: no card."""
    round_trips_ms: tuple[float, ...]
    """Of a SELECT that every card answers in one way or another."""


class Connection(Protocol):
    """A card, connected and ours alone for as long as a protocol runs on it. Blocking, on the reader's own thread."""

    @property
    def atr(self) -> bytes:
        """Answer to reset; of a contactless card what PC/SC part 3 makes up for it."""

    @property
    def protocol(self) -> str:
        """The transmission protocol, "T=0" or "T=1"."""

    def transmit(self, command: bytes) -> bytes:
        """Send one command; return data and status word. ``apdu.exchange`` takes the detours.

        Raises:
            MediaUnreadable, MediaRemoved: the card does not answer any more.
            DeviceGone: the reader or pcscd left.
        """


class CardReader(Device, Protocol):
    """A PC/SC reader. One call at a time; every call may be cancelled, the reader stays usable."""

    async def open(self) -> str:
        """Find the reader; return its PC/SC name.

        Raises:
            DeviceAbsent: pcscd does not run, or has no such reader.
        """

    async def close(self) -> None:
        """Let go. Safe at any time and more than once; raises nothing."""

    async def read(self, seen: Callable[[bool], None] = unseen) -> SocialSecurityCard:
        """Wait until a card is in the reader, then return what it says.

        Args:
            seen: Told when a card is there and is being read.

        Raises:
            WrongMedia: a card, but no social security card.
            MediaUnreadable, MediaRemoved: try again once the card was taken out and put back.
            DeviceRefused: another program holds the card.
            DeviceGone: the reader or pcscd left; close and open afresh.
        """

    async def run(self, protocol: Callable[[Connection], _T]) -> _T:
        """Wait until a card is in the reader, then run ``protocol`` on it and return what it returns.

        The general way to speak with a card: social security, travel documents and the technician's card are three
        protocols over one connection. The protocol runs in a transaction on the thread of the reader; when the call is
        cancelled, the protocol ends at its next command.

        Raises:
            MediaUnreadable, MediaRemoved: try again once the card was taken out and put back.
            DeviceRefused: another program holds the card.
            DeviceGone: the reader or pcscd left; close and open afresh.
            And whatever ``protocol`` raises, commonly WrongMedia.
        """

    async def removed(self) -> None:
        """Wait until no card is in the reader.

        Raises:
            DeviceGone: the reader or pcscd left; close and open afresh.
        """

    async def probe(self) -> CardProbe:
        """Measure the reader and what is in it; does not wait for a card.

        Raises:
            MediaUnreadable, MediaRemoved: the card does not answer.
            DeviceGone: the reader or pcscd left; close and open afresh.
        """
