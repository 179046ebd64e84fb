"""What people are told by message, what they want to be told, and what they took without applying."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from kiosk.backend.storage.schema.base import metadata

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("about", String(80), nullable=False),
    Column("once", String(160), nullable=True, unique=True),
    Column("content", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Float, nullable=False),
    Column("owner", String(40), nullable=True),
    Column("lease_until", Float, nullable=True),
    Column("at", Float, nullable=False),
    Column("ended_at", Float, nullable=True),
    Index(None, "state", "not_before"),
    Index(None, "resident", "at"),
)
"""Messages to citizens: ``waiting``, then ``sent``, ``refused`` (not wanted), ``no-phone`` or ``given-up``.

``once`` names what is told a single time, however often it is found due.
"""

phone_message = Table(
    "phone_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("masked", String(20), nullable=False),
    Column("content", Text, nullable=False),
    Column("sent_at", Float, nullable=False),
)
"""What the simulated phone received; the newest few. Never written outside simulated profiles."""

notice_choice = Table(
    "notice_choice",
    metadata,
    Column("resident", Integer, ForeignKey("resident.id"), primary_key=True),
    Column("kind", String(40), primary_key=True),
    Column("wanted", Boolean, nullable=False),
    Column("notice", String(80), nullable=False),
    Column("at", Float, nullable=False),
)
"""What a person chose to be told or not; for ``entitlement`` it is a consent, with the notice it was given on."""

entitlement = Table(
    "entitlement",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("resident", Integer, ForeignKey("resident.id"), nullable=False),
    Column("policy", String(80), nullable=False),
    Column("period", String(10), nullable=False),
    Column("application", Integer, ForeignKey("application.id"), nullable=False),
    Column("account", String(80), nullable=False),
    Column("amount_fen", Integer, nullable=True),
    Column("at", Float, nullable=False),
    UniqueConstraint("resident", "policy", "period"),
    UniqueConstraint("application"),
)
"""What was taken (免申即享): once a person, policy and period, whoever sends it how often."""

entitlement_look = Table(
    "entitlement_look",
    metadata,
    Column("resident", Integer, ForeignKey("resident.id"), primary_key=True),
    Column("looked_at", Float, nullable=False),
    Index(None, "looked_at"),
)
"""When the sweep last looked for somebody who agreed to it."""
