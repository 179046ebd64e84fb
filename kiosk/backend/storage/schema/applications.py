"""Applications, their cases and what departments still have to do."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from kiosk.backend.storage.schema.base import metadata

attachment = Table(
    "attachment",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("bytes", Integer, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("resident", "sha256"),
)

application = Table(
    "application",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("matter", String(80), nullable=False),
    Column("session", String(80), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("received_at", Float, nullable=False),
    Column("request", Text, nullable=False),
    Column("matter_name", Text, nullable=False),
    Column("applicant", String(200), nullable=False, server_default=""),
    Column("agent", Integer, ForeignKey("resident.id"), nullable=True),
    Column("agent_name", String(120), nullable=False, server_default=""),
    Column("helper", String(40), nullable=False, server_default=""),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("finished_at", Float, nullable=True),
    Index(None, "resident"),
)
"""``resident`` is who it is for, ``applicant`` the name on its documents: a company's where an employee acts for it."""

case = Table(
    "case_",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("number", String(44), nullable=False, unique=True),
    Column("item", String(80), nullable=False),
    Column("state", String(30), nullable=False),
    Column("kept", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("department", String(60), nullable=False, server_default=""),
    Column("due_on", Date, nullable=True),
    Column("overdue", Boolean, nullable=False, server_default=false()),
    Column("decided_at", Float, nullable=True),
    Column("decided_by", String(12), nullable=False, server_default=""),
    Column("changed_at", Float, nullable=False, server_default="0"),
    UniqueConstraint("application", "item"),
    Index(None, "department", "state"),
    Index(None, "state", "due_on"),
    Index(None, "decided_at"),
)
"""One item of an application. ``content`` is the ``Case`` of the contract as JSON, the state again in its column.

``kept`` is why: the review with the table's reasoning, what the citizen promised, and the clock. Every change raises
``version`` and is guarded by it.
"""

case_event = Table(
    "case_event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "application", "id"),
    sqlite_autoincrement=True,
)
"""Outcomes in the order they were made, for the event stream and its replay."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("resident", Integer, ForeignKey("resident.id"), primary_key=True),
    Column("key", String(40), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("status", Integer, nullable=False),
    Column("response", Text, nullable=False),
    Column("at", Float, nullable=False),
)
"""The answer that was given, written in the transaction of its effect."""

visit = Table(
    "visit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("department", String(60), nullable=False),
    Column("starts_at", Float, nullable=False),
    Column("case_number", String(44), nullable=False),
    UniqueConstraint("department", "starts_at"),
    UniqueConstraint("case_number"),
)
"""Booked inspection visits: one a department and time."""

appointment = Table(
    "appointment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("department", String(60), nullable=False),
    Column("starts_at", Float, nullable=False),
    Column("counter", Integer, nullable=False),
    UniqueConstraint("department", "starts_at", "counter"),
    UniqueConstraint("application", "department"),
)
"""Booked times at departments' counters: one an application and department, whatever number of its items it is for."""

draft = Table(
    "draft",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), primary_key=True),
    Column("matter", String(80), nullable=False),
    Column("items", Text, nullable=False),
    Column("principal", String(64), nullable=False),
    Column("revision", String(40), nullable=False),
    Column("content", Text, nullable=False),
    Column("saved_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    UniqueConstraint("resident", "matter", "items", "principal"),
    Index(None, "expires_at"),
)
"""Forms kept for later: one a holder, matter, items and principal; gone when they expire or are filed."""

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("item", String(80), nullable=False),
    Column("department", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("not_before", Float, nullable=False),
    Column("owner", String(40), nullable=True),
    Column("lease_until", Float, nullable=True),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("application", "item"),
    Index(None, "state", "not_before"),
)
"""What departments still have to do: ``queued``, ``running``, ``done``."""

sequence = Table(
    "sequence",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Integer, nullable=False),
)
"""Counters of numbers that are given out, taken inside the transaction that uses them."""

co_filing = Table(
    "co_filing",
    metadata,
    Column("first", String(80), primary_key=True),
    Column("second", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("people", Integer, nullable=False),
    Index(None, "day"),
)
"""How many people filed two items together, by day; ``first`` < ``second``. No person, no number, no time of day."""

rating = Table(
    "rating",
    metadata,
    Column("application", Integer, ForeignKey("application.id"), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("at", Float, nullable=False),
)
