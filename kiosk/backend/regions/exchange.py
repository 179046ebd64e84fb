"""What stands between cities: the platform that carries parcels and their answers (国家、省政务服务平台)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kiosk.contract import Parcel, ParcelAnswer


class ExchangeDown(OSError):
    """The exchange does not answer. Whether it took what was sent is not known: send it again, it is one parcel."""


class Exchange(Protocol):
    """Carries parcels. Everything may be done twice and has its effect once: a parcel's id names it.

    The methods wait for a network and are called on threads. All raise ``ExchangeDown``.
    """

    def send(self, parcel: Parcel) -> None:
        """Hand over an application that another city decides."""

    def answer(self, parcel: str) -> ParcelAnswer | None:
        """Return what the other city has answered up to now, if anything."""

    def arrived(self) -> Sequence[Parcel]:
        """Return the applications that this city is to decide and has not closed by a final answer."""

    def reply(self, answer: ParcelAnswer) -> None:
        """Tell the city where it was filed what became of it."""
