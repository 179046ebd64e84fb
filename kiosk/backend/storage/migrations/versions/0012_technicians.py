"""Which secret for technicians' codes a terminal has.

Revision: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the column; until its next report a terminal has none."""
    op.add_column("terminal_health", sa.Column("door", sa.Integer(), nullable=False, server_default="0"))
