"""Electronic licences (电子证照) and every document that was issued."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from kiosk.backend.storage.schema.base import metadata

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
    Index(None, "valid_until"),
)
"""Electronic licences (电子证照) by holder; a legal representative holds those of the enterprise."""

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
    Index(None, "valid_until"),
    Index(None, "resident"),
)
"""Signed documents that were issued; ``content`` is the ``IssuedDocument`` of the contract as JSON."""

licence_status = Table(
    "licence_status",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", String(60), nullable=False),
    Column("position", Integer, nullable=False),
    Column("type", String(60), nullable=False),
    Column("number", String(60), nullable=False),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    UniqueConstraint("issuer", "position"),
    UniqueConstraint("type", "number", "resident"),
)
"""Where a licence stands in its issuer's status list: given once, when it is issued, first shown or revoked.

A licence by its type, number and holder: the simulated city's are made anew, and what was revoked stays revoked.
"""

revocation = Table(
    "revocation",
    metadata,
    Column("status", Integer, ForeignKey("licence_status.id"), primary_key=True),
    Column("at", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(80), nullable=False),
)
"""What was revoked (撤销、注销), why and by whom; the database refuses to change or delete a row."""
