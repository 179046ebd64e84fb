"""Applications filed in one place and decided in another.

Revision: 0010
"""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
