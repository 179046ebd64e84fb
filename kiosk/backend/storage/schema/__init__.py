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
from kiosk.backend.storage.schema.hall import audit, case_claim, staff_session
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
from kiosk.backend.storage.schema.service import (
    complaint,
    complaint_attempt,
    complaint_step,
    counter,
    rating_follow_up,
    rating_given,
    ticket,
)

__all__ = [
    "application",
    "appointment",
    "attachment",
    "audit",
    "case",
    "case_claim",
    "case_event",
    "city",
    "co_filing",
    "complaint",
    "complaint_attempt",
    "complaint_step",
    "counter",
    "document",
    "draft",
    "idempotency",
    "job",
    "ledger",
    "licence",
    "mandate",
    "metadata",
    "rating",
    "rating_follow_up",
    "rating_given",
    "register_entry",
    "resident",
    "sequence",
    "staff",
    "staff_session",
    "ticket",
    "token",
    "verification",
    "visit",
]
