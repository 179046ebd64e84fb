"""How SQLite and PostgreSQL are opened: what a transaction that writes is, and what one that reads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from kiosk.backend.storage.statements import NUMBERS

_WAIT_S = 10
"""For a lock that somebody else holds; then the request is refused and may come again."""
_DEAD_S = 60
"""A connection that holds locks and does nothing for so long is cut: its process is stopped or gone."""
_WRITES = "onething_write"

# PostgreSQL, appendix A: Error codes
_SERIALIZATION_FAILURE = "40001"
_DEADLOCK_DETECTED = "40P01"
_UNIQUE_VIOLATION = "23505"
_MET = {_SERIALIZATION_FAILURE, _DEADLOCK_DETECTED}
_QUICKER = 2
"""Times that a unique value may have been inserted by somebody who was quicker; after that it is simply not unique."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Engines:
    """One database, opened for writing and for reading."""

    writing: Engine
    """Its transactions are as if nobody else were there: one at a time, or serializable."""
    beside: Engine
    """Its transactions see one moment, and are done again when they change what others have changed since."""
    reading: Engine
    """Its transactions see one moment and change nothing."""
    numbers: Engine | None
    """Counters are taken here, outside of the transaction that uses them; None: inside."""
    address: str
    name: str
    """To be shown: without a password."""
    writers: int
    readers: int

    @property
    def shared(self) -> bool:
        """Whether other processes may serve the same database at the same time."""
        return self.numbers is not None

    def close(self) -> None:
        """Close every connection that is not in use."""
        for engine in (self.writing, self.numbers):
            if engine is not None:
                engine.dispose()


def is_met(error: DBAPIError, attempt: int) -> bool:
    """Return whether a transaction met another one in its ``attempt``, and may well succeed when it is done again.

    A unique value that somebody else was quicker to insert counts as well: done again it is seen before the insert.
    """
    state = getattr(error.orig, "sqlstate", None)
    return state in _MET or (state == _UNIQUE_VIOLATION and attempt <= _QUICKER)


def sqlite(path: Path) -> Engines:
    """Return the engines of a file.

    Raises:
        OSError: its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # hide_parameters: they are personal, and messages of exceptions travel far
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _WAIT_S}, hide_parameters=True)

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
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return Engines(
        writing=engine.execution_options(**{_WRITES: True}),
        beside=engine.execution_options(**{_WRITES: True}),
        reading=engine,
        numbers=None,
        address=str(path),
        name=str(path),
        # SQLite has one writer; threads that race for it wait unfairly (p99 over a second)
        writers=1,
        readers=4,
    )


def postgresql(address: str) -> Engines:
    """Return the engines of a PostgreSQL database; nothing is connected yet.

    Raises:
        ValueError: the address is none; it is not in the message, for it may hold a password.
    """
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise ValueError("the address of the database cannot be read") from error
    url = url.set(drivername="postgresql+psycopg")
    given = url.query.get("options", ())
    options = " ".join((given,) if isinstance(given, str) else given)
    url = url.difference_update_query(["options"])
    writers, readers = 4, 4
    limits = f"-c lock_timeout={_WAIT_S}s -c idle_in_transaction_session_timeout={_DEAD_S}s"
    engine = create_engine(
        url,
        connect_args={"options": f"{options} {limits}".strip(), "application_name": "onething-backend"},
        hide_parameters=True,
        # a reader or writer may ask the registers, each on a connection of its own: whoever holds one must never wait
        # for the next
        pool_size=2 * (writers + readers),
        max_overflow=-1,
        pool_use_lifo=True,
    )
    # a number is on the disk before the application that bears it: commits are, in order; alone it need not be
    numbers = create_engine(
        url,
        connect_args={"options": f"{options} {limits} -c synchronous_commit=off".strip()},
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        pool_size=writers,
        max_overflow=-1,
        pool_use_lifo=True,
    )
    writes = {NUMBERS: numbers, _WRITES: True}
    return Engines(
        writing=engine.execution_options(isolation_level="SERIALIZABLE", **writes),
        beside=engine.execution_options(isolation_level="REPEATABLE READ", **writes),
        reading=engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True),
        numbers=numbers,
        address=address,
        name=url.render_as_string(hide_password=True),
        writers=writers,
        readers=readers,
    )
