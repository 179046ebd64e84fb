"""Staff at their pages: who is signed in, what was done, and who is at which case."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from kiosk.backend.storage.schema.base import metadata

staff_session = Table(
    "staff_session",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("staff", String(40), nullable=False),
    Column("signed_in_at", Float, nullable=False),
    Column("seen_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Index(None, "staff"),
    Index(None, "expires_at"),
)
"""Browsers of staff that are signed in, by the hash of their cookie. Gone when they sign out or run out."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("staff", String(40), nullable=False),
    Column("act", String(40), nullable=False),
    Column("about", String(80), nullable=False),
    Column("detail", Text, nullable=False),
    Column("address", String(64), nullable=False),
    Column("previous", LargeBinary(32), nullable=False, unique=True),
    Column("hash", LargeBinary(32), nullable=False),
    Index(None, "act", "address", "at"),
    Index(None, "about"),
)
"""What staff did, one row after another: each holds the hash of the one before, so that none can be changed or left
out unseen. Never changed, never deleted by the product."""

case_claim = Table(
    "case_claim",
    metadata,
    Column("case_number", String(44), ForeignKey("case_.number"), primary_key=True),
    Column("staff", String(40), nullable=False),
    Column("since", Float, nullable=False),
    Column("until", Float, nullable=False),
    Index(None, "staff"),
)
"""Who has a case in hand at the window, until when: so that two clerks do not work on one unseen."""
