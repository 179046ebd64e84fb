"""Terminals, their health, and counts for the bureau.

Revision: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
    _terminals()
    _counts()


def _terminals() -> None:
    op.create_table(
        "terminal",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("enrolled_at", sa.Float(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminal")),
    )
    op.create_index(op.f("ix_terminal_revision"), "terminal", ["revision"])
    op.create_table(
        "terminal_enrolment",
        sa.Column("handle", sa.String(length=8), nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("code", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_terminal_enrolment")),
        sa.UniqueConstraint("terminal", name=op.f("uq_terminal_enrolment_terminal")),
    )
    op.create_table(
        "terminal_health",
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("catalogue", sa.String(length=80), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=False),
        sa.Column("devices", sa.Text(), nullable=False),
        sa.Column("last_seen", sa.Float(), nullable=False),
        sa.Column("report", sa.BigInteger(), nullable=False),
        sa.Column("today", sa.Date(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["terminal"], ["terminal.id"], name=op.f("fk_terminal_health_terminal_terminal")),
        sa.PrimaryKeyConstraint("terminal", name=op.f("pk_terminal_health")),
    )
    op.create_index(op.f("ix_terminal_health_rank_terminal"), "terminal_health", ["rank", "terminal"])
    op.create_index(
        op.f("ix_terminal_health_version_rank_terminal"), "terminal_health", ["version", "rank", "terminal"]
    )
    op.create_table(
        "terminal_event",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("terminal", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terminal_event")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_terminal_event_terminal_id"), "terminal_event", ["terminal", "id"])


def _counts() -> None:
    op.create_table(
        "bureau_count",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("grain", sa.String(length=5), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "grain", "scope", "starts_on", "subject", "detail", name=op.f("pk_bureau_count")
        ),
    )
    op.create_table(
        "bureau_mark",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_bureau_mark")),
    )
