"""Notices, reminders, and what people are entitled to without applying.

Revision: 0005
"""

from __future__ import annotations

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
