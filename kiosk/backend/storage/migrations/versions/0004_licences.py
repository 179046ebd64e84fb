"""Licences with their state, the registers' outages, and a ledger that nobody can change.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

APPEND_ONLY = ("ledger", "revocation")


def upgrade() -> None:
    """Add tables and columns, and forbid changing what may only grow; what is there stays as it is."""
    for name, length in (("clerk", 40), ("department", 60), ("case_number", 44)):
        op.add_column("ledger", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    _tables()
    op.create_index(op.f("ix_licence_valid_until"), "licence", ["valid_until"])
    op.create_index(op.f("ix_document_valid_until"), "document", ["valid_until"])
    op.create_index(op.f("ix_document_resident"), "document", ["resident"])
    if op.get_bind().dialect.name == "postgresql":
        _forbid_postgresql()
    else:
        _forbid_sqlite()


def _tables() -> None:
    op.create_table(
        "licence_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["resident"], ["resident.id"], name=op.f("fk_licence_status_resident_resident")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_licence_status")),
        sa.UniqueConstraint("issuer", "position", name=op.f("uq_licence_status_issuer_position")),
        sa.UniqueConstraint("type", "number", "resident", name=op.f("uq_licence_status_type_number_resident")),
    )
    op.create_table(
        "revocation",
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["status"], ["licence_status.id"], name=op.f("fk_revocation_status_licence_status")),
        sa.PrimaryKeyConstraint("status", name=op.f("pk_revocation")),
    )
    op.create_table(
        "register_outage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=False),
        sa.Column("ends_at", sa.Float(), nullable=True),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_outage")),
    )
    op.create_index(op.f("ix_register_outage_ends_at"), "register_outage", ["ends_at"])


def _forbid_sqlite() -> None:
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _forbid_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
