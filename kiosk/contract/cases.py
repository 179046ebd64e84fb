"""What happens to an application after it was filed: followed, supplemented, corrected, withdrawn.

``If-Match`` carries the version of the case that is meant, its ``ETag``: whoever comes second is told so (412) and
reads it again. A change that was made already by the same request is answered as if it were made now.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.contract.messages import (
    Case,
    CaseState,
    IssuedDocument,
    Label,
    Message,
    Stroke,
    SuppliedMaterial,
    WireAnswers,
)
from kiosk.words import Text

Reason = Annotated[str, msgspec.Meta(max_length=500)]
"""Something said in one's own words."""


class CaseAction(StrEnum):
    """What its holder can do with a case, or with an application, as it is now."""

    WITHDRAW = "withdraw"
    CORRECT = "correct"
    SUPPLEMENT = "supplement"
    RATE = "rate"
    COLLECT = "collect"
    """There is a licence or certificate to take away, by one of the item's ways of delivery."""


class CaseBrief(Message, frozen=True, kw_only=True):
    """A case in a list."""

    number: str
    item: str
    item_name: Text
    department_name: Text
    state: CaseState
    reason: Text
    due_on: date | None = None
    appointment: datetime | None = None
    overdue: bool = False
    waits: int = 0
    """How many things it waits for from the applicant."""
    waits_until: date | None = None
    """The nearest day of them."""
    version: int
    actions: tuple[CaseAction, ...] = ()


class ApplicationSummary(Message, frozen=True, kw_only=True):
    """An application in a list."""

    number: str
    matter: str
    matter_name: Text
    received_at: datetime
    applicant: str
    """Name; of the principal where an agent filed it."""
    agent: str = ""
    entry: int | None = None
    revision: int = 1
    finished: bool
    """All its cases are decided or withdrawn, and nothing is left to be handed in."""
    rated: bool = False
    cases: tuple[CaseBrief, ...]
    actions: tuple[CaseAction, ...] = ()
    """What can be done with the application as a whole: ``correct``, ``rate``."""


class ApplicationPage(Message, frozen=True, kw_only=True):
    """``GET /v1/applications?before=&limit=``: newest first; what I filed for others while I may see it."""

    applications: tuple[ApplicationSummary, ...]
    before: str = ""
    """Number to go on from; empty: this was the last page."""
    waiting: int = 0
    """How many things all of them wait for from me."""


class Actor(StrEnum):
    """Who did something; a clerk's name is not told."""

    RULES = "rules"
    PERSON = "person"
    """A member of staff of the department."""
    APPLICANT = "applicant"
    """The applicant, or who acts for them."""


class TimelineLine(Message, frozen=True, kw_only=True):
    """Something that happened to a case."""

    at: datetime
    what: str
    """``submitted``, ``approved``, ``accepted``, ``asked`` … ; a code that does not change, more may come."""
    who: Actor
    department_name: Text
    says: Text


class ObligationKind(StrEnum):
    """What stays to be done, whatever was decided."""

    MATERIAL = "material"
    """容缺: a material handed in later"""
    PROMISE = "promise"
    """告知承诺: a promise, checked afterwards by the department (事后核查)"""
    PUT_RIGHT = "put-right"
    """整改: something a visit or a check found"""


class ObligationState(StrEnum):
    """How far an obligation is."""

    OPEN = "open"
    HANDED_IN = "handed-in"
    """with a clerk, who looks at it"""
    MET = "met"
    MISSED = "missed"
    """the day is over; a person decides what follows. It can still be handed in."""
    BROKEN = "broken"
    """the promise was not kept"""
    RELEASED = "released"
    """fell away: the case was withdrawn, refused or not accepted"""


class Obligation(Message, frozen=True, kw_only=True):
    """Something that stays to be done."""

    kind: ObligationKind
    subject: str
    """Id of the material; of the others a key of their own."""
    words: Text
    """The material's name, the promise as it was given, or what is to be put right."""
    state: ObligationState
    due_on: date
    """A promise: until then the department checks it."""
    closed_at: datetime | None = None
    says: str = ""
    """What the department found, in its words."""


class CaseDetail(Message, frozen=True, kw_only=True):
    """``GET /v1/cases/{case}`` with its ``ETag``; the answer of a withdrawal and of a supplement, too."""

    application: str
    matter: str
    matter_name: Text
    case: Case
    timeline: tuple[TimelineLine, ...]
    """From the first to the newest."""
    obligations: tuple[Obligation, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    """Every document of the case, oldest first; ``case.documents`` are those of its present state."""
    payment: str = ""
    """Id of the order its fee was paid under; ``GET /v1/payments/{payment}`` has its receipt and what went back."""
    actions: tuple[CaseAction, ...] = ()


class WithdrawalRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/cases/{case}/withdrawal`` with ``If-Match``: 撤回, while it is not decided."""

    reason: Reason = ""
    terminal: Label = ""


class SupplementRequest(Message, frozen=True, kw_only=True):
    """``PUT /v1/cases/{case}/supplement`` with ``If-Match``: what was asked for, or was to be handed in later.

    While the case is ``waiting`` everything that was asked has to be there. Otherwise materials that were deferred and
    what was to be put right, all or some.
    """

    materials: tuple[SuppliedMaterial, ...] = ()
    """Of what is to be put right: ``material`` is its ``subject``, ``obtained`` is ``scan``."""
    answers: WireAnswers | None = None
    """The corrected ones; a repeat as a whole."""
    catalogue_version: str = ""
    """Of the form that gave the answers; needed with them."""
    signature: tuple[Stroke, ...] = ()
    """Needed with answers, unless they are ``confirmed``: they are the applicant's word."""
    confirmed: bool = False
    """As ``ApplicationRequest.confirmed``."""
    language: Label = "zh-Hans"
    terminal: Label = ""


class CorrectionRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/applications/{number}/corrections`` with ``Idempotency-Key``: answers of what is not decided yet.

    200 ``Application``: its undecided cases have been looked at anew. The items stay what they are; what was decided
    stays decided. ``If-Match`` is not needed: ``revision`` says which one was corrected.
    """

    revision: int
    """``Application.revision`` that the citizen had before them."""
    answers: WireAnswers
    """All, or only those that change; a repeat as a whole."""
    materials: tuple[SuppliedMaterial, ...] = ()
    """In place of those handed in before."""
    catalogue_version: str
    signature: tuple[Stroke, ...]
    confirmed: bool = False
    """As ``ApplicationRequest.confirmed``."""
    signed_at: datetime
    language: Label = "zh-Hans"
    terminal: Label
    session: Label = ""
