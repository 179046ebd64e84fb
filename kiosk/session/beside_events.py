"""What can happen to a session beside a matter: intents of the citizen, and news from the world."""

from __future__ import annotations

from kiosk.contract import Complaint, ComplaintKind, Hall, Ticket, Verdict
from kiosk.session.events import Event, Intent

# --- intents ---------------------------------------------------------------------------------------------------


class QueueWanted(Intent, frozen=True, kw_only=True):
    """I want to go to a counter: give me a number (取号)."""


class TicketWanted(Intent, frozen=True, kw_only=True):
    """A number for this."""

    hall: str
    service: str


class ComplainWanted(Intent, frozen=True, kw_only=True):
    """Something is wrong (投诉), or I could not get it done (办不成事)."""


class ComplaintMade(Intent, frozen=True, kw_only=True):
    """This is wrong."""

    kind: ComplaintKind
    words: str = ""
    phone: str = ""


class ComplaintChosen(Intent, frozen=True, kw_only=True):
    """Show me what became of this complaint."""

    number: str


class Judged(Intent, frozen=True, kw_only=True):
    """Whether the answer solves it."""

    verdict: Verdict


# --- news ------------------------------------------------------------------------------------------------------


class HallsFound(Event, frozen=True, kw_only=True):
    """The halls with their queues as they are now."""

    halls: tuple[Hall, ...]


class TicketTaken(Event, frozen=True, kw_only=True):
    """A place in the queue."""

    ticket: Ticket


class ComplaintTaken(Event, frozen=True, kw_only=True):
    """The complaint is taken: who has it, and until when."""

    complaint: Complaint


class ComplaintJudged(Event, frozen=True, kw_only=True):
    """The complaint after it was said whether the answer solves it."""

    complaint: Complaint


class BesidePrinted(Event, frozen=True, kw_only=True):
    """The slip came out; ``proven`` when the printer confirmed it."""

    of: str
    """What is on it: the id of a ticket, the number of a complaint."""
    proven: bool


class BesideFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, of the slip came out."""

    of: str
    code: str
