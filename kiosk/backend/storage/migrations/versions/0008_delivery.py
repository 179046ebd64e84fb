"""How results reach people, and the pages on their phones.

Revision: 0008
"""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
