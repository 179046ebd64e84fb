"""Fees: orders, payments, refunds, fiscal receipts.

Revision: 0006
"""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
