"""Fees: orders, the money that came, the money that went back, receipts, and the simulated provider's own books."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.backend.storage.schema.base import metadata

payment_order = Table(
    "payment_order",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("payer", Integer, ForeignKey("resident.id"), nullable=False),
    Column("session", String(80), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("lines", Text, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("state", String(12), nullable=False),
    Column("qr", String(400), nullable=False),
    Column("created_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("paid_at", Float, nullable=True),
    Column("ended_at", Float, nullable=True),
    Column("not_before", Float, nullable=False),
    Column("application", Integer, ForeignKey("application.id"), nullable=True),
    Column("meant_for", Integer, ForeignKey("application.id"), nullable=True),
    Column("key", String(40), nullable=False),
    Column("fingerprint", LargeBinary(32), nullable=False),
    UniqueConstraint("payer", "key"),
    Index(None, "state", "not_before"),
    Index(None, "resident", "session"),
)
"""An order: ``resident`` is whose fee it is, ``payer`` who was verified; ``application`` used it, at most one.

``meant_for`` is an application that was waiting for it when it was made; ``not_before`` when a sweep looks again.
"""

fee = Table(
    "fee",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("item", String(80), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("payment_order", String(40), ForeignKey("payment_order.id"), nullable=True),
    Column("at", Float, nullable=False),
    Column("settled_at", Float, nullable=True),
    UniqueConstraint("application", "item"),
    Index(None, "payment_order"),
    Index(None, "settled_at"),
)
"""What one item of one application costs, and the order that paid it: never two. Without an order it waits.

Settled when its case is: the fee was earned, or is on its way back.
"""

money_in = Table(
    "money_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transaction", String(64), nullable=False, unique=True),
    Column("payment_order", String(40), ForeignKey("payment_order.id"), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("paid_at", Float, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("use", String(10), nullable=False),
)
"""Money the provider says has come, once each; ``kept`` for its order, or ``surplus`` that goes back."""

refund = Table(
    "refund",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("money", Integer, ForeignKey("money_in.id"), nullable=False),
    Column("payment_order", String(40), ForeignKey("payment_order.id"), nullable=False),
    Column("item", String(80), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("reason", String(80), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("at", Float, nullable=False),
    Column("done_at", Float, nullable=True),
    UniqueConstraint("money", "item"),
    Index(None, "state", "not_before"),
)
"""Money that goes back: ``wanted``, ``done`` or ``stuck``. Its id is the provider's idempotency key.

``item`` is empty where all of a payment goes back.
"""

fiscal_receipt = Table(
    "fiscal_receipt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("payment_order", String(40), ForeignKey("payment_order.id"), nullable=False),
    Column("code", String(8), nullable=False),
    Column("number", String(10), nullable=False),
    Column("check_code", String(6), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("document", String(60), nullable=False),
    Column("issued_at", Float, nullable=False),
    Column("voided_at", Float, nullable=True),
    UniqueConstraint("code", "number"),
    Index(None, "payment_order"),
)
"""Electronic fiscal receipts (财政电子票据): ``blue``, or the ``red`` one that takes a blue one back."""

settlement = Table(
    "settlement",
    metadata,
    Column("day", Date, primary_key=True),
    Column("at", Float, nullable=False),
    Column("ours_fen", BigInteger, nullable=False),
    Column("theirs_fen", BigInteger, nullable=False),
    Column("differences", Integer, nullable=False),
)
"""Reconciliation (对账) of one day with the provider's statement."""

settlement_difference = Table(
    "settlement_difference",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("payment_order", String(40), nullable=False),
    Column("ours_fen", BigInteger, nullable=False),
    Column("theirs_fen", BigInteger, nullable=False),
    Column("found_at", Float, nullable=False),
    Column("ended_at", Float, nullable=True),
    Column("ended_by", String(40), nullable=False, server_default=""),
    Column("remark", String(200), nullable=False, server_default=""),
    UniqueConstraint("kind", "reference"),
)
"""What the two books say differently, for the operator; ended by a person, or by itself when they agree again."""

simulated_charge = Table(
    "simulated_charge",
    metadata,
    Column("payment_order", String(40), primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("amount_fen", BigInteger, nullable=False),
    Column("subject", String(200), nullable=False),
    Column("state", String(8), nullable=False),
    Column("expires_at", Float, nullable=False),
)
"""Books of the simulated provider: what can be paid, ``open``, ``paid`` or ``closed``."""

simulated_transaction = Table(
    "simulated_transaction",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("payment_order", String(40), nullable=False),
    Column("reference", String(64), nullable=False, unique=True),
    Column("amount_fen", BigInteger, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "at"),
    Index(None, "payment_order"),
)
"""Books of the simulated provider: each ``payment`` and ``refund``, once a ``reference``."""

simulated_notification = Table(
    "simulated_notification",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transaction", String(64), nullable=False, unique=True),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("delivered_at", Float, nullable=True),
    Index(None, "delivered_at", "not_before"),
)
"""What the simulated provider still has to tell us."""
