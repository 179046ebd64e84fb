"""What can happen to a session beside a matter: intents of the citizen, and news from the world."""

from __future__ import annotations

from kiosk.contract import Hall, Ticket
from kiosk.session.events import Event, Intent

# --- intents ---------------------------------------------------------------------------------------------------


class QueueWanted(Intent, frozen=True, kw_only=True):
    """I want to go to a counter: give me a number (取号)."""


class TicketWanted(Intent, frozen=True, kw_only=True):
    """A number for this."""

    hall: str
    service: str


# --- news ------------------------------------------------------------------------------------------------------


class HallsFound(Event, frozen=True, kw_only=True):
    """The halls with their queues as they are now."""

    halls: tuple[Hall, ...]


class TicketTaken(Event, frozen=True, kw_only=True):
    """A place in the queue."""

    ticket: Ticket


class BesidePrinted(Event, frozen=True, kw_only=True):
    """The slip came out; ``proven`` when the printer confirmed it."""

    of: str
    """What is on it: the id of a ticket."""
    proven: bool


class BesideFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, of the slip came out."""

    of: str
    code: str
