"""Messages about fees: what is due, a payment order with its QR code, and what became of the money.

The kiosk pays before it submits (design §7): ask what is due, show the code, wait for ``paid``, then name the order in
``ApplicationRequest.payment``. An application that arrives without its payment is not lost: its items wait for it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kiosk.contract.messages import Authority, IssuedDocument, Label, Message
from kiosk.words import Text


class FeesRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/fees`` (B): what has to be paid for these items, by this person.

    Registers are asked for what the law lets off a fee (低保, 残疾人 …), with the notice, and it stands in the ledger.
    """

    items: tuple[Label, ...]
    notice: Label
    """Version of the notice the holder has seen."""
    authority: Authority | None = None
    """The fees are those of its principal; with a letter nobody is asked and nothing is let off."""


class FeeLine(Message, frozen=True, kw_only=True):
    """One item's fee."""

    item: str
    name: Text
    department_name: Text
    full_fen: int
    """As published."""
    amount_fen: int
    """What this person pays."""
    says: Text | None = None
    """Why it is less."""
    basis: str = ""
    """The law that lets it off."""


class Fees(Message, frozen=True, kw_only=True):
    """Answer to ``FeesRequest``. Items without a fee, and those paid at a counter, have no line."""

    lines: tuple[FeeLine, ...]
    amount_fen: int
    """0: nothing to pay, submit without an order."""
    unavailable: tuple[str, ...] = ()
    """Registers that did not answer: what they could let off is not let off now."""


class PaymentRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/payments`` (B, ``Idempotency-Key``): make an order for the fees of these items. 201 ``Payment``.

    The backend reckons the amounts itself. With ``application`` it is for items of it that wait for their payment.
    """

    items: tuple[Label, ...]
    notice: Label
    session: Label
    terminal: Label
    authority: Authority | None = None
    application: Label = ""
    """Number of an application that is waiting for its payment; empty: one that is still to be submitted."""


class PaymentState(StrEnum):
    """Where an order is."""

    CREATED = "created"
    """The code can be paid."""
    PAID = "paid"
    EXPIRED = "expired"
    """Not paid in time. Money that still comes goes back by itself."""
    CANCELLED = "cancelled"
    REFUNDING = "refunding"
    """Money is on its way back."""
    REFUNDED = "refunded"
    """All of it is back. What is refunded of a part stands in ``refunds``, and the order stays ``paid``."""


FINAL = frozenset({PaymentState.EXPIRED, PaymentState.CANCELLED, PaymentState.REFUNDED})
"""States that nothing comes after."""


class PaymentRefund(Message, frozen=True, kw_only=True):
    """Money that goes back, or is back."""

    amount_fen: int
    says: Text
    """Why."""
    at: datetime
    done: bool


class Payment(Message, frozen=True, kw_only=True):
    """An order. ``GET /v1/payments/{payment}`` (B); ``DELETE`` cancels one that is not paid (204).

    ``GET /v1/payments/{payment}/events`` (B): server-sent events named ``payment`` with this message, the present one
    first, then one for each change, and ``end`` when it is paid or final. A comment at least every 10 s.
    """

    id: str
    """Goes into ``ApplicationRequest.payment`` once it is paid."""
    state: PaymentState
    lines: tuple[FeeLine, ...]
    amount_fen: int
    qr: str
    """What the code says; empty once it cannot be paid any more."""
    payee: Text
    """Who receives it."""
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None = None
    application: str = ""
    """Number of the application it was used for."""
    receipt: IssuedDocument | None = None
    """Electronic fiscal receipt (财政电子票据), once it is paid; gone when it was voided."""
    refunds: tuple[PaymentRefund, ...] = ()


class SimulatedPayment(Message, frozen=True, kw_only=True):
    """``POST /v1/simulated-phone/payments``: scan a code with the simulated phone and pay it. 201 ``SimulatedPaid``.

    Only in simulated profiles, else 404. 409 ``payment.closed`` when the code is spent, cancelled or too old.
    """

    qr: str


class SimulatedPaid(Message, frozen=True, kw_only=True):
    """What the simulated phone shows after paying."""

    transaction: str
    amount_fen: int
    subject: str
    """What it was for, as the payer reads it."""
