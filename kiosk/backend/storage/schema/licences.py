"""Electronic licences (电子证照) and every document that was issued."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
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
)
"""Signed documents that were issued; ``content`` is the ``IssuedDocument`` of the contract as JSON."""
