"""What the world must do about what is somebody's own."""

from __future__ import annotations

from kiosk.contract import (
    CorrectionRequest,
    EntitlementAcceptance,
    PaymentRequest,
    SupplementRequest,
    WithdrawalRequest,
)
from kiosk.session.effects import Effect
from kiosk.session.state import Session


class LookAtMine(Effect, frozen=True, kw_only=True):
    """Ask for everything that is theirs. ``MineFound`` or ``BackendFailed``."""

    notice: str


class FetchCase(Effect, frozen=True, kw_only=True):
    """Fetch one case. ``CaseFound`` or ``BackendFailed``."""

    number: str
    done: str = ""


class FetchApplication(Effect, frozen=True, kw_only=True):
    """Fetch what was filed. ``ApplicationFound`` or ``BackendFailed`` for ``request``."""

    number: str
    request: str


class SendSupplement(Effect, frozen=True, kw_only=True):
    """Hand in what was asked for. ``CaseFound`` or ``BackendFailed``."""

    case: str
    tag: str
    request: SupplementRequest


class SendCorrection(Effect, frozen=True, kw_only=True):
    """Correct what was said. ``CaseFound`` or ``BackendFailed``; safe to repeat with its key."""

    application: str
    case: str
    key: str
    request: CorrectionRequest


class Withdraw(Effect, frozen=True, kw_only=True):
    """Take a case back. ``CaseFound`` or ``BackendFailed``."""

    case: str
    tag: str
    request: WithdrawalRequest


class AskReminders(Effect, frozen=True, kw_only=True):
    """Ask what else waits for them. ``RemindersFound``, or nothing: nobody waits for it."""


class FetchLicence(Effect, frozen=True, kw_only=True):
    """Fetch one licence. ``LicenceFound`` or ``BackendFailed``."""

    number: str


class FetchUses(Effect, frozen=True, kw_only=True):
    """Fetch a page of who used their data. ``UsesFound`` or ``BackendFailed``."""

    before: str = ""


class LookUpNumber(Effect, frozen=True, kw_only=True):
    """Ask what a number shows. ``StatusFound`` or ``BackendFailed``."""

    number: str


class TakeBenefit(Effect, frozen=True, kw_only=True):
    """Take what they are entitled to. ``BenefitTaken`` or ``BackendFailed``; safe to repeat with its key."""

    policy: str
    key: str
    acceptance: EntitlementAcceptance


class PrintSheet(Effect, frozen=True, kw_only=True):
    """Print the document on the screen. ``SheetPrinted`` or ``SheetFailed``."""

    session: Session


class MakeOrder(Effect, frozen=True, kw_only=True):
    """Ask what is due and make an order for it. ``OrderMade`` or ``BackendFailed``; safe to repeat with its key."""

    key: str
    request: PaymentRequest


class CancelOrder(Effect, frozen=True, kw_only=True):
    """Cancel an order that is not wanted any more; nobody waits for it, and it outlives the session."""

    payment: str
