"""How results reach people, and the links that lead on to their phones.

Revision: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add tables; what is there stays as it is."""
    _delivery()
    _links()


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("case_number", sa.String(length=44), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("point", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_state_way"), "delivery", ["state", "way"])


def _links() -> None:
    op.create_table(
        "link",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=False),
        sa.Column("terminal", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.Column("browser", sa.LargeBinary(length=32), nullable=True),
        sa.Column("opened_at", sa.Float(), nullable=True),
        sa.Column("done_at", sa.Float(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _refers("link", "resident", "resident"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("secret", name=op.f("uq_link_secret")),
    )
    op.create_index(op.f("ix_link_expires_at"), "link", ["expires_at"])
    op.create_table(
        "link_photo",
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("attachment", sa.String(length=40), nullable=False),
        sa.Column("material", sa.String(length=80), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        _refers("link_photo", "attachment", "attachment"),
        _refers("link_photo", "link", "link"),
        sa.PrimaryKeyConstraint("link", "place", name=op.f("pk_link_photo")),
    )


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
