"""The tables, as the newest migration leaves them (a test compares the two)."""

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
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# Moments are seconds since 1970 as floating point: SQLite has no type for them and they are only compared.

resident = Table(
    "resident",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("number", String(32), nullable=False),
    Column("name", String(120), nullable=False),
    Column("english_name", String(120), nullable=False),
    Column("phone", String(20), nullable=True),
    Column("social_security_card", String(32), nullable=True, unique=True),
    Column("household", Integer, nullable=False),
    UniqueConstraint("number"),
)
"""Who can be verified. What registers say of them stands in ``register_entry``."""

register_entry = Table(
    "register_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("register", String(40), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("reference", String(60), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("facts", Text, nullable=False),
    UniqueConstraint("register", "resident"),
)
"""What one register says of one resident; ``facts`` is a JSON object."""

licence = Table(
    "licence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("type", String(60), nullable=False),
    Column("number", String(60), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=True),
    Column("revoked", Boolean, nullable=False),
    Column("fields", Text, nullable=False),
    UniqueConstraint("type", "number", "resident"),
    Index(None, "resident", "type"),
)
"""Electronic licences (电子证照) by holder; a legal representative holds those of the enterprise."""

ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("at", Float, nullable=False),
    Column("purpose", String(80), nullable=False),
    Column("notice", String(80), nullable=False),
    Column("names", Text, nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("items", Text, nullable=False, server_default="[]"),
    Column("agent", Integer, ForeignKey("resident.id"), nullable=True),
    Column("helper", String(40), nullable=False, server_default=""),
    Index(None, "resident", "at"),
)
"""Who used whose data, for what, under which notice; never changed, never deleted by the product.

``items`` binds a free combination to what was chosen; ``agent`` looked on behalf of the resident, ``helper`` stood by.
"""

staff = Table(
    "staff",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("department", String(60), nullable=False),
    Column("phone", String(20), nullable=False),
)
"""Members of staff who may stand beside a citizen (帮办代办员)."""

mandate = Table(
    "mandate",
    metadata,
    Column("reference", String(60), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("agent", Integer, ForeignKey("resident.id"), nullable=False),
    Column("principal", Integer, ForeignKey("resident.id"), nullable=False),
    Column("enterprise", String(200), nullable=False),
    Column("items", Text, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index(None, "agent"),
)
"""The register of mandates (委托授权): who may act for whom, for which items, until when."""

verification = Table(
    "verification",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("document", LargeBinary(32), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=True),
    Column("terminal", String(80), nullable=False),
    Column("code", LargeBinary(32), nullable=False),
    Column("sent_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("attempts_left", Integer, nullable=False),
    Column("staff", String(40), nullable=False, server_default=""),
    Index(None, "document", "sent_at"),
)
"""Codes that were sent; ``document`` and ``code`` are keyed hashes. Unknown documents are counted, too.

With ``staff`` it is the code of a helper: ``resident`` is then the citizen they stand beside, and no token comes of it.
"""

token = Table(
    "token",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("verification", String(40), ForeignKey("verification.id"), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("issued_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("helper", String(40), nullable=False, server_default=""),
)

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
    UniqueConstraint("application", "item"),
)
"""One item of an application. ``content`` is the ``Case`` of the contract as JSON, the state again in its column.

``kept`` is why: the review with the table's reasoning, and what the citizen promised.
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

city = Table(
    "city",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)
"""What the simulated city was last made from; made anew when it changes."""

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

document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(60), nullable=False, unique=True),
    Column("type", String(60), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("case_number", String(44), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("valid_until", Date, nullable=True),
    Column("content", Text, nullable=False),
    UniqueConstraint("case_number", "type"),
)
"""Signed documents that were issued; ``content`` is the ``IssuedDocument`` of the contract as JSON."""

rating = Table(
    "rating",
    metadata,
    Column("application", Integer, ForeignKey("application.id"), primary_key=True),
    Column("level", Integer, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("at", Float, nullable=False),
)

sequence = Table(
    "sequence",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", Integer, nullable=False),
)
"""Counters of numbers that are given out, taken inside the transaction that uses them."""
