"""Bringing a database forward, from nothing or from an earlier release; never back."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

HEAD = "0013"
"""Newest migration; when the database says the same, Alembic is not even imported (130 ms of every start)."""

MIGRATIONS = Path(__file__).parent / "migrations"


class NewerSchema(Exception):
    """The database has a migration that this release does not."""


def version_of(connection: Connection) -> str | None:
    """Return the newest migration that was done.

    Raises:
        sqlalchemy.exc.DatabaseError: none was, or this is no database.
    """
    version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if version is None else str(version)


def is_current(connection: Connection) -> bool:
    """Return whether there is nothing to migrate; a transaction that failed is the caller's to end."""
    try:
        return version_of(connection) == HEAD
    except DatabaseError:
        # a new database has no such table; what is no database at all fails again, and loudly, in the migration
        return False


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables forward in the caller's transaction.

    Args:
        connection: A transaction that writes.
        to: Another migration than the newest, for tests of how earlier databases come forward.

    Raises:
        NewerSchema: with the version; nothing was changed.
    """
    # only a new or an old database pays for this import
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise NewerSchema(version_of(connection)) from error
