"""Asking the registers: one interface, whatever stands behind it.

A value is named ``register.<register>.<field>`` or ``licence.<type>.<field>``. Only the registers that are named are
asked, only the fields that are named come back, and every pull is written down before it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, Select, Table, bindparam, select

from kiosk.backend.registers.availability import LICENCES
from kiosk.backend.storage import Database, schema
from kiosk.catalogue import Assurance
from kiosk.contract import RegisterPause


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose data it is: a verified person, or the one a verified agent acts for."""

    resident: int
    terminal: str
    agent: int | None = None
    """Who looks, when it is another: an authorised agent (代理人/经办人)."""
    helper: str = ""
    """Staff number of who stands beside them (帮办代办员)."""
    assurance: Assurance = Assurance.B
    """How sure we are that it is they."""

    @property
    def actor(self) -> int:
        """Who was verified: the agent, else the person."""
        return self.resident if self.agent is None else self.agent


class Pull(msgspec.Struct, frozen=True, kw_only=True):
    """A question about one person, and what entitles us to ask it."""

    holder: Holder
    purpose: str
    notice: str
    names: tuple[str, ...]
    channel: str
    """``facts``, ``materials`` or ``submission``"""
    items: tuple[str, ...] = ()
    """What exactly it is for, where the purpose alone does not say it."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One value as its register holds it."""

    value: Any
    as_of: date


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """What came back. What is not known is not there."""

    known: Mapping[str, Known]
    unavailable: tuple[str, ...]
    pauses: tuple[RegisterPause, ...] = ()
    """Why, for each of ``unavailable``."""


class HeldEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A register entry or licence as a whole, for a material it replaces."""

    reference: str
    valid_until: date | None = None


class Registers(Protocol):
    """What other departments know. A city puts its own data exchange behind this (``exchange.py``)."""

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Return what is known of ``pull.names``; a register that does not answer is named, never raised."""

    def entry(self, pull: Pull, register: str, now: datetime) -> HeldEntry | None:
        """Return the entry of ``register``, or None: there is none, or the register does not answer."""

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        """Return the newest valid licence of type ``licence``, or None, as above."""


class StoredRegisters:
    """The registers of the simulated city, in the backend's own database: they always answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ask(self, pull: Pull, now: datetime) -> Answered:
        """Return what is known; see ``Registers``."""
        known: dict[str, Known] = {}

        def look(connection: Connection) -> None:
            for source, fields in by_source(pull.names).items():
                facts, as_of = _facts(connection, pull.holder.resident, source, now.date())
                for field, name in fields.items():
                    if facts.get(field) is not None:
                        known[name] = Known(value=facts[field], as_of=as_of)

        self._database.read_now(look)
        return Answered(known=known, unavailable=())

    def entry(self, pull: Pull, register: str, now: datetime) -> HeldEntry | None:
        """Return the entry; see ``Registers``."""
        table = schema.register_entry.c
        query = select(table.reference).where(
            table.register == register, table.resident == pull.holder.resident, table.as_of <= now.date()
        )
        reference = self._database.read_now(lambda connection: connection.execute(query).scalar_one_or_none())
        return None if reference is None else HeldEntry(reference=reference)

    def held(self, pull: Pull, licence: str, now: datetime) -> HeldEntry | None:
        """Return the licence, held before or issued here; see ``Registers``."""

        def look(connection: Connection) -> HeldEntry | None:
            for table in (schema.licence, schema.document):
                row = _newest(connection, table, pull.holder.resident, licence, now.date())
                if row is not None:
                    return HeldEntry(reference=row.number, valid_until=row.valid_until)
            return None

        return self._database.read_now(look)


def source_of(name: str) -> str | None:
    """Return the register that ``register.<id>.<field>`` is known from; of ``licence.<type>.<field>``: ``licence``."""
    kind, _, rest = name.partition(".")
    which, _, field = rest.partition(".")
    if not field:
        return None
    return {"register": which, "licence": LICENCES}.get(kind)


def by_source(names: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the names by source (``register``/``licence`` and which one), then by field."""
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        kind, _, rest = name.partition(".")
        source, _, field = rest.partition(".")
        if kind in {"register", "licence"} and field:
            wanted.setdefault((kind, source), {})[field] = name
    return wanted


_ENTRY = select(schema.register_entry.c.facts, schema.register_entry.c.as_of).where(
    schema.register_entry.c.register == bindparam("which"), schema.register_entry.c.resident == bindparam("whose")
)


def _facts(connection: Connection, resident: int, source: tuple[str, str], today: date) -> tuple[dict[str, Any], date]:
    kind, which = source
    if kind == "licence":
        row = _newest(connection, schema.licence, resident, which, today)
        return ({}, today) if row is None else (msgspec.json.decode(row.fields), row.issued_on)
    found = connection.execute(_ENTRY, {"which": which, "whose": resident}).one_or_none()
    return ({}, today) if found is None else (msgspec.json.decode(found.facts), found.as_of)


def _newest(connection: Connection, table: Table, resident: int, kind: str, today: date) -> Any:
    """Return the newest licence that is in force: not run out, and revoked by nobody."""
    asked = {"whose": resident, "which": kind, "of_day": today}
    return connection.execute(_newest_of(table), asked).first()


@cache
def _newest_of(table: Table) -> Select[Any]:
    status, gone = schema.licence_status.c, schema.revocation.c
    revoked = (
        select(gone.status)
        .join(schema.licence_status, status.id == gone.status)
        .where(
            status.resident == bindparam("whose"), status.type == bindparam("which"), status.number == table.c.number
        )
    )
    query = (
        select(table)
        .where(table.c.resident == bindparam("whose"), table.c.type == bindparam("which"), ~revoked.exists())
        .where((table.c.valid_until.is_(None)) | (table.c.valid_until >= bindparam("of_day")))
        .order_by(table.c.issued_on.desc(), table.c.id.desc())
        .limit(1)
    )
    if table is schema.licence:
        query = query.where(schema.licence.c.revoked.is_(False))
    return query
