"""Terminals, their health, and counts for the bureau.

Revision: 0009
"""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
