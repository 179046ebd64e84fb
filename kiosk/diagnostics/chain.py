"""Records that are added and never changed: one SQLite table, each row bound to the one before by its hash.

``hash = SHA-256(number, previous hash, content)``. Triggers refuse UPDATE and DELETE, so no program overwrites a row by
mistake; whoever edits the file itself breaks the chain at that row, and ``verify`` says where. A file that was cut off
at its end, or written anew as a whole, has another head than the one a signed report carries.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

FIRST: Final = "0" * 64
"""What stands before the first row."""
_WAIT_S: Final = 5.0
"""How long to wait for another process that writes."""

_TABLE: Final = """\
CREATE TABLE IF NOT EXISTS {name} (
    number INTEGER PRIMARY KEY,
    topic TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS {name}_topic ON {name} (topic, number);
CREATE TRIGGER IF NOT EXISTS {name}_kept BEFORE UPDATE ON {name}
    BEGIN SELECT RAISE(ABORT, 'rows are never changed'); END;
CREATE TRIGGER IF NOT EXISTS {name}_stays BEFORE DELETE ON {name}
    BEGIN SELECT RAISE(ABORT, 'rows are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS {name}_follows BEFORE INSERT ON {name}
    WHEN NEW.number != (SELECT coalesce(max(number), 0) + 1 FROM {name})
    BEGIN SELECT RAISE(ABORT, 'rows follow one another'); END;
"""


class ChainError(Exception):
    """The records cannot be read or written; nothing was added. The message says why."""


class Row(NamedTuple):
    """One record."""

    number: int
    """From 1, without gaps."""
    topic: str
    content: str
    hash: str


class Chain:
    """One table of records in one file. May be used by several processes; a call opens the file and closes it again.

    Args:
        file: Made with its folder at the first use, for this user alone.
        name: Of the table: letters only.
    """

    def __init__(self, file: Path, name: str) -> None:
        if not name.isalpha():
            raise ValueError(name)
        self._file = file
        self._name = name

    def append(self, topic: str, content: str) -> Row:
        """Add a record; it is on the disk when this returns.

        Raises:
            ChainError: it was not added.
        """
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            last = database.execute(self._sql("SELECT number, hash FROM {} ORDER BY number DESC LIMIT 1")).fetchone()
            number, before = (last[0] + 1, last[1]) if last else (1, FIRST)
            row = Row(number, topic, content, link(number, before, topic, content))
            database.execute(self._sql("INSERT INTO {} VALUES (?, ?, ?, ?)"), row)
            database.execute("COMMIT")
        return row

    def rows(self, topic: str = "", *, last: int = 0) -> list[Row]:
        """Return records in order, oldest first.

        Args:
            topic: Only of this topic; empty: all.
            last: Only so many of the newest; 0: all.

        Raises:
            ChainError: they cannot be read.
        """
        with self._open() as database:
            found = database.execute(
                self._sql("SELECT * FROM {} WHERE ?1 = '' OR topic = ?1 ORDER BY number DESC LIMIT ?2"),
                (topic, last or -1),
            ).fetchall()
        return [Row(*row) for row in reversed(found)]

    def newest(self) -> list[Row]:
        """Return the newest record of each topic. Raises ``ChainError``."""
        with self._open() as database:
            found = database.execute(
                self._sql("SELECT * FROM {0} WHERE number IN (SELECT max(number) FROM {0} GROUP BY topic)")
            ).fetchall()
        return [Row(*row) for row in found]

    def head(self) -> str:
        """Return the hash of the newest record; ``FIRST`` when there is none. Raises ``ChainError``."""
        last = self.rows(last=1)
        return last[0].hash if last else FIRST

    def verify(self) -> int | None:
        """Return the number of the first record that does not fit; None: all do. Raises ``ChainError``."""
        before = FIRST
        for expected, row in enumerate(self.rows(), 1):
            if row.number != expected or row.hash != link(expected, before, row.topic, row.content):
                return expected
            before = row.hash
        return None

    def _sql(self, text: str) -> str:
        return text.format(self._name)  # a name that was checked to be letters

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            database = sqlite3.connect(self._file, timeout=_WAIT_S, isolation_level=None)
            try:
                self._file.chmod(0o600)
                database.execute("PRAGMA synchronous = FULL")
                known = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self._name + "_follows",))
                if known.fetchone() is None:
                    database.executescript(_TABLE.format(name=self._name))
                yield database
            finally:
                database.close()
        except (OSError, sqlite3.Error) as error:
            raise ChainError(f"{self._file}: {error}") from error


def link(number: int, before: str, topic: str, content: str) -> str:
    """Return the hash of a record; lengths are part of it, so that nothing can move from one field to the next."""
    text = f"{number}:{before}:{len(topic)}:{topic}:{len(content)}:{content}"
    return hashlib.sha256(text.encode()).hexdigest()
