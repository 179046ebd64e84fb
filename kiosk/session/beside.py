"""What somebody does beside a matter, as a session holds it: a place in the queue of a hall (取号)."""

from __future__ import annotations

import msgspec

from kiosk.contract import Hall, Ticket


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """The halls with their queues, and the place that was taken."""

    halls: tuple[Hall, ...] | None = None
    """``None``: not told yet."""
    ticket: Ticket | None = None
