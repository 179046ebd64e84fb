"""What people do with a case after it was filed: asked for, handed in, withdrawn, decided; and the clock.

Revision: 0003
"""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add tables and columns; what is there stays as it is."""
