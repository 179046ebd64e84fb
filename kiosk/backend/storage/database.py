"""The database: one writer in order, several readers, migrations at the door.

SQLite has one writer. Threads that race for it wait unfairly (p99 over a second), so all writing goes through one
thread in the order it came; reading has threads of its own and never waits for writing (WAL).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError

T = TypeVar("T")

HEAD = "0011"
"""Newest migration; when the database says the same, Alembic is not even imported (130 ms of every start)."""

_MIGRATIONS = Path(__file__).parent / "migrations"
_READERS = 4


class DatabaseUnusable(OSError):
    """The file is there and is of no use to this release; nothing in it was changed."""


class _Newer(Exception):
    """The database has a migration that this release does not."""


class Database:
    """A SQLite database file, opened and migrated forward."""

    def __init__(self, path: Path) -> None:
        """Open ``path``, made when it is not there.

        Raises:
            DatabaseUnusable: it is another program's file, a newer release's, or cannot be read; it is as it was.
            OSError: its folder cannot be made.
        """
        self._engine = _engine(path)
        try:
            _migrate(self._engine)
        except DatabaseError as error:
            self._engine.dispose()
            raise DatabaseUnusable(f"{path}: {error.orig}. Move the file away to begin afresh.") from error
        except _Newer as error:
            self._engine.dispose()
            raise DatabaseUnusable(f"{path} is of a newer release ({error}). Install that release.") from error
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="backend-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="backend-reader")

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns, done in one transaction that is on the disk (synchronous FULL) afterwards.

        Raises:
            Exception: whatever ``work`` raised; nothing was written.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writer, self.write_now, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Return what ``work`` returns, from one consistent view."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, work)

    def write_now(self, work: Callable[[Connection], T]) -> T:
        """Do what ``write`` does, on this thread."""
        with self._engine.connect() as connection:
            connection.execution_options(onething_write=True)
            with connection.begin():
                return work(connection)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """Do what ``read`` does, on this thread."""
        with self._engine.connect() as connection, connection.begin():
            return work(connection)

    def close(self) -> None:
        """Finish what is under way and let go of the file."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()


def _engine(path: Path) -> Engine:
    # hide_parameters: they are personal, and messages of exceptions travel far
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _connected(dbapi_connection: Any, _record: object) -> None:
        # the driver must not begin transactions by itself, ours begin below
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # IMMEDIATE: a reader that turned writer half-way would fail on a busy database instead of waiting
        writes = connection.get_execution_options().get("onething_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _migrate(engine: Engine) -> None:
    """Bring the tables forward to ``HEAD`` in one transaction."""
    if _version(engine) == HEAD:
        return
    # only a new or an old database pays for this import
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        connection.execution_options(onething_write=True)
        with connection.begin():
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise _Newer(_version_of(connection)) from error


def _version_of(connection: Connection) -> str | None:
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if version is None else str(version)


def _version(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection, connection.begin():
            return _version_of(connection)
    except DatabaseError:
        # a new file has no such table; a file that is no database fails again, and loudly, in the migration
        return None
