"""The tables, as the newest migration leaves them (a test compares the two)."""

from __future__ import annotations

from kiosk.backend.storage.schema.applications import (
    application,
    appointment,
    attachment,
    case,
    case_event,
    co_filing,
    draft,
    idempotency,
    job,
    rating,
    sequence,
    visit,
)
from kiosk.backend.storage.schema.base import metadata
from kiosk.backend.storage.schema.licences import document, licence
from kiosk.backend.storage.schema.people import (
    city,
    ledger,
    mandate,
    register_entry,
    resident,
    staff,
    token,
    verification,
)

__all__ = [
    "application",
    "appointment",
    "attachment",
    "case",
    "case_event",
    "city",
    "co_filing",
    "document",
    "draft",
    "idempotency",
    "job",
    "ledger",
    "licence",
    "mandate",
    "metadata",
    "rating",
    "register_entry",
    "resident",
    "sequence",
    "staff",
    "token",
    "verification",
    "visit",
]
