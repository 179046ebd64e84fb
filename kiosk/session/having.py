"""What a verified person is shown of their own (我的), and what they do with it, as a session holds it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from kiosk.catalogue.model import MaterialNeed
from kiosk.contract import (
    Application,
    ApplicationPage,
    Awaited,
    CaseDetail,
    Complaint,
    Delivery,
    DraftSummary,
    Entitlements,
    HeldLicence,
    IssuedDocument,
    LedgerEntry,
    LicenceDetail,
    Mandate,
    Payment,
    PaymentState,
    Reminder,
)
from kiosk.forms.model import PageRef

PAID: Final = (PaymentState.PAID, PaymentState.REFUNDING, PaymentState.REFUNDED)
"""States of an order whose money came."""


class Errand(StrEnum):
    """What somebody came for."""

    SERVICE = "service"
    """to have something done"""
    MINE = "mine"
    """to look after what is theirs: cases, licences, who used their data"""


class Told(StrEnum):
    """A part of what is somebody's own that the backend tells, or not."""

    CASES = "cases"
    LICENCES = "licences"
    ENTITLEMENTS = "entitlements"
    REMINDERS = "reminders"
    DRAFTS = "drafts"
    COMPLAINTS = "complaints"


class Mine(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is theirs, at a glance. What the backend did not tell is named, and never taken for nothing."""

    cases: ApplicationPage = ApplicationPage(applications=())
    licences: tuple[HeldLicence, ...] = ()
    entitlements: Entitlements = Entitlements(entitlements=())
    reminders: tuple[Reminder, ...] = ()
    drafts: tuple[DraftSummary, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    untold: tuple[Told, ...] = ()


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """The case on the screen."""

    detail: CaseDetail
    tag: str
    """The version of it that is seen: what is done with it is done with this one."""
    payment: Payment | None = None
    """What was paid for it, with the fiscal receipt and what went back."""
    delivery: Delivery | None = None
    """How its result reaches them, where something is delivered at all."""
    delivery_tag: str = ""
    """The version of that choice."""
    done: str = ""
    """What was just done with it: ``supplement``, ``correct``, ``withdraw``, ``rate``, ``pay``."""


class Mend(StrEnum):
    """How a case that was filed is put in order."""

    SUPPLEMENT = "supplement"
    """补正, 容缺: what was asked for, and nothing else"""
    CORRECT = "correct"
    """更正: answers of what is not decided yet"""


class Mending(msgspec.Struct, frozen=True, kw_only=True):
    """A case that is being put in order."""

    kind: Mend
    application: Application
    """As it was filed."""
    awaited: tuple[Awaited, ...] = ()
    """What was asked for."""
    needs: tuple[MaterialNeed, ...] = ()
    """Of it, what is photographed."""
    asked: tuple[PageRef, ...] = ()
    """Of it, what is answered anew."""
    given: frozenset[PageRef] = frozenset()
    """Of that, what was."""


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """Who used their data, newest first, as far as it was leafed through."""

    entries: tuple[LedgerEntry, ...]
    next: str = ""
    """Where it goes on; empty: that is all."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A document on the screen that can be shown by its code, and printed."""

    document: IssuedDocument
    licence: LicenceDetail | None = None
    """What is known of it besides, when it is one of their licences."""


def sheet_of(licence: LicenceDetail) -> Sheet:
    """Return a licence as a document to show."""
    document = IssuedDocument(
        number=licence.printed_number,
        type=licence.type,
        title=licence.title,
        fields=licence.fields,
        issued_on=licence.issued_on,
        valid_until=licence.valid_until,
        issuer=licence.issuer,
        qr=licence.qr,
    )
    return Sheet(document=document, licence=licence)


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be paid before it goes on."""

    items: tuple[str, ...]
    application: str = ""
    """Number of the application that waits for it; empty: it is submitted once it is paid."""
    signed_at: datetime | None = None
    """When it was signed; it is submitted with this moment."""
    orders: int = 0
    """How many were made: each has a key of its own."""
    payment: Payment | None = None
    remaining_s: int = 0
    """Until the code expires."""
    unwatched: bool = False
    """The backend does not say whether it is paid; it is asked until it does."""

    @property
    def open(self) -> bool:
        """Whether the code on the screen can be paid."""
        return self.payment is not None and self.payment.state is PaymentState.CREATED

    @property
    def paid(self) -> bool:
        """Whether the money came; what of it goes back later stands in the case."""
        return self.payment is not None and self.payment.state in PAID
