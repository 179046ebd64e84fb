"""Which terminals this process knows, and how it hears of changes that other processes made."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, select

from kiosk.backend.storage import Database, schema
from kiosk.words import Text

IN_SERVICE: Final = "in-service"
OUT_OF_SERVICE: Final = "out-of-service"
REVOKED: Final = "revoked"

LOOK_S: Final = 1.0
"""A change made by another process is heard of within this time."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A terminal as it stands."""

    id: str
    key: bytes
    """Ed25519, raw."""
    standing: str
    words: Text | None
    """What its screen says while it is out of service."""
    since: float
    """Of the standing; seconds since 1970."""
    place: str = ""


class KnownTerminals:
    """The terminals that asked this process for something, as the database has them.

    A request costs no query: one a second asks which rows have changed since, whatever the number of terminals.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, Known] = {}
        self._revision: int | None = None
        self._looked_s = 0.0

    async def find(self, terminal: str) -> Known | None:
        """Return a terminal, not older than ``LOOK_S``; None when there is none of this id."""
        await self._look()
        known = self._known.get(terminal)
        if known is None:
            known = await self._database.read(lambda connection: read(connection, terminal))
            if known is not None:
                self._known[terminal] = known
        return known

    def forget(self, terminal: str) -> None:
        """Ask the database at the next request of ``terminal``: it was changed here."""
        self._known.pop(terminal, None)

    async def _look(self) -> None:
        if time.monotonic() - self._looked_s < LOOK_S and self._revision is not None:
            return
        since = self._revision
        if since is not None:
            self._looked_s = time.monotonic()  # only one of many at once goes and looks
        newest, changed = await self._database.read(lambda connection: _changed(connection, since))
        for terminal in changed:
            self._known.pop(terminal, None)
        self._revision = newest if self._revision is None else max(self._revision, newest)
        self._looked_s = time.monotonic()


def read(connection: Connection, terminal: str) -> Known | None:
    """Return a terminal as it stands."""
    table = schema.terminal
    row = connection.execute(select(table).where(table.c.id == terminal)).one_or_none()
    return None if row is None else known_of(row)


def known_of(row: Any) -> Known:
    """Return what a row says."""
    words = msgspec.json.decode(row.words, type=Text) if row.words else None
    return Known(id=row.id, key=bytes(row.key), standing=row.standing, words=words, since=row.since, place=row.place)


def _changed(connection: Connection, since: int | None) -> tuple[int, Iterable[str]]:
    table = schema.terminal
    if since is None:
        return connection.execute(select(func.coalesce(func.max(table.c.revision), 0))).scalar_one(), ()
    rows = connection.execute(select(table.c.id, table.c.revision).where(table.c.revision > since)).all()
    return max((row.revision for row in rows), default=since), [row.id for row in rows]
