"""Staff sign in to pages of their own; what they do is recorded row upon row.

Revision: 0011
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add tables and columns; whoever is on the staff stays the helper they were."""
    op.add_column("staff", sa.Column("roles", sa.String(length=80), nullable=False, server_default="helper"))
    op.add_column("staff", sa.Column("departments", sa.Text(), nullable=False, server_default=""))
    # what was decided today is counted on the first page of every desk
    op.create_index(op.f("ix_case__decided_at"), "case_", ["decided_at"])
    op.create_table(
        "staff_session",
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("signed_in_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("expires_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_staff_session")),
    )
    op.create_index(op.f("ix_staff_session_staff"), "staff_session", ["staff"])
    op.create_index(op.f("ix_staff_session_expires_at"), "staff_session", ["expires_at"])
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
    )
    op.create_index(op.f("ix_audit_act_address_at"), "audit", ["act", "address", "at"])
    op.create_index(op.f("ix_audit_about"), "audit", ["about"])
    op.create_table(
        "case_claim",
        sa.Column("case_number", sa.String(length=44), nullable=False),
        sa.Column("staff", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Float(), nullable=False),
        sa.Column("until", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["case_number"], ["case_.number"], name=op.f("fk_case_claim_case_number_case_")),
        sa.PrimaryKeyConstraint("case_number", name=op.f("pk_case_claim")),
    )
    op.create_index(op.f("ix_case_claim_staff"), "case_claim", ["staff"])
