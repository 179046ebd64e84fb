"""What happens to a case after it was filed: its timeline, what it waits for, its steps, and the rounds of time."""

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

sweep = Table(
    "sweep",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("not_before", Float, nullable=False),
)
"""What is done because time passes, and when it is next due. Claiming and doing are one transaction."""

case_line = Table(
    "case_line",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("case_.id"), nullable=False),
    Column("at", Float, nullable=False),
    Column("what", String(40), nullable=False),
    Column("who", String(12), nullable=False),
    Column("department", String(60), nullable=False),
    Column("staff", String(40), nullable=False, server_default=""),
    Column("says", Text, nullable=False),
    Index(None, "case_id", "id"),
)
"""The timeline: what was done, when, by rules, a person or the applicant. ``staff`` is never shown to the citizen."""

case_step = Table(
    "case_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("case_.id"), nullable=False),
    Column("step", String(20), nullable=False),
    Column("days", Integer, nullable=False),
    Column("begun_on", Date, nullable=False),
    Column("limit_on", Date, nullable=False),
    Column("ended_on", Date, nullable=True),
    Column("result", Text, nullable=False, server_default=""),
    Column("overdue", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("case_id", "step"),
    Index(None, "ended_on", "limit_on"),
)
"""Special steps (特殊环节) that were begun: while one is open the statutory clock stands still."""

case_asked = Table(
    "case_asked",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("case_.id"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("back_to", String(30), nullable=False),
    Column("answered_at", Float, nullable=True),
    Column("missed", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("case_id", "round"),
    Index(None, "answered_at", "due_on"),
)
"""What a clerk asked for (一次性补正告知书): the first round is complete, a later one only part of it again."""

obligation = Table(
    "obligation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("case_.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("words", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("remind_on", Date, nullable=True),
    Column("state", String(12), nullable=False),
    Column("obtained", String(20), nullable=False, server_default=""),
    Column("reference", String(80), nullable=False, server_default=""),
    Column("made_at", Float, nullable=False),
    Column("closed_at", Float, nullable=True),
    Column("remark", Text, nullable=False, server_default=""),
    UniqueConstraint("case_id", "kind", "subject"),
    Index(None, "state", "due_on"),
)
"""What stays to be done whatever was decided: a material handed in later (容缺), a promise to be checked (告知承诺),
something to be put right after a visit (整改)."""

revision = Table(
    "application_revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("request", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("actor", Integer, ForeignKey("resident.id"), nullable=False),
    Column("why", String(20), nullable=False),
    UniqueConstraint("application", "revision"),
)
"""What an application said before it was corrected or supplemented, and who changed it. The newest stands in it."""

supplement = Table(
    "supplement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("case_.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("case_id", "version"),
)
"""What was handed in for a case, by the version of the case it was handed in for: sent twice, it is taken once."""
