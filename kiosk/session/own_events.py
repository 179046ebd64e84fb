"""What can happen to a session about what is somebody's own: intents of the citizen, and news from the world."""

from __future__ import annotations

from kiosk.contract import Application, CaseDetail, CaseStatus, Delivery, LedgerPage, LicenceDetail, Payment, Reminder
from kiosk.session.events import Event, Intent
from kiosk.session.having import Mine

# --- intents ---------------------------------------------------------------------------------------------------


class MineWanted(Intent, frozen=True, kw_only=True):
    """Show me what is mine (我的): cases, licences, who used my data."""


class NumberWanted(Intent, frozen=True, kw_only=True):
    """Look a case up by its number, without saying who I am."""


class NumberEntered(Intent, frozen=True, kw_only=True):
    """This is the number."""

    number: str


class CaseChosen(Intent, frozen=True, kw_only=True):
    """Show me this case."""

    number: str


class SupplementWanted(Intent, frozen=True, kw_only=True):
    """Hand in what was asked for (补正)."""


class CorrectWanted(Intent, frozen=True, kw_only=True):
    """Correct what I said (更正)."""


class WithdrawWanted(Intent, frozen=True, kw_only=True):
    """Take the application back (撤回)."""


class RateWanted(Intent, frozen=True, kw_only=True):
    """Say how it was."""


class PayWanted(Intent, frozen=True, kw_only=True):
    """Pay what this application waits for."""

    application: str
    items: tuple[str, ...]


class DocumentWanted(Intent, frozen=True, kw_only=True):
    """Show me this document of the case."""

    number: str


class DraftsWanted(Intent, frozen=True, kw_only=True):
    """Show me what I kept for later."""


class LicencesWanted(Intent, frozen=True, kw_only=True):
    """Show me my licences."""


class LicenceChosen(Intent, frozen=True, kw_only=True):
    """Show me this one."""

    number: str


class UsesWanted(Intent, frozen=True, kw_only=True):
    """Show me who used my data; there, show me older uses."""


class BenefitChosen(Intent, frozen=True, kw_only=True):
    """Show me what this policy gives me."""

    policy: str


class AccountChosen(Intent, frozen=True, kw_only=True):
    """Pay it to this account."""

    account: str


class PrintWanted(Intent, frozen=True, kw_only=True):
    """Print the document on the screen."""


# --- news ------------------------------------------------------------------------------------------------------


class MineFound(Event, frozen=True, kw_only=True):
    """What is theirs."""

    mine: Mine


class CaseFound(Event, frozen=True, kw_only=True):
    """A case as it is now."""

    detail: CaseDetail
    tag: str
    payment: Payment | None = None
    """What was paid for it."""
    delivery: Delivery | None = None
    """How its result reaches them."""
    delivery_tag: str = ""
    done: str = ""
    """What was done with it, as in ``Opened``; empty: it was only looked at."""
    code: str = ""
    """Why what was wanted was not done: somebody else changed it before."""


class ApplicationFound(Event, frozen=True, kw_only=True):
    """What was filed."""

    application: Application


class RemindersFound(Event, frozen=True, kw_only=True):
    """What else waits for them."""

    reminders: tuple[Reminder, ...]


class LicenceFound(Event, frozen=True, kw_only=True):
    """One licence with what it says."""

    licence: LicenceDetail


class UsesFound(Event, frozen=True, kw_only=True):
    """Who used their data: one page of it."""

    page: LedgerPage


class StatusFound(Event, frozen=True, kw_only=True):
    """What a number shows."""

    number: str
    statuses: tuple[CaseStatus, ...]


class BenefitTaken(Event, frozen=True, kw_only=True):
    """What they are entitled to was granted."""

    policy: str
    application: Application


class SheetPrinted(Event, frozen=True, kw_only=True):
    """The document came out; ``proven`` when the printer confirmed it."""

    proven: bool


class SheetFailed(Event, frozen=True, kw_only=True):
    """Nothing, or only a part, of the document came out."""

    code: str


class OrderMade(Event, frozen=True, kw_only=True):
    """What has to be paid, with its code; without one nothing has to be paid."""

    payment: Payment | None = None


class PaymentTold(Event, frozen=True, kw_only=True):
    """The payment as the backend has it now."""

    payment: Payment


class PaymentClock(Event, frozen=True, kw_only=True):
    """The code can still be paid for so long."""

    payment: str
    remaining_s: int


class PaymentUnwatched(Event, frozen=True, kw_only=True):
    """The backend does not say whether it is paid; it is asked again."""

    payment: str
    code: str
