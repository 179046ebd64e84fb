"""Messages about what is a person's own: who used their data, and their electronic licences (电子证照)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from kiosk.contract.messages import Message
from kiosk.words import Text


class Looked(StrEnum):
    """Why data was looked at."""

    FACTS = "facts"
    """to fill in a form"""
    MATERIALS = "materials"
    """to find what replaces a material"""
    SUBMISSION = "submission"
    """to check and decide an application"""
    WINDOW = "window"
    """by a clerk at the comprehensive window"""
    ENTITLEMENTS = "entitlements"
    """to tell what somebody is entitled to (免申即享)"""
    LICENCES = "licences"
    """to show the person a licence of theirs"""
    OTHER = "other"


class LookerKind(StrEnum):
    """Who looked."""

    SELF = "self"
    """the person themselves, at a terminal"""
    AGENT = "agent"
    """an authorised agent (代理人/经办人)"""
    CLERK = "clerk"
    """a clerk (窗口人员)"""
    DEPARTMENT = "department"
    """a department's rules, without a person"""


class LedgerSource(Message, frozen=True, kw_only=True):
    """One register, or one kind of licence, that was asked."""

    source: str
    """``register.population``, ``licence.business-licence``; ``case`` for what stands in an application."""
    name: Text
    department_name: Text | None = None
    """Who keeps it."""
    elements: tuple[Text, ...]
    """What was asked of it: names, never values."""


class LedgerEntry(Message, frozen=True, kw_only=True):
    """Once that somebody used the person's data (谁用了我的数据)."""

    id: str
    at: datetime
    looked: Looked
    by: LookerKind
    who: Text
    """In words: yourself, the agent's masked name, the clerk's number and department."""
    department_name: Text | None = None
    """Of the clerk, or whose rules decided."""
    terminal: str = ""
    helper: str = ""
    """Staff number of who stood beside (帮办代办员)."""
    matter: str
    matter_name: Text
    item_names: tuple[Text, ...] = ()
    """What exactly it was for, where the matter alone does not say it."""
    case: str = ""
    """Number of the case or application that was looked at."""
    sources: tuple[LedgerSource, ...]
    notice: str
    """Version of the notice (告知) it was done under."""


class LedgerPage(Message, frozen=True, kw_only=True):
    """``GET /v1/ledger?before=&limit=``: newest first."""

    entries: tuple[LedgerEntry, ...]
    next: str = ""
    """Give it as ``before`` for the page after this; empty: there is none."""


class LicenceState(StrEnum):
    """Whether a licence is good today."""

    VALID = "valid"
    EXPIRING = "expiring"
    """valid, and runs out within ninety days, or is in the last quarter of a short life"""
    EXPIRED = "expired"
    REVOKED = "revoked"


class LicenceUse(Message, frozen=True, kw_only=True):
    """An item for which the licence stands instead of a paper."""

    item: str
    item_name: Text


class HeldLicence(Message, frozen=True, kw_only=True):
    """One of ``GET /v1/licences``: no values in it.

    Of an enterprise, its legal representative sees them.
    """

    number: str
    """For ``GET /v1/licences/{number}``; of a licence held before, not the number that stands on it."""
    printed_number: str
    """The number that stands on it."""
    type: str
    title: Text
    issuer: Text
    issued_on: date
    valid_until: date | None = None
    state: LicenceState
    says: Text
    """The state in a sentence, and what to do next."""
    issued_here: bool
    """Issued by an application here; otherwise held before."""
    uses: tuple[LicenceUse, ...] = ()
    """The first of the items it can be used for."""
    uses_count: int = 0
    """How many there are."""


class LicenceDetail(HeldLicence, frozen=True, kw_only=True):
    """``GET /v1/licences/{number}``; ``…/pdf?language=`` is the sealed PDF of the same."""

    fields: tuple[tuple[Text, str], ...]
    qr: str
    """Signed, for ``kiosk licence verify``; of a licence that is not in force, too: it says so to who checks."""
    case: str = ""
    revoked_on: date | None = None
    reason: str = ""
    """Why it was revoked, as the clerk wrote it."""


class RevocationList(Message, frozen=True, kw_only=True):
    """One of ``GET /v1/revocations``: what one issuer has revoked, as a signed status list.

    Fetched, kept and used without a network (``kiosk licence verify --revocations``); ``ETag`` says whether it changed.
    """

    issuer: str
    """Department."""
    key_id: str
    status_list: str
    """Status List Token (draft-ietf-oauth-status-list), JWS compact with Ed25519."""
