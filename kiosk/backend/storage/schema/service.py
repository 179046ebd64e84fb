"""What comes after a matter and beside it: ratings that are followed up, complaints, the queue of a hall."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from kiosk.backend.storage.schema.base import metadata

rating_given = Table(
    "rating_given",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("level", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "application", "id"),
)
"""Every rating as it was given, never changed; ``rating`` has the one that counts."""

rating_follow_up = Table(
    "rating_follow_up",
    metadata,
    Column("application", Integer, ForeignKey("application.id"), primary_key=True),
    Column("department", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("contact_by", Date, nullable=False),
    Column("close_by", Date, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("note", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("staff", String(40), nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "state", "close_by"),
)
"""Bad ratings and what is done about them (差评回访): one an application."""

complaint = Table(
    "complaint",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(30), nullable=False, unique=True),
    Column("key", String(40), nullable=False, unique=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=True),
    Column("phone", String(20), nullable=False),
    Column("code", LargeBinary(32), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("about", String(80), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("department", String(60), nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("received_at", Float, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("overdue", Boolean, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Float, nullable=True),
    Column("staff", String(40), nullable=False),
    Column("verdict", String(10), nullable=False),
    Index(None, "resident"),
    Index(None, "state", "due_on"),
)
"""Complaint cases (投诉件); ``code`` is a keyed hash.

``round`` 2: the first answer did not solve it, a supervisor has it.
"""

complaint_step = Table(
    "complaint_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("complaint", Integer, ForeignKey("complaint.id"), nullable=False),
    Column("at", Float, nullable=False),
    Column("says", Text, nullable=False),
    Column("staff", String(40), nullable=False),
    Index(None, "complaint", "id"),
)
"""What happened to a complaint, in order."""

complaint_attempt = Table(
    "complaint_attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(30), nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "number", "at"),
)
"""Wrong codes of complaints, counted by the number that was tried, whether there is one or not."""

ticket = Table(
    "ticket",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("hall", String(40), nullable=False),
    Column("service", String(40), nullable=False),
    Column("day", Date, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("label", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("session", String(80), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=True),
    Column("issued_at", Float, nullable=False),
    Column("starts_at", Float, nullable=True),
    Column("arrived_at", Float, nullable=True),
    Column("called_at", Float, nullable=True),
    Column("calls", Integer, nullable=False),
    Column("counter", String(10), nullable=False),
    Column("finished_at", Float, nullable=True),
    Column("returned", Boolean, nullable=False),
    Unique("hall", "day", "label"),
    Unique("session", "hall", "service"),
    Index(None, "hall", "day", "state"),
    Index(None, "resident", "state"),
)
"""Queue tickets (云叫号). No person on a ticket for now; who books a time is verified."""

counter = Table(
    "counter",
    metadata,
    Column("hall", String(40), primary_key=True),
    Column("number", String(10), primary_key=True),
    Column("staff", String(40), nullable=False),
    Column("open", Boolean, nullable=False),
    Column("since", Float, nullable=False),
    Column("ticket", String(40), ForeignKey("ticket.id"), nullable=True),
)
"""Who sits at which counter, and the ticket that was called to it; one ticket a counter."""
