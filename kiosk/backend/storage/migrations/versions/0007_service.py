"""Ratings that are followed up, complaints, queue tickets.

Revision: 0007
"""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
