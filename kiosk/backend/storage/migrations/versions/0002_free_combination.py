"""Baskets, appointments at counters, drafts, agents and helpers, counts of what is filed together.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
    _columns()
    _tables()


def _columns() -> None:
    # Alembic would make SQLite copy a table for a column that refers to another; both databases can add it as it stands
    for table in ("ledger", "application"):
        key = f"CONSTRAINT fk_{table}_agent_resident REFERENCES resident (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN agent INTEGER {key}")
    op.add_column("ledger", sa.Column("items", sa.Text(), nullable=False, server_default="[]"))
    for table, name, length in (
        ("ledger", "helper", 40),
        ("verification", "staff", 40),
        ("token", "helper", 40),
        ("application", "applicant", 200),
        ("application", "agent_name", 120),
        ("application", "helper", 40),
    ):
        op.add_column(table, sa.Column(name, sa.String(length=length), nullable=False, server_default=""))


def _tables() -> None:
    op.create_table(
        "staff",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_staff")),
    )
    op.create_table(
        "city",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_city")),
    )
    op.create_table(
        "co_filing",
        sa.Column("first", sa.String(length=80), nullable=False),
        sa.Column("second", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("first", "second", "day", name=op.f("pk_co_filing")),
    )
    op.create_index(op.f("ix_co_filing_day"), "co_filing", ["day"])
    op.create_table(
        "mandate",
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("agent", sa.Integer(), nullable=False),
        sa.Column("principal", sa.Integer(), nullable=False),
        sa.Column("enterprise", sa.String(length=200), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agent"], ["resident.id"], name=op.f("fk_mandate_agent_resident")),
        sa.ForeignKeyConstraint(["principal"], ["resident.id"], name=op.f("fk_mandate_principal_resident")),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_mandate")),
    )
    op.create_index(op.f("ix_mandate_agent"), "mandate", ["agent"])
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=60), nullable=False),
        sa.Column("starts_at", sa.Float(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"], ["application.id"], name=op.f("fk_appointment_application_application")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "department", "starts_at", "counter", name=op.f("uq_appointment_department_starts_at_counter")
        ),
        sa.UniqueConstraint("application", "department", name=op.f("uq_appointment_application_department")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("resident", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=80), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("principal", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["resident"], ["resident.id"], name=op.f("fk_draft_resident_resident")),
        sa.PrimaryKeyConstraint("id", "resident", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "resident", "matter", "items", "principal", name=op.f("uq_draft_resident_matter_items_principal")
        ),
    )
    op.create_index(op.f("ix_draft_expires_at"), "draft", ["expires_at"])
