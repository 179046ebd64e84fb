"""What was printed, on disk before the printer hears of it: numbers that exist once, and what became of each slip.

Nothing about a person is in it: a number, a kind, lengths, times, and how far the paper came.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from drivers.printer.api import Proof
from kiosk.printing.roll import Roll

if TYPE_CHECKING:
    import sqlite3

_T = TypeVar("_T")

_SCHEMA: Final = """
    create table if not exists slip (
        number text primary key,
        kind text not null,
        made_at text not null
    ) strict;
    create table if not exists attempt (
        number text not null references slip,
        copy integer not null,
        began_at text not null,
        ended_at text,
        proof text,
        dots integer,
        trace text not null default '',
        primary key (number, copy)
    ) strict;
    create table if not exists count (
        day text primary key,
        last integer not null
    ) strict;
    create table if not exists roll (
        place integer primary key check (place = 1),
        state text not null
    ) strict;
    create trigger if not exists slip_stays before delete on slip begin select raise(abort, 'slips stay'); end;
    create trigger if not exists slip_is_fixed before update on slip begin select raise(abort, 'slips stay'); end;
    create trigger if not exists attempt_stays before delete on attempt begin select raise(abort, 'attempts stay'); end;
    create trigger if not exists attempt_ends_once before update on attempt when old.ended_at is not null
        begin select raise(abort, 'an attempt ends once'); end;
"""
_WAIT_S: Final = 2.0
"""For another process that holds the file: a technician who looks into it."""


class JournalFailed(Exception):
    """The journal cannot be read or written: the disk is full, gone or broken. Nothing was changed."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One try to get a slip out."""

    number: str
    """Of the slip; the same for every copy."""
    copy: int
    """1 for the first; a higher one is marked on the paper when an earlier one may be on paper, too."""
    again: bool = False
    """Whether a part of an earlier copy may have come out."""


class Journal:
    """The slips of one terminal. Blocking; safe to call from several threads.

    Args:
        path: The file; made when there is none, with its folder.
        terminal: Its id, the first part of every number.
    """

    def __init__(self, path: Path, terminal: str) -> None:
        self._path = path
        self._terminal = terminal
        self._lock = threading.Lock()
        self._opened: sqlite3.Connection | None = None

    def begin(self, kind: str, now: datetime, number: str = "", roll: Roll | None = None) -> Attempt:
        """Write down that a slip is about to be printed, and return its number, which nothing else ever has.

        Args:
            kind: ``receipt``, ``guide``, ``sheet``, ``ticket``, ``test``.
            now: Time of the terminal.
            number: Of a slip that is printed again; empty for a new one.
            roll: Less what the slip may take, kept with the number: a process that is killed has counted too much.

        Raises:
            JournalFailed: nothing may be printed.
        """

        def work(connection: sqlite3.Connection) -> Attempt:
            again = False
            copy = 1
            given = number
            if given:
                told = connection.execute(
                    "select max(copy), max(proof is null or dots is null or dots > 0) from attempt where number = ?",
                    (given,),
                ).fetchone()
                copy, again = (told[0] or 0) + 1, bool(told[1])
            if copy == 1:
                given = self._next(connection, now)
                connection.execute("insert into slip values (?, ?, ?)", (given, kind, now.isoformat()))
            connection.execute(
                "insert into attempt (number, copy, began_at) values (?, ?, ?)", (given, copy, now.isoformat())
            )
            _keep(connection, roll)
            return Attempt(number=given, copy=copy, again=again)

        return self._do(work)

    def end(
        self,
        attempt: Attempt,
        now: datetime,
        proof: Proof | None,
        dots: int | None,
        trace: str = "",
        roll: Roll | None = None,
    ) -> None:
        """Write down how far it came. An attempt that never ends may have come out or not.

        Args:
            attempt: From ``begin``.
            now: Time of the terminal.
            proof: How far it is proven to have come; None: nothing left this machine.
            dots: Rows fed for it; None: nobody knows, a part may be on paper.
            trace: Code of what stopped it; empty: nothing did.
            roll: Less what the slip took.

        Raises:
            JournalFailed: it counts as one that never ended.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "update attempt set ended_at = ?, proof = ?, dots = ?, trace = ? where number = ? and copy = ?",
                (now.isoformat(), proof or "none", dots, trace, attempt.number, attempt.copy),
            )
            _keep(connection, roll)

        self._do(work)

    def longest_dots(self, kind: str, newest: int = 50) -> int:
        """Return the length of the longest of the newest slips of a kind that came out whole; 0: there was none.

        Raises:
            JournalFailed: it cannot be read.
        """

        def work(connection: sqlite3.Connection) -> int:
            told = connection.execute(
                "select max(dots) from (select dots from attempt join slip using (number) where kind = ? and proof in "
                "('drained', 'taken') order by ended_at desc limit ?)",
                (kind, newest),
            ).fetchone()
            return int(told[0] or 0)

        return self._do(work)

    def roll(self) -> Roll:
        """Return the roll as it was last kept; a new one when none was.

        Raises:
            JournalFailed: it cannot be read.
        """

        def work(connection: sqlite3.Connection) -> Roll:
            told = connection.execute("select state from roll").fetchone()
            return Roll() if told is None else msgspec.json.decode(told[0], type=Roll)

        return self._do(work)

    def keep_roll(self, roll: Roll) -> None:
        """Keep what is known of the roll.

        Raises:
            JournalFailed: the old one is kept.
        """
        self._do(lambda connection: _keep(connection, roll))

    def close(self) -> None:
        """Let go of the file. It is opened again when it is needed."""
        with self._lock:
            opened, self._opened = self._opened, None
            if opened is not None:
                opened.close()

    def _next(self, connection: sqlite3.Connection, now: datetime) -> str:
        """Return the next number of the day. A clock that was set back goes on after the highest number of that day."""
        day = f"{now:%Y%m%d}"
        (last,) = connection.execute(
            "insert into count values (?, 1) on conflict (day) do update set last = last + 1 returning last", (day,)
        ).fetchone()
        return f"{self._terminal}-{day}-{last:04d}"

    def _do(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        with self._lock, self._transaction() as connection:
            return work(connection)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # imported with the first slip: no first page needs it
        import sqlite3

        try:
            if self._opened is None:
                self._opened = self._open()
            with self._opened:
                self._opened.execute("begin immediate")
                yield self._opened
        except (sqlite3.Error, OSError, msgspec.DecodeError) as error:
            broken, self._opened = self._opened, None
            if broken is not None:
                broken.close()
            raise JournalFailed(f"{self._path}: {error}") from error

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("pragma journal_mode = wal")
            connection.execute("pragma synchronous = full")
            connection.executescript(_SCHEMA)
        except sqlite3.Error:
            connection.close()
            raise
        return connection


def _keep(connection: sqlite3.Connection, roll: Roll | None) -> None:
    if roll is not None:
        connection.execute("insert or replace into roll values (1, ?)", (msgspec.json.encode(roll).decode(),))
