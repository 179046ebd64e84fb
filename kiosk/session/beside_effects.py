"""What the world must do for what goes on beside a matter."""

from __future__ import annotations

from kiosk.contract import ComplaintRequest, DeliveryRequest, TicketRequest, VerdictRequest
from kiosk.session.effects import Effect
from kiosk.session.state import Session


class FetchHalls(Effect, frozen=True, kw_only=True):
    """Ask how long the queues are. ``HallsFound`` or ``BackendFailed``."""


class TakeTicket(Effect, frozen=True, kw_only=True):
    """Take a place in a queue. ``TicketTaken`` or ``BackendFailed``; twice in a session is the same place."""

    request: TicketRequest


class SendComplaint(Effect, frozen=True, kw_only=True):
    """Complain. ``ComplaintTaken`` or ``BackendFailed``; safe to repeat with its key."""

    key: str
    request: ComplaintRequest


class Judge(Effect, frozen=True, kw_only=True):
    """Say whether an answer solves it. ``ComplaintJudged`` or ``BackendFailed``."""

    number: str
    code: str
    """Opens it for who was not verified; empty for who is."""
    request: VerdictRequest


class ChooseDelivery(Effect, frozen=True, kw_only=True):
    """Choose how a result reaches its owner. ``DeliveryKept`` or ``BackendFailed``."""

    case: str
    tag: str
    request: DeliveryRequest


class PrintBeside(Effect, frozen=True, kw_only=True):
    """Print what is on the screen. ``BesidePrinted`` or ``BesideFailed``."""

    session: Session
    of: str
