"""Routes of heavy vehicles, and applications on their way to and from other cities."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from kiosk.backend.storage.schema.base import metadata

case_route = Table(
    "case_route",
    metadata,
    Column("case_number", String(44), primary_key=True),
    Column("content", Text, nullable=False),
)
"""The way a case was decided by: ``Route`` of the contract as JSON."""

parcel_out = Table(
    "parcel_out",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("case_number", String(44), nullable=False, unique=True),
    Column("city", String(12), nullable=False),
    Column("content", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("not_before", Float, nullable=False),
    Column("owner", String(40), nullable=True),
    Column("lease_until", Float, nullable=True),
    Column("attempts", Integer, nullable=False),
    Index(None, "state", "not_before"),
)
"""What another city decides: ``queued``, ``sent`` (asked for its answer from time to time), ``answered``."""

parcel_in = Table(
    "parcel_in",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("city", String(12), nullable=False),
    Column("application", Integer, ForeignKey("application.id"), nullable=True),
    Column("told", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
)
"""What another city sent for this one to decide; ``told`` is what it was answered last, closed when nothing follows."""
