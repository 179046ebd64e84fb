"""The command line, and the one place that wires everything together."""

from __future__ import annotations


def main() -> int:
    """Run ``kiosk``."""
    return 0
