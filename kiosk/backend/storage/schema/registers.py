"""When registers do not answer."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, String, Table, Text

from kiosk.backend.storage.schema.base import metadata

register_outage = Table(
    "register_outage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("register", String(60), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("starts_at", Float, nullable=False),
    Column("ends_at", Float, nullable=True),
    Column("says", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Index(None, "ends_at"),
)
"""Operators' switches: ``kind`` is ``planned`` or ``outage``; without ``ends_at`` until somebody switches it on again.

``register`` is the id of a register, or ``licence`` for the licence library. ``says`` is a text as JSON, or empty.
"""
