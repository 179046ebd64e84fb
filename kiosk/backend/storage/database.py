"""The database: the way in for those who write and those who read, and migrations at the door.

SQLite has one writer, so all writing goes through one thread in the order it came. PostgreSQL has many, in several
processes: there a transaction is serializable, that is, as if it were alone, and is done again when it met another.
Either way ``work`` may rely on nothing changing under it. Reading has threads of its own and never waits for writing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DatabaseError, DBAPIError

from kiosk.backend.storage import engines
from kiosk.backend.storage.migrating import HEAD, NewerSchema, is_current, migrate

__all__ = ["HEAD", "Database", "DatabaseUnusable"]

T = TypeVar("T")

log = logging.getLogger(__name__)

_TRIES = 12
"""Of one transaction that meets others; from the second on those who were unlucky go one after the other."""
_TURN = 0x6F6E657468696E67
"""Advisory lock of PostgreSQL ("onething"): whoever must be alone, or was unlucky, waits for it."""


class DatabaseUnusable(OSError):
    """The database is there and is of no use to this release, or is not there; nothing in it was changed."""


class Timing(Protocol):
    """Times what is done in the database; ``kiosk.backend.telemetry`` has one."""

    def work(self, _kind: str, work: Callable[[Connection], T]) -> Callable[[Connection], T]:
        """Return ``work``, timed from now on."""


class _Cut(Exception):
    """The connection broke before the commit was asked for: nothing was written, and it may be tried again."""


def _uncut(work: Callable[[Connection], T], connection: Connection) -> T:
    try:
        return work(connection)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise _Cut from error
        raise


class Database:
    """One database, opened and migrated forward."""

    def __init__(self, where: Path | str) -> None:
        """Open it.

        Args:
            where: A file of SQLite, made when it is not there; or the address of a PostgreSQL database,
                ``postgresql://…``, which several processes may open at once.

        Raises:
            DatabaseUnusable: it is another program's, a newer release's, or cannot be read; it is as it was.
            OSError: its folder cannot be made.
            ValueError: the address is none.
        """
        self._engines = engines.sqlite(where) if isinstance(where, Path) else engines.postgresql(where)
        try:
            self._open()
        except DatabaseError as error:
            self._engines.close()
            raise DatabaseUnusable(f"{self._engines.name}: {error.orig}{self._cure()}") from error
        except NewerSchema as error:
            self._engines.close()
            newer = f"{self._engines.name} is of a newer release ({error}). Install that release."
            raise DatabaseUnusable(newer) from error
        except BaseException:
            self._engines.close()
            raise
        self.timing: Timing | None = None
        self._writers = ThreadPoolExecutor(self._engines.writers, thread_name_prefix="backend-writer")
        self._readers = ThreadPoolExecutor(self._engines.readers, thread_name_prefix="backend-reader")

    @property
    def shared(self) -> bool:
        """Whether other processes may serve the same database at the same time."""
        return self._engines.shared

    @property
    def address(self) -> str:
        """Where it is; of PostgreSQL perhaps with a password in it."""
        return self._engines.address

    async def write(self, work: Callable[[Connection], T], *, guarded: bool = False) -> T:
        """Return what ``work`` returns, done in one transaction that is on the disk afterwards.

        ``work`` may be called again, from the beginning, when its transaction met another one: it does nothing that is
        not in the database.

        Args:
            work: What is to be done.
            guarded: All it relies on is guarded by unique values or by rows that it changes or touches (``touch``). It
                need not be serializable then, which with PostgreSQL saves doing much of it twice.

        Raises:
            Exception: whatever ``work`` raised; nothing was written.
        """
        write = partial(self.write_now, self._timed("write", work), guarded=guarded)
        return await asyncio.get_running_loop().run_in_executor(self._writers, write)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns, from one consistent view."""
        timed = self._timed("read", work)
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, timed)

    def _timed(self, kind: str, work: Callable[[Connection], T]) -> Callable[[Connection], T]:
        return work if self.timing is None else self.timing.work(kind, work)

    def write_now(self, work: Callable[[Connection], T], *, guarded: bool = False, in_turn: bool = False) -> T:
        """Do what ``write`` does, on this thread.

        Args:
            work: What is to be done.
            guarded: As for ``write``.
            in_turn: Not beside another that is done in turn, in whatever process: for what takes long and touches much.
        """
        engine = self._engines.beside if guarded else self._engines.writing
        for attempt in range(1, _TRIES):
            try:
                if in_turn or attempt > 1:
                    return self._write_in_turn(engine, work)
                return self._write_once(engine, work)
            except _Cut:
                log.warning("the connection to the database was cut, attempt %d", attempt)
            except DBAPIError as error:
                if not engines.is_met(error, attempt):
                    raise
                log.debug("a transaction met another, attempt %d", attempt)
        return self._write_in_turn(engine, work)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Do what ``read`` does, on this thread."""
        try:
            return self._read_once(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        # it was cut while it lay unused; the others are made anew with it
        return self._read_once(work)

    def close(self) -> None:
        """Finish what is under way and let go of the database."""
        self._writers.shutdown()
        self._readers.shutdown()
        self._engines.close()

    def _read_once(self, work: Callable[[Connection], T]) -> T:
        with self._engines.reading.connect() as connection, connection.begin():
            return work(connection)

    def _write_once(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        with engine.connect() as connection, connection.begin():
            return _uncut(work, connection)

    def _write_in_turn(self, engine: Engine, work: Callable[[Connection], T]) -> T:
        if not self.shared:
            return self._write_once(engine, work)
        with engine.connect() as connection:
            # before the transaction: its view of the database begins with its first statement, also if that waits
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_lock(:turn)"), {"turn": _TURN})
            try:
                with connection.begin():
                    return _uncut(work, connection)
            finally:
                if not connection.invalidated:
                    with connection.begin():
                        connection.execute(text("SELECT pg_advisory_unlock(:turn)"), {"turn": _TURN})

    def _open(self) -> None:
        if self.shared:
            encoding = self.read_now(lambda connection: connection.execute(text("SHOW server_encoding")).scalar_one())
            if encoding != "UTF8":
                wrong = f"{self._engines.name} keeps {encoding}, which not every name can be written in. Make it with"
                raise DatabaseUnusable(f"{wrong} createdb --encoding UTF8 --template template0.")
        if not self._is_current():
            self.write_now(self._bring_forward, in_turn=True)

    def _is_current(self) -> bool:
        with self._engines.reading.connect() as connection, connection.begin() as transaction:
            current = is_current(connection)
            transaction.rollback()
        return current

    def _bring_forward(self, connection: Connection) -> None:
        migrate(connection)

    def _cure(self) -> str:
        return "" if self.shared else ". Move the file away to begin afresh."
