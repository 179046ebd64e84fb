"""Statements that SQLite and PostgreSQL word differently, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, Executable, Table, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.backend.storage.schema import sequence

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"

NUMBERS = "onething_numbers"
"""Execution option of a connection: the engine that numbers are taken from, where that is another transaction."""


def insert_if_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> bool:
    """Insert a row unless one with the same key is there; return whether it was inserted.

    Whoever has inserted the same and not finished yet is waited for.
    """
    # not by the count of rows: with PostgreSQL an insert has none (-1), whether it did something or nothing
    return connection.execute(_if_new(table, connection.dialect.name), values).first() is not None


def insert_or_update(
    connection: Connection, table: Table, values: Mapping[str, Any], *, key: Sequence[str], changes: Mapping[str, Any]
) -> None:
    """Insert a row, or change the one that is there.

    Args:
        connection: A transaction that writes.
        table: Which table.
        values: The row.
        key: Columns of the primary key or of a unique constraint, by which a row is the same.
        changes: What becomes of a row that is there; may name its columns (``table.c.people + 1``).
    """
    statement = _insert(table, connection.dialect.name).values(values)
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=dict(changes)))


def hold(connection: Connection, table: Table, identity: int) -> None:
    """Let nobody else hold this row until the transaction ends.

    Serializable transactions may end in another order than their rows are numbered in: who numbers rows that somebody
    reads "after the last one I know" holds what they belong to first. With SQLite nobody else writes anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(table.c.id).where(table.c.id == identity).with_for_update())


def touch(connection: Connection, table: Table, identity: int) -> None:
    """Let nobody else touch this row until the transaction ends; who has looked at the database already begins again.

    For what is found by looking and true only as long as nobody else does the same: when somebody is where. Whoever
    looks touches the one row that stands for all of it first. With SQLite nobody else writes anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(update(table).where(table.c.id == identity).values(id=table.c.id))


def next_value(connection: Connection, name: str) -> int:
    """Return the next value of a counter, from 1.

    With SQLite it is taken in the caller's transaction and there are no gaps. With PostgreSQL it is taken in one of its
    own, or every application would wait for the one before it, and for its disk; a transaction that fails leaves a gap.
    No number is ever given out twice.
    """
    apart: Engine | None = connection.get_execution_options().get(NUMBERS)
    if apart is None:
        return _next(connection, name)
    with apart.connect() as own:
        return _next(own, name)


def _next(connection: Connection, name: str) -> int:
    value = connection.execute(_COUNTED, {"counter": name}).scalar_one_or_none()
    if value is None:
        insert_if_new(connection, sequence, {"name": name, "value": 0})
        value = connection.execute(_COUNTED, {"counter": name}).scalar_one()
    return int(value)


@cache
def _if_new(table: Table, dialect: str) -> Executable:
    return _insert(table, dialect).on_conflict_do_nothing().returning(*table.primary_key)


def _insert(table: Table, dialect: str) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


# made once: to make a statement costs several times what it costs to execute it
_COUNTED = (
    update(sequence)
    .where(sequence.c.name == bindparam("counter"))
    .values(value=sequence.c.value + 1)
    .returning(sequence.c.value)
)
