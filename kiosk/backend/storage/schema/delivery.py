"""How results reach their owners, and the links that lead on to a phone."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from kiosk.backend.storage.schema.base import metadata

delivery = Table(
    "delivery",
    metadata,
    Column("case_number", String(44), primary_key=True),
    Column("way", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("recipient", Text, nullable=False),
    Column("point", String(40), nullable=False),
    Column("code", String(12), nullable=False),
    Column("tracking", String(40), nullable=False),
    Column("keep_until", Date, nullable=True),
    Column("revision", Integer, nullable=False),
    Column("at", Float, nullable=False),
    Index(None, "state", "way"),
)
"""What was chosen for a case, and what was done; nothing is here while nobody has chosen and nothing was done."""

link = Table(
    "link",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("secret", LargeBinary(32), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("about", String(80), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("terminal", String(80), nullable=False),
    Column("language", String(10), nullable=False),
    Column("expires_at", Float, nullable=False),
    Column("browser", LargeBinary(32), nullable=True),
    Column("opened_at", Float, nullable=True),
    Column("done_at", Float, nullable=True),
    Column("revision", Integer, nullable=False),
    Unique("secret"),
    Index(None, "expires_at"),
)
"""Links for phones. ``secret`` and ``browser`` are hashes: the first phone that opens a link is the only one."""

link_photo = Table(
    "link_photo",
    metadata,
    Column("link", String(40), ForeignKey("link.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("attachment", String(40), ForeignKey("attachment.id"), nullable=False),
    Column("material", String(80), nullable=False),
    Column("at", Float, nullable=False),
)
"""Photographs that came over a link, in order."""
