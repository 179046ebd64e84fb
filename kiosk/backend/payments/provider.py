"""What a payment provider (支付机构) does for us, whichever it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

import msgspec


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """Money that somebody paid on an order, as the provider says."""

    transaction: str
    """The provider's number, once for each payment."""
    order: str
    amount_fen: int
    paid_at: datetime


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider knows of an order."""

    open: bool
    """Its code can still be paid."""
    money: tuple[Money, ...] = ()


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a day's statement (对账单)."""

    kind: str
    """``payment`` or ``refund``"""
    reference: str
    """Transaction of a payment; of a refund our number of it."""
    order: str
    amount_fen: int
    at: datetime


class ProviderSilentError(Exception):
    """The provider did not answer, or not sensibly: whether it did what was asked is unknown, so ask again."""


class RefundRefusedError(Exception):
    """The provider will not pay back, now or later; a person has to look."""


class NotificationRefusedError(Exception):
    """A notification that is not the provider's, is damaged or too old; nothing was done about it."""


class PaymentProvider(Protocol):
    """A payment provider. Every method may be called again with the same order or refund: it is the same one.

    Raises:
        ProviderSilentError: by each of the async methods.
    """

    async def charge(self, order: str, amount_fen: int, subject: str, expires_at: datetime) -> str:
        """Open ``order`` to be paid; return what its QR code says."""

    async def standing(self, order: str) -> Standing:
        """Return what is known of ``order``; of an unknown one that nothing was paid."""

    async def close(self, order: str) -> Standing:
        """Let nobody pay ``order`` from now on; return what was paid before."""

    async def refund(self, refund: str, transaction: str, amount_fen: int) -> None:
        """Pay back ``amount_fen`` of a payment, once for each ``refund``.

        Raises:
            RefundRefusedError: it will not; nothing was paid back under this number.
        """

    async def statement(self, day: date) -> tuple[StatementLine, ...]:
        """Return everything that was paid and paid back on ``day``, from midnight to midnight."""

    def notification(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Money:
        """Return what a notification says.

        Raises:
            NotificationRefusedError: it is not the provider's own.
        """
