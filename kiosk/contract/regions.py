"""What cities send each other: an application filed in one and decided in another, and its answer (跨省通办).

A parcel holds one item of one application, as it was filed; its id names it, however often it is sent. Each answer
replaces the one before; the last one says ``final``.
"""

from __future__ import annotations

from datetime import date, datetime

from kiosk.contract.messages import (
    ApplicationRequest,
    CaseState,
    DocumentRef,
    IssuedDocument,
    Message,
)
from kiosk.words import Text


class Parcel(Message, frozen=True, kw_only=True):
    """An application for the city that decides it."""

    id: str
    """A UUID."""
    from_city: str
    to_city: str
    """Codes of divisions."""
    case_number: str
    """Where it was filed."""
    holder: DocumentRef
    """Who was verified where it was filed."""
    verified_at: datetime
    request: ApplicationRequest
    """``items`` is the one item."""


class ParcelAnswer(Message, frozen=True, kw_only=True):
    """What became of a parcel up to now."""

    parcel: str
    state: CaseState
    reason: Text
    final: bool
    """Nothing follows."""
    due_on: date | None = None
    decided_at: datetime | None = None
    documents: tuple[IssuedDocument, ...] = ()
