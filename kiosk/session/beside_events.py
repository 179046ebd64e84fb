"""What can happen to a session beside a matter: intents of the citizen, and news from the world."""

from __future__ import annotations

from kiosk.contract import Complaint, ComplaintKind, Delivery, Hall, Ticket, Verdict, Way
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


class DeliveryWanted(Intent, frozen=True, kw_only=True):
    """Let me choose how the result reaches me."""


class DeliveryChosen(Intent, frozen=True, kw_only=True):
    """This way; for the post with an address, else with a collection point where one is needed."""

    way: Way
    point: str = ""
    division: str = ""
    detail: str = ""
    phone: str = ""


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


class DeliveryKept(Event, frozen=True, kw_only=True):
    """How the result reaches them now."""

    delivery: Delivery
    tag: str
    code: str = ""
    """Why what was wanted was not taken."""


class BesidePrinted(Event, frozen=True, kw_only=True):
    """The slip came out; ``proven`` when the printer confirmed it."""

    of: str
    """What is on it: the id of a ticket, the number of a complaint."""
    proven: bool


class BesideFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, of the slip came out."""

    of: str
    code: str
