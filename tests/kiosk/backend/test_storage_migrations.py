"""Databases of earlier releases come forward with what is in them. There is no way back: nothing here offers one.

``released/`` holds what a release wrote: ``0002.json`` a restaurant's application, filed, decided, rated, with a draft
beside it. A new release adds its own file there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Date, MetaData, insert, inspect, select, text

from backend.city import Citizen, Clock, running, settings_for
from backend.postgres import cluster
from kiosk.backend.house import DATABASE_FILE
from kiosk.backend.storage import Database, DatabaseUnusable, engines, migrating, schema
from kiosk.contract import Application

ON_BOTH_DATABASES = True
RELEASED = json.loads((Path(__file__).parent / "released" / "0002.json").read_text(encoding="utf-8"))
RELEASES = ("0001", "0002", migrating.HEAD)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def where(database: str, tmp_path: Path) -> Iterator[Path | str]:
    """Where a database may be made."""
    if database == "sqlite":
        yield tmp_path / DATABASE_FILE
        return
    address = cluster().create()
    yield address
    cluster().drop(address)


def opened(where: Path | str) -> engines.Engines:
    return engines.sqlite(where) if isinstance(where, Path) else engines.postgresql(where)


def made_at(where: Path | str, release: str) -> Rows:
    """Make a database as ``release`` left it, with what it had written as far as it has a place for that."""
    made = opened(where)
    with made.writing.begin() as connection:
        migrating.migrate(connection, release)
        rows = put(connection)
    made.close()
    return rows


def put(connection: Connection) -> Rows:
    there = MetaData()
    there.reflect(connection)
    written: Rows = {}
    for table in there.sorted_tables:
        for row in RELEASED["tables"].get(table.name, ()):
            values = {name: plain(table.c[name].type, value) for name, value in row.items() if name in table.c}
            connection.execute(insert(table).values(values))
            written.setdefault(table.name, []).append(values)
        if connection.dialect.name == "postgresql" and "id" in table.c and table.name in written:
            # rows with numbers of their own leave the counter behind them where it was
            counter = connection.execute(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
            if (sequence := counter.scalar()) is not None:
                connection.execute(text("SELECT setval(:of, 1000)"), {"of": sequence})
    return written


def plain(kind: Any, value: Any) -> Any:
    """Return a value of the file as the database takes it."""
    if isinstance(value, dict):
        return bytes.fromhex(value["hex"])
    return date.fromisoformat(value) if isinstance(kind, Date) and value is not None else value


def as_it_was(connection: Connection, rows: Rows) -> None:
    there = MetaData()
    there.reflect(connection)
    for name, written in rows.items():
        table = there.tables[name]
        for row in written:
            same = [table.c[column] == value for column, value in row.items() if value is not None]
            assert len(connection.execute(select(table).where(*same)).all()) == 1, (name, row)


@pytest.mark.parametrize("release", RELEASES)
def test_a_database_of_every_release_comes_forward_with_what_is_in_it(where: Path | str, release: str) -> None:
    rows = made_at(where, release)
    assert {"application", "case_", "document", "idempotency", "ledger", "resident"} <= rows.keys()
    store = Database(where)
    store.read_now(lambda connection: as_it_was(connection, rows))
    differences = store.read_now(
        lambda connection: compare_metadata(MigrationContext.configure(connection), schema.metadata)
    )
    store.close()
    assert differences == []


def test_what_an_earlier_release_took_is_shown_and_answered_as_before(
    where: Path | str, tmp_path: Path, clock: Clock
) -> None:
    made_at(where, "0002")
    settings = settings_for(tmp_path, clock, database_url=where if isinstance(where, str) else "", generated_people=0)
    with running(settings) as http:
        li = Citizen(http, "li", RELEASED["token"])
        kept = msgspec.json.decode(RELEASED["tables"]["idempotency"][0]["response"], type=Application)
        again = li.submit(RELEASED["request"], RELEASED["key"])
        assert again.status_code == 201, again.text
        assert again.content.decode() == RELEASED["tables"]["idempotency"][0]["response"]
        now = li.application(RELEASED["number"])
        assert [case.number for case in now.cases] == [case.number for case in kept.cases]
        assert {case.state.value for case in now.cases} == {"approved", "inspection-booked"}
        documents = [document.qr for case in now.cases for document in case.documents]
        assert len(documents) == len(RELEASED["tables"]["document"])
        (draft,) = http.get("/v1/drafts", headers=li.headers).json()
        assert draft["id"] == "draft-0001"
        li.fetch("old-age-allowance")
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        assert chen.file(chen.request("old-age-allowance", {})).number != RELEASED["number"]


def test_a_database_of_a_newer_release_is_left_alone(where: Path | str) -> None:
    Database(where).close()
    made = opened(where)
    with made.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match="newer release"):
        Database(where)
    with made.reading.connect() as connection:
        assert migrating.version_of(connection) == "9999"
    made.close()


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    where: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = made_at(where, "0001")

    def fails(connection: Connection) -> None:
        migrate(connection)
        raise OSError("no space left")

    migrate = migrating.migrate
    monkeypatch.setattr("kiosk.backend.storage.database.migrate", fails)
    with pytest.raises(OSError, match="no space left"):
        Database(where)
    made = opened(where)
    with made.reading.connect() as connection:
        assert migrating.version_of(connection) == "0001"
        assert "draft" not in inspect(connection).get_table_names()
        as_it_was(connection, rows)
    made.close()
