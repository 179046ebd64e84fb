"""Terminals, how they fare, and counts for the bureau that point at nobody."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
)

from kiosk.backend.storage.schema.base import metadata

terminal = Table(
    "terminal",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("place", String(120), nullable=False),
    Column("key", LargeBinary(32), nullable=False),
    Column("standing", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("since", Float, nullable=False),
    Column("enrolled_at", Float, nullable=False),
    Column("revision", Integer, nullable=False),
    Index(None, "revision"),
)
"""``standing`` is ``in-service``, ``out-of-service`` or ``revoked``, since when; ``words`` is a ``Text`` as JSON.

``revision`` grows with every change of a row, in the order of commits: every process asks for what is newer than what
it knows.
"""

terminal_enrolment = Table(
    "terminal_enrolment",
    metadata,
    Column("handle", String(8), primary_key=True),
    Column("terminal", String(40), nullable=False, unique=True),
    Column("place", String(120), nullable=False),
    Column("code", LargeBinary(32), nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("attempts_left", Integer, nullable=False),
)
"""One-time codes that are good; ``handle`` is the part of the code by which its row is found, ``code`` a keyed hash."""

terminal_health = Table(
    "terminal_health",
    metadata,
    Column("terminal", String(40), ForeignKey("terminal.id"), primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("version", String(80), nullable=False),
    Column("catalogue", String(80), nullable=False),
    Column("paper", String(20), nullable=False),
    Column("devices", Text, nullable=False),
    Column("last_seen", Float, nullable=False),
    Column("report", BigInteger, nullable=False),
    Column("today", Date, nullable=True),
    Column("sessions", Integer, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("door", Integer, nullable=False, server_default="0"),
    Index(None, "rank", "terminal"),
    Index(None, "version", "rank", "terminal"),
)
"""The newest report of each terminal. ``rank`` is how urgent it is, 0 the worst: what the fleet is sorted by.

``last_seen`` has no index: it changes with every report, and an index would make every report write two pages more.
"""

terminal_event = Table(
    "terminal_event",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("terminal", String(40), nullable=False),
    Column("at", Float, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("staff", String(40), nullable=False),
    Index(None, "terminal", "id"),
    sqlite_autoincrement=True,
)
"""What changed at a terminal, and what was done to it by whom. Reports that change nothing leave nothing here."""

terminal_message = Table(
    "terminal_message",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scope", String(10), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("words", Text, nullable=False),
    Column("starts_at", Float, nullable=False),
    Column("ends_at", Float, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("staff", String(40), nullable=False),
    Column("withdrawn_by", String(40), nullable=False),
    Index(None, "ends_at"),
    sqlite_autoincrement=True,
)
"""What operators tell everybody who passes by; ``words`` is a ``Text`` as JSON.

``scope`` is ``all``, ``place`` (``subject`` is a part of the terminal's place) or ``terminal`` (its id).
``withdrawn_by`` is empty while it holds.
"""

bureau_count = Table(
    "bureau_count",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("grain", String(5), primary_key=True),
    Column("scope", String(8), primary_key=True),
    Column("starts_on", Date, primary_key=True),
    Column("subject", String(80), primary_key=True),
    Column("detail", String(80), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""Sums by ``day`` and by ``month``: of ``all``, of a ``theme``, of a ``terminal``; ``subject`` says of which.

Never of a theme at a terminal: fewer rows, and nothing that could point at a person. The key is in the order of the
questions: what, in whole months or days, of what, when.
"""

bureau_mark = Table(
    "bureau_mark",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", Float, nullable=False),
)
"""How far the counting of what stands in other tables has come."""
