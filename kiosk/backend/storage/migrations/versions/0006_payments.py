"""Fees: orders, payments, refunds, fiscal receipts.

Revision: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
    _ours()
    _provider()


def _ours() -> None:
    op.create_table(
        "payment_order",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=False),
        sa.Column("payer", sa.Integer(), nullable=False),
        sa.Column("session", sa.String(length=80), nullable=False),
        sa.Column("terminal", sa.String(length=80), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("qr", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("paid_at", sa.Float(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("application", sa.Integer(), nullable=True),
        sa.Column("meant_for", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["application"], ["application.id"], name=op.f("fk_payment_order_application")),
        sa.ForeignKeyConstraint(["meant_for"], ["application.id"], name=op.f("fk_payment_order_meant_for")),
        sa.ForeignKeyConstraint(["payer"], ["resident.id"], name=op.f("fk_payment_order_payer")),
        sa.ForeignKeyConstraint(["resident"], ["resident.id"], name=op.f("fk_payment_order_resident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_order")),
        sa.UniqueConstraint("payer", "key", name=op.f("uq_payment_order_payer_key")),
    )
    op.create_index(op.f("ix_payment_order_resident_session"), "payment_order", ["resident", "session"])
    op.create_index(op.f("ix_payment_order_state_not_before"), "payment_order", ["state", "not_before"])
    op.create_table(
        "fee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("settled_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["application"], ["application.id"], name=op.f("fk_fee_application")),
        sa.ForeignKeyConstraint(["payment_order"], ["payment_order.id"], name=op.f("fk_fee_payment_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee")),
        sa.UniqueConstraint("application", "item", name=op.f("uq_fee_application_item")),
    )
    op.create_index(op.f("ix_fee_payment_order"), "fee", ["payment_order"])
    op.create_index(op.f("ix_fee_settled_at"), "fee", ["settled_at"])
    op.create_table(
        "money_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction", sa.String(length=64), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.Float(), nullable=False),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("use", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["payment_order"], ["payment_order.id"], name=op.f("fk_money_in_payment_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_in")),
        sa.UniqueConstraint("transaction", name=op.f("uq_money_in_transaction")),
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("money", sa.Integer(), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=80), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["money"], ["money_in.id"], name=op.f("fk_refund_money")),
        sa.ForeignKeyConstraint(["payment_order"], ["payment_order.id"], name=op.f("fk_refund_payment_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("money", "item", name=op.f("uq_refund_money_item")),
    )
    op.create_index(op.f("ix_refund_state_not_before"), "refund", ["state", "not_before"])
    op.create_table(
        "fiscal_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("check_code", sa.String(length=6), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("issued_at", sa.Float(), nullable=False),
        sa.Column("voided_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["payment_order"], ["payment_order.id"], name=op.f("fk_fiscal_receipt_payment_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_receipt")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_fiscal_receipt_code_number")),
    )
    op.create_index(op.f("ix_fiscal_receipt_payment_order"), "fiscal_receipt", ["payment_order"])
    op.create_table(
        "settlement",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("ours_fen", sa.BigInteger(), nullable=False),
        sa.Column("theirs_fen", sa.BigInteger(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_settlement")),
    )
    op.create_table(
        "settlement_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("ours_fen", sa.BigInteger(), nullable=False),
        sa.Column("theirs_fen", sa.BigInteger(), nullable=False),
        sa.Column("found_at", sa.Float(), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("remark", sa.String(length=200), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_difference")),
        sa.UniqueConstraint("kind", "reference", name=op.f("uq_settlement_difference_kind_reference")),
    )


def _provider() -> None:
    """Add the books of the simulated provider."""
    op.create_table(
        "simulated_charge",
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("payment_order", name=op.f("pk_simulated_charge")),
        sa.UniqueConstraint("code", name=op.f("uq_simulated_charge_code")),
    )
    op.create_table(
        "simulated_transaction",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("payment_order", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulated_transaction")),
        sa.UniqueConstraint("reference", name=op.f("uq_simulated_transaction_reference")),
    )
    op.create_index(op.f("ix_simulated_transaction_at"), "simulated_transaction", ["at"])
    op.create_index(op.f("ix_simulated_transaction_payment_order"), "simulated_transaction", ["payment_order"])
    op.create_table(
        "simulated_notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transaction", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.Float(), nullable=False),
        sa.Column("delivered_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_simulated_notification")),
        sa.UniqueConstraint("transaction", name=op.f("uq_simulated_notification_transaction")),
    )
    op.create_index(
        op.f("ix_simulated_notification_delivered_at_not_before"),
        "simulated_notification",
        ["delivered_at", "not_before"],
    )
