"""Routes of heavy vehicles; applications filed in one place and decided in another.

Revision: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add tables; what is there stays as it is."""
    op.create_table(
        "case_route",
        sa.Column("case_number", sa.String(44), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("case_number", name="pk_case_route"),
    )
    op.create_table(
        "parcel_out",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("application", sa.Integer, nullable=False),
        sa.Column("case_number", sa.String(44), nullable=False),
        sa.Column("city", sa.String(12), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("not_before", sa.Float, nullable=False),
        sa.Column("owner", sa.String(40), nullable=True),
        sa.Column("lease_until", sa.Float, nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_out"),
        sa.ForeignKeyConstraint(["application"], ["application.id"], name="fk_parcel_out_application_application"),
        sa.UniqueConstraint("case_number", name="uq_parcel_out_case_number"),
    )
    op.create_index("ix_parcel_out_state_not_before", "parcel_out", ["state", "not_before"])
    op.create_table(
        "parcel_in",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("city", sa.String(12), nullable=False),
        sa.Column("application", sa.Integer, nullable=True),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parcel_in"),
        sa.ForeignKeyConstraint(["application"], ["application.id"], name="fk_parcel_in_application_application"),
    )
