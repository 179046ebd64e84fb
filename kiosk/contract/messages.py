"""The messages both sides of the wire share. JSON, names in camelCase, dates ISO 8601, money in fen.

One path per message stands in its docstring; the semantics are in the README beside this file and in the OpenAPI
description that the backend serves at ``/v1/openapi.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec

from kiosk.words import Text

Label = Annotated[str, msgspec.Meta(max_length=80)]
"""A word of the terminal's own, or an id: kept as it is, and no place for anything else."""


class Message(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Unknown keys are ignored, so that either side may be newer."""


class DocumentRef(Message, frozen=True, kw_only=True):
    """A document that was read: enough to find its holder, nothing more."""

    kind: str
    """``drivers.idreader.DocumentKind`` or ``social-security-card``."""
    number: str
    name: str


class VerificationRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/verifications``: send a code to the phone registered for this document's holder."""

    document: DocumentRef
    terminal: Label


class Verification(Message, frozen=True, kw_only=True):
    """A code is on its way."""

    id: str
    phone: str
    """Masked: 138****1234."""
    digits: int
    expires_at: datetime
    attempts_left: int


class CodeCheck(Message, frozen=True, kw_only=True):
    """``POST /v1/verifications/{id}/check``."""

    code: str


class HolderSession(Message, frozen=True, kw_only=True):
    """The person is verified (assurance B); ``token`` goes into ``Authorization: Bearer`` from now on."""

    token: str
    expires_at: datetime


class Authority(Message, frozen=True, kw_only=True):
    """For whom an authorised agent (代理人, for an enterprise 经办人) acts, for what, until when, and by what right.

    The bearer token says who the agent is; both identities and the scope are kept with what is done.
    """

    principal: DocumentRef
    """Who is acted for (被代理人); of an enterprise, its legal representative."""
    items: tuple[str, ...]
    """Ids of the items it is for."""
    valid_until: date
    mandate: str = ""
    """Reference in the register of mandates (``GET /v1/mandates``)."""
    letter: str = ""
    """Attachment with the signed letter, where no register has it: a person confirms it, nothing is told before."""


class FactsRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/facts``: known values, for a purpose. Every pull is recorded for the holder to see."""

    purpose: Label
    """Id of the one-thing or item, or ``basket``."""
    notice: Label
    """Version of the notice the holder has seen."""
    names: tuple[str, ...]
    """``known_from`` names: ``register.population.phone``, ``licence.business.name``."""
    items: tuple[str, ...] = ()
    """The items chosen: must for a ``basket``; of a one-thing they narrow what may be asked."""
    authority: Authority | None = None
    """The facts are those of its principal."""


class Fact(Message, frozen=True, kw_only=True):
    """One known value, as JSON of the kind of its element."""

    name: str
    value: Any
    as_of: date
    source: Text
    """The register's name, for the screen."""


class PauseKind(StrEnum):
    """Why a register does not answer."""

    HOURS = "hours"
    """outside its hours"""
    PLANNED = "planned"
    """a planned outage"""
    OUTAGE = "outage"
    """switched off, slow, or not reached"""
    ASSURANCE = "assurance"
    """it needs a stronger proof of who the person is"""


class RegisterPause(Message, frozen=True, kw_only=True):
    """Why a register does not answer now, and when it will again."""

    register: str
    """As in ``Facts.unavailable``."""
    name: Text
    kind: PauseKind
    says: Text
    """One sentence for the screen: why, until when, and that the citizen fills it in themselves meanwhile."""
    until: datetime | None = None
    """When it is back, where that is known."""


class Facts(Message, frozen=True, kw_only=True):
    """Answer to ``FactsRequest``. What is not known is not there; a register that did not answer is named."""

    facts: tuple[Fact, ...]
    unavailable: tuple[str, ...] = ()
    """Registers that did not answer: their elements are asked instead."""
    pauses: tuple[RegisterPause, ...] = ()
    """Why, for each of ``unavailable``."""


class MaterialRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/materials``: what replaces these materials?"""

    purpose: Label
    notice: Label
    materials: tuple[str, ...]
    """Material ids."""
    items: tuple[str, ...] = ()
    """As in ``FactsRequest``."""
    authority: Authority | None = None


class MaterialFound(Message, frozen=True, kw_only=True):
    """A licence or a register entry that replaces a material."""

    material: str
    obtained: str
    """``licence`` or ``register``"""
    reference: str
    """Licence number or register entry."""
    title: Text
    valid_until: date | None = None


class Materials(Message, frozen=True, kw_only=True):
    """Answer to ``MaterialRequest``; what was not found is not there."""

    found: tuple[MaterialFound, ...]
    pauses: tuple[RegisterPause, ...] = ()
    """Registers and the licence library, where they did not answer: what they would replace has to be given."""


class Attachment(Message, frozen=True, kw_only=True):
    """``POST /v1/attachments`` (body: a JPEG) answers with this."""

    id: str
    sha256: str
    bytes: int


class SuppliedMaterial(Message, frozen=True, kw_only=True):
    """How one material is handed in."""

    material: str
    obtained: str
    """``kiosk.catalogue.Obtained``"""
    reference: str = ""
    """Licence number, register entry, or attachment id."""
    deferred: bool = False


class WireAnswer(Message, frozen=True, kw_only=True):
    """An answer on the wire."""

    value: Any
    """JSON of the kind of its element: dates as ISO text, addresses as ``{division, detail}``."""
    origin: str


class WireAnswers(Message, frozen=True, kw_only=True):
    """``kiosk.forms.Answers`` on the wire, only those on the path."""

    single: Mapping[str, WireAnswer]
    repeats: Mapping[str, tuple[Mapping[str, WireAnswer], ...]] = msgspec.field(default_factory=dict)


class Stroke(Message, frozen=True, kw_only=True):
    """One stroke of a signature: x, y in 1/1000 of the pad's width, t in ms since the first point."""

    points: tuple[tuple[int, int, int], ...]


class ApplicationRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/applications`` with ``Idempotency-Key`` and the holder's bearer token."""

    matter: Label
    """Id of the one-thing or single item, or ``basket``: freely combined (自由组合)."""
    items: tuple[str, ...]
    catalogue_version: str
    answers: WireAnswers
    entry: int | None = None
    """Which entry of the theme's repeat this application is for (``OneThing.per``)."""
    session: Label
    """Joins the applications of one session."""
    terminal: Label
    materials: tuple[SuppliedMaterial, ...]
    notice: Label
    signature: tuple[Stroke, ...]
    confirmed: bool = False
    """In place of a signature: whoever cannot write on glass has heard the answers and confirmed them in words."""
    language: Label
    signed_at: datetime
    authority: Authority | None = None
    """Set when an agent applies for somebody else."""
    decided_in: Label = ""
    """Code of the city that decides those of its items which can be decided elsewhere; empty: this one (跨省通办)."""
    payment: Label = ""
    """Id of the order under which its fees were paid (``POST /v1/payments``); empty: nothing due, or not yet paid."""


class CaseState(StrEnum):
    """Where one item of an application is."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    ACCEPTED = "accepted"
    INSPECTION_BOOKED = "inspection-booked"
    BOOKED = "booked"
    """An appointment at the department's office, everything filled in."""
    REFERRED = "referred"
    REFUSED = "refused"
    """不予许可: only ever by a person, in writing"""
    WAITING = "waiting"
    """补正: a person has asked once and completely for what is missing"""
    NOT_ACCEPTED = "not-accepted"
    """不予受理: only ever by a person, in writing"""
    WITHDRAWN = "withdrawn"
    """撤回: by the applicant, before it was decided"""


class Awaited(Message, frozen=True, kw_only=True):
    """Something a case waits for from the applicant; handed in through its supplement."""

    kind: str
    """``material``, ``answer`` (an element to be corrected) or ``put-right`` (整改)."""
    subject: str
    """Id of the material or of the element; of what is to be put right, its key in the supplement."""
    name: Text
    says: Text
    """What is missing or wrong, and what to do."""
    due_on: date
    missed: bool = False
    """The day is over; handing it in is still good, and a person decides what follows."""


class CaseStep(Message, frozen=True, kw_only=True):
    """A special step (特殊环节) that was begun; while it lasts the statutory clock stands still."""

    step: str
    """``kiosk.catalogue.StepKind``"""
    name: Text
    days: int
    """Working days that were announced for it."""
    begun_on: date
    limit_on: date
    ended_on: date | None = None
    overdue: bool = False
    says: str = ""
    """What came out of it, in the department's words."""


class DueChange(Message, frozen=True, kw_only=True):
    """The day of a case was moved, and why."""

    at: datetime
    was: date | None
    on: date
    why: Text


class Remedy(Message, frozen=True, kw_only=True):
    """What can be done against a decision."""

    kind: str
    """``reconsideration`` (行政复议), ``litigation`` (行政诉讼) or ``complaint`` (no administrative act)"""
    says: Text
    """Where to, and within what time."""
    until: date | None = None
    basis: str = ""


class DecidedBy(StrEnum):
    """Who decided a case."""

    RULES = "rules"
    PERSON = "person"


class IssuedDocument(Message, frozen=True, kw_only=True):
    """A licence, certificate or procedural document (受理通知书): signed, with a QR that verifies offline."""

    number: str
    type: str
    title: Text
    fields: tuple[tuple[Text, str], ...]
    issued_on: date
    valid_until: date | None
    issuer: Text
    qr: str
    """The compact signed form: ``kiosk licence verify`` checks it without a network."""


class DecidingOffice(Message, frozen=True, kw_only=True):
    """The office of another city that decides a case filed here."""

    city: str
    """Code of its division."""
    city_name: Text
    name: Text
    phone: str


class CheckState(StrEnum):
    """How far a check is."""

    OPEN = "open"
    """being looked at"""
    PASSED = "passed"
    PERSON = "person"
    """a person looks at it: rules could not tell"""


class Check(Message, frozen=True, kw_only=True):
    """Something that is looked at before a case is decided; never a value, only what it is."""

    name: Text
    """What is looked at: a fact, a material, or whether the conditions are met."""
    source: Text | None = None
    """The register or licence it is compared with; none: what was filled in or handed in."""
    state: CheckState = CheckState.OPEN


class Case(Message, frozen=True, kw_only=True):
    """One item of an application, with its department."""

    number: str
    item: str
    item_name: Text
    department: str
    department_name: Text
    state: CaseState
    reason: Text
    """Why this outcome, in a sentence."""
    basis: str = ""
    decided_at: datetime | None = None
    due_on: date | None = None
    """The committed day, counted in working days."""
    appointment: datetime | None = None
    """Of the booked visit, or at the department's office."""
    office: Text | None = None
    """Where a ``booked`` one is."""
    bring: tuple[Text, ...] = ()
    """What to bring to a ``booked`` one."""
    contact: str = ""
    documents: tuple[IssuedDocument, ...] = ()
    output: Mapping[str, Any] = msgspec.field(default_factory=dict)
    version: int = 1
    """Raised by every change; the ``ETag`` of the case."""
    decided_by: DecidedBy | None = None
    waits_for: tuple[Awaited, ...] = ()
    """What the applicant still has to hand in: asked for (补正), handed in later (容缺) or put right (整改)."""
    steps: tuple[CaseStep, ...] = ()
    due_history: tuple[DueChange, ...] = ()
    overdue: bool = False
    """The department is late; a supervisor has been told."""
    remedies: tuple[Remedy, ...] = ()
    promises: tuple[Text, ...] = ()
    """What it was approved on (告知承诺), in the words that were promised."""
    revoked: bool = False
    """Approved once; the licence has been taken back since (撤销), with ``remedies``."""
    revision: int = 1
    """Revision of the application that ``state`` was made on."""
    decided_by_office: DecidingOffice | None = None
    """Set where another city decides it."""
    checks: tuple[Check, ...] = ()
    """What is looked at, in order; open while nobody has decided, then as it came out when rules looked at it."""


class Application(Message, frozen=True, kw_only=True):
    """An application as the backend stored it. ``GET /v1/applications/{number}``."""

    number: str
    matter: str
    matter_name: Text
    session: str
    entry: int | None
    received_at: datetime
    catalogue_version: str
    cases: tuple[Case, ...]
    answers: WireAnswers
    materials: tuple[SuppliedMaterial, ...]
    applicant: str = ""
    """Name of the applicant: of the principal where an agent applied."""
    agent: str = ""
    """Name of the agent."""
    authority: Authority | None = None
    helper: str = ""
    """Number of the member of staff who helped (帮办代办员)."""
    revision: int = 1
    """Raised by every correction; earlier ones are kept."""


class CaseEvent(Message, frozen=True, kw_only=True):
    """``GET /v1/applications/{number}/outcomes``: server-sent events named ``case``, then one ``end``."""

    application: str
    case: Case


class CaseStatus(Message, frozen=True, kw_only=True):
    """``GET /v1/status/{number}``: what a case number alone shows (assurance A): no person, no answers."""

    number: str
    item_name: Text
    department_name: Text
    state: CaseState
    due_on: date | None


class ProblemError(Message, frozen=True, kw_only=True):
    """What is wrong with one answer."""

    detail: str
    pointer: str
    """JSON Pointer (RFC 6901) into the request."""


class Problem(Message, frozen=True, kw_only=True):
    """RFC 9457 problem details; ``application/problem+json``."""

    type: str
    """``urn:onething:problem:<code>``, a stable code."""
    title: str
    status: int
    detail: str = ""
    errors: tuple[ProblemError, ...] = ()


class PhoneMessage(Message, frozen=True, kw_only=True):
    """``GET /v1/simulated-phone/messages``: what the simulated phone received; only in simulated profiles."""

    to: str
    """Masked."""
    text: str
    sent_at: datetime


class IssuerKey(Message, frozen=True, kw_only=True):
    """``GET /v1/issuers``: a public key for offline verification (RFC 8037)."""

    issuer: str
    key_id: str
    public_key: str
    """Ed25519, base64url."""


class Mandate(Message, frozen=True, kw_only=True):
    """``GET /v1/mandates``: one right of the verified person to act for somebody else (委托授权)."""

    reference: str
    kind: str
    """``person``: for a person (代理人); ``enterprise``: for a company (经办人)."""
    principal: DocumentRef
    """Who is acted for; of a company, its legal representative."""
    enterprise: str = ""
    """Name of the company."""
    items: tuple[str, ...]
    """Ids of the items it covers; empty: every item of this kind of audience."""
    valid_until: date


class AssistanceRequest(Message, frozen=True, kw_only=True):
    """``POST /v1/assistance``: a member of staff (帮办代办员) stands beside the verified person; sends them a code."""

    staff: Label
    """Staff number."""


class Assistance(Message, frozen=True, kw_only=True):
    """``POST /v1/assistance/{assistance}/check``: from now on the session's applications name this helper."""

    staff: str
    name: str
    department_name: Text
