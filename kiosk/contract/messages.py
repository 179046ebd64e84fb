"""The messages both sides of the wire share. JSON, names in camelCase, dates ISO 8601, money in fen.

One path per message stands in its docstring; the semantics are in the README beside this file and in the OpenAPI
description that the backend serves at ``/v1/openapi.json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from kiosk.words import Text


class _Message(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Unknown keys are ignored, so that either side may be newer."""


class DocumentRef(_Message, frozen=True, kw_only=True):
    """A document that was read: enough to find its holder, nothing more."""

    kind: str
    """``drivers.idreader.DocumentKind`` or ``social-security-card``."""
    number: str
    name: str


class VerificationRequest(_Message, frozen=True, kw_only=True):
    """``POST /v1/verifications``: send a code to the phone registered for this document's holder."""

    document: DocumentRef
    terminal: str


class Verification(_Message, frozen=True, kw_only=True):
    """A code is on its way."""

    id: str
    phone: str
    """Masked: 138****1234."""
    digits: int
    expires_at: datetime
    attempts_left: int


class CodeCheck(_Message, frozen=True, kw_only=True):
    """``POST /v1/verifications/{id}/check``."""

    code: str


class HolderSession(_Message, frozen=True, kw_only=True):
    """The person is verified (assurance B); ``token`` goes into ``Authorization: Bearer`` from now on."""

    token: str
    expires_at: datetime


class FactsRequest(_Message, frozen=True, kw_only=True):
    """``POST /v1/facts``: known values, for a purpose. Every pull is recorded for the holder to see."""

    purpose: str
    """Id of the one-thing or item."""
    notice: str
    """Version of the notice the holder has seen."""
    names: tuple[str, ...]
    """``known_from`` names: ``register.population.phone``, ``licence.business.name``."""


class Fact(_Message, frozen=True, kw_only=True):
    """One known value, as JSON of the kind of its element."""

    name: str
    value: Any
    as_of: date
    source: Text
    """The register's name, for the screen."""


class Facts(_Message, frozen=True, kw_only=True):
    """Answer to ``FactsRequest``. What is not known is not there; a register that did not answer is named."""

    facts: tuple[Fact, ...]
    unavailable: tuple[str, ...] = ()
    """Registers that did not answer: their elements are asked instead."""


class MaterialRequest(_Message, frozen=True, kw_only=True):
    """``POST /v1/materials``: what replaces these materials?"""

    purpose: str
    notice: str
    materials: tuple[str, ...]
    """Material ids."""


class MaterialFound(_Message, frozen=True, kw_only=True):
    """A licence or a register entry that replaces a material."""

    material: str
    obtained: str
    """``licence`` or ``register``"""
    reference: str
    """Licence number or register entry."""
    title: Text
    valid_until: date | None = None


class Materials(_Message, frozen=True, kw_only=True):
    """Answer to ``MaterialRequest``; what was not found is not there."""

    found: tuple[MaterialFound, ...]


class Attachment(_Message, frozen=True, kw_only=True):
    """``POST /v1/attachments`` (body: a JPEG) answers with this."""

    id: str
    sha256: str
    bytes: int


class SuppliedMaterial(_Message, frozen=True, kw_only=True):
    """How one material is handed in."""

    material: str
    obtained: str
    """``kiosk.catalogue.Obtained``"""
    reference: str = ""
    """Licence number, register entry, or attachment id."""
    deferred: bool = False


class WireAnswer(_Message, frozen=True, kw_only=True):
    """An answer on the wire."""

    value: Any
    """JSON of the kind of its element: dates as ISO text, addresses as ``{division, detail}``."""
    origin: str


class WireAnswers(_Message, frozen=True, kw_only=True):
    """``kiosk.forms.Answers`` on the wire, only those on the path."""

    single: Mapping[str, WireAnswer]
    repeats: Mapping[str, tuple[Mapping[str, WireAnswer], ...]] = msgspec.field(default_factory=dict)


class Stroke(_Message, frozen=True, kw_only=True):
    """One stroke of a signature: x, y in 1/1000 of the pad's width, t in ms since the first point."""

    points: tuple[tuple[int, int, int], ...]


class ApplicationRequest(_Message, frozen=True, kw_only=True):
    """``POST /v1/applications`` with ``Idempotency-Key`` and the holder's bearer token."""

    matter: str
    """Id of the one-thing or single item."""
    items: tuple[str, ...]
    catalogue_version: str
    answers: WireAnswers
    entry: int | None = None
    """Which entry of the theme's repeat this application is for (``OneThing.per``)."""
    session: str
    """Joins the applications of one session."""
    terminal: str
    materials: tuple[SuppliedMaterial, ...]
    notice: str
    signature: tuple[Stroke, ...]
    language: str
    signed_at: datetime


class CaseState(StrEnum):
    """Where one item of an application is."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    ACCEPTED = "accepted"
    INSPECTION_BOOKED = "inspection-booked"
    REFERRED = "referred"
    REFUSED = "refused"


class IssuedDocument(_Message, frozen=True, kw_only=True):
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


class Case(_Message, frozen=True, kw_only=True):
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
    """Of the booked visit."""
    contact: str = ""
    documents: tuple[IssuedDocument, ...] = ()
    output: Mapping[str, Any] = msgspec.field(default_factory=dict)


class Application(_Message, frozen=True, kw_only=True):
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


class CaseEvent(_Message, frozen=True, kw_only=True):
    """``GET /v1/applications/{number}/outcomes``: server-sent events named ``case``, then one ``end``."""

    application: str
    case: Case


class CaseStatus(_Message, frozen=True, kw_only=True):
    """``GET /v1/status/{number}``: what a case number alone shows (assurance A): no person, no answers."""

    number: str
    item_name: Text
    department_name: Text
    state: CaseState
    due_on: date | None


class RatingRequest(_Message, frozen=True, kw_only=True):
    """``PUT /v1/applications/{number}/rating`` (GB/T 39734, 39735)."""

    level: int
    """5 非常满意 … 1 非常不满意."""
    reasons: tuple[str, ...] = ()


class ProblemError(_Message, frozen=True, kw_only=True):
    """What is wrong with one answer."""

    detail: str
    pointer: str
    """JSON Pointer (RFC 6901) into the request."""


class Problem(_Message, frozen=True, kw_only=True):
    """RFC 9457 problem details; ``application/problem+json``."""

    type: str
    """``urn:onething:problem:<code>``, a stable code."""
    title: str
    status: int
    detail: str = ""
    errors: tuple[ProblemError, ...] = ()


class PhoneMessage(_Message, frozen=True, kw_only=True):
    """``GET /v1/simulated-phone/messages``: what the simulated phone received; only in simulated profiles."""

    to: str
    """Masked."""
    text: str
    sent_at: datetime


class IssuerKey(_Message, frozen=True, kw_only=True):
    """``GET /v1/issuers``: a public key for offline verification (RFC 8037)."""

    issuer: str
    key_id: str
    public_key: str
    """Ed25519, base64url."""
