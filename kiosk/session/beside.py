"""What somebody does beside a matter, as a session holds it: a place in a queue (取号), a complaint (投诉)."""

from __future__ import annotations

import msgspec

from kiosk.contract import Complaint, Hall, Ticket
from kiosk.words import Text


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """The halls with their queues, and the place that was taken."""

    halls: tuple[Hall, ...] | None = None
    """``None``: not told yet."""
    ticket: Ticket | None = None


class Plea(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint that is being made, or looked at."""

    about: str = ""
    """Number of the case or the application, or id of the item it is about; empty: none of these."""
    about_name: Text | None = None
    complaint: Complaint | None = None
    taken: bool = False
    """It was made just now."""
