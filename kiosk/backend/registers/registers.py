"""Asking the registers: one interface, whatever stands behind it.

A value is named ``register.<register>.<field>`` or ``licence.<type>.<field>``. Only the registers that are named are
asked, only the fields that are named come back, and every pull is written down before it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, select

from kiosk.backend.storage import Database, schema

LICENCES = "licence"
"""Name under which the licence library is asked and may be unavailable."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose data it is: a verified person, or the one a verified agent acts for."""

    resident: int
    terminal: str
    agent: int | None = None
    """Who looks, when it is another: an authorised agent (代理人/经办人)."""
    helper: str = ""
    """Staff number of who stands beside them (帮办代办员)."""

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


class HeldEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A register entry or licence as a whole, for a material it replaces."""

    reference: str
    valid_until: date | None = None


class Registers(Protocol):
    """What other departments know. A city puts its own data exchange behind this."""

    def ask(self, pull: Pull, today: date) -> Answered:
        """Return what is known of ``pull.names``; a register that does not answer is named, never raised."""

    def entry(self, pull: Pull, register: str) -> HeldEntry | None:
        """Return the entry of ``register``, or None: there is none, or the register does not answer."""

    def held(self, pull: Pull, licence: str, today: date) -> HeldEntry | None:
        """Return the newest valid licence of type ``licence``, or None, as above."""


class StoredRegisters:
    """The registers of the simulated city, in the backend's own database."""

    def __init__(self, database: Database, off: frozenset[str] = frozenset()) -> None:
        self._database = database
        self._off = set(off)

    def switch(self, register: str, *, on: bool) -> None:
        """Let ``register`` answer, or be silent as in an outage."""
        if on:
            self._off.discard(register)
        else:
            self._off.add(register)

    def ask(self, pull: Pull, today: date) -> Answered:
        """Return what is known; see ``Registers``."""
        wanted = _by_source(pull.names)
        off = {source for source in wanted if _switch_of(source) in self._off}
        known: dict[str, Known] = {}

        def look(connection: Connection) -> None:
            for source, fields in wanted.items():
                if source in off:
                    continue
                facts, as_of = _facts(connection, pull.holder.resident, source, today)
                for field, name in fields.items():
                    if facts.get(field) is not None:
                        known[name] = Known(value=facts[field], as_of=as_of)

        self._database.read_now(look)
        return Answered(known=known, unavailable=tuple(sorted({_switch_of(source) for source in off})))

    def entry(self, pull: Pull, register: str) -> HeldEntry | None:
        """Return the entry; see ``Registers``."""
        if register in self._off:
            return None
        table = schema.register_entry.c
        query = select(table.reference).where(table.register == register, table.resident == pull.holder.resident)
        reference = self._database.read_now(lambda connection: connection.execute(query).scalar_one_or_none())
        return None if reference is None else HeldEntry(reference=reference)

    def held(self, pull: Pull, licence: str, today: date) -> HeldEntry | None:
        """Return the licence; see ``Registers``."""
        if LICENCES in self._off:
            return None

        def look(connection: Connection) -> HeldEntry | None:
            row = _newest_licence(connection, pull.holder.resident, licence, today)
            return None if row is None else HeldEntry(reference=row.number, valid_until=row.valid_until)

        return self._database.read_now(look)


def _by_source(names: Iterable[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return the names by source (``register``/``licence`` and which one), then by field."""
    wanted: dict[tuple[str, str], dict[str, str]] = {}
    for name in names:
        kind, _, rest = name.partition(".")
        source, _, field = rest.partition(".")
        if kind in {"register", "licence"} and field:
            wanted.setdefault((kind, source), {})[field] = name
    return wanted


def _switch_of(source: tuple[str, str]) -> str:
    kind, which = source
    return LICENCES if kind == "licence" else which


def _facts(connection: Connection, resident: int, source: tuple[str, str], today: date) -> tuple[dict[str, Any], date]:
    kind, which = source
    if kind == "licence":
        row = _newest_licence(connection, resident, which, today)
        return ({}, today) if row is None else (msgspec.json.decode(row.fields), row.issued_on)
    table = schema.register_entry.c
    query = select(table.facts, table.as_of).where(table.register == which, table.resident == resident)
    found = connection.execute(query).one_or_none()
    return ({}, today) if found is None else (msgspec.json.decode(found.facts), found.as_of)


def _newest_licence(connection: Connection, resident: int, kind: str, today: date) -> Any:
    table = schema.licence.c
    query = (
        select(table.number, table.fields, table.issued_on, table.valid_until)
        .where(table.resident == resident, table.type == kind, table.revoked.is_(False))
        .where((table.valid_until.is_(None)) | (table.valid_until >= today))
        .order_by(table.issued_on.desc(), table.id.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()
