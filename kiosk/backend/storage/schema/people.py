"""Who can be verified, what registers say of them, and who may act for whom."""

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
)

from kiosk.backend.storage.schema.base import metadata

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
    Column("clerk", String(40), nullable=False, server_default=""),
    Column("department", String(60), nullable=False, server_default=""),
    Column("case_number", String(44), nullable=False, server_default=""),
    Index(None, "resident", "at"),
)
"""Who used whose data, for what, under which notice; the database refuses to change or delete a row.

``items`` binds a free combination to what was chosen; ``agent`` looked on behalf of the resident, ``helper`` stood by;
a ``clerk`` of a ``department`` looked at a case at the window.
"""

staff = Table(
    "staff",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("department", String(60), nullable=False),
    Column("phone", String(20), nullable=False),
    Column("roles", String(80), nullable=False, server_default="helper"),
    Column("departments", Text, nullable=False, server_default=""),
)
"""Members of staff, by what they may do (``kiosk.backend.web.staff.Role``); words parted by spaces in both columns.

``departments`` binds a clerk to these departments' cases; empty: the comprehensive window, all of them.
"""

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

city = Table(
    "city",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(80), nullable=False),
)
"""What the simulated city was last made from; made anew when it changes."""
