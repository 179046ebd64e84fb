"""Rows that are sealed by the ones before."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, update

from backend.postgres import cluster
from kiosk.backend.storage import Database, schema
from kiosk.backend.web import audit
from kiosk.backend.web.audit import Act, broken_at, newest, record

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


ON_BOTH_DATABASES = True


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Database]:
    address = cluster().create() if database == "postgresql" else ""
    made = Database(address or tmp_path / "a.sqlite")

    def fill(connection: Connection) -> None:
        for index in range(5):
            record(connection, Act(staff="ZC-0001", act=f"act-{index}"), AT)

    made.write_now(fill)
    yield made
    made.close()
    if address:
        cluster().drop(address)


def test_an_untouched_chain_is_whole(store: Database) -> None:
    assert store.read_now(broken_at) is None
    assert [row.act for row in store.read_now(lambda connection: newest(connection, 2))] == ["act-4", "act-3"]


def test_a_changed_row_shows(store: Database) -> None:
    table = schema.audit
    store.write_now(lambda connection: connection.execute(update(table).where(table.c.id == 3).values(staff="X")))
    assert store.read_now(broken_at) == 3


def test_a_row_that_was_made_anew_shows_at_the_next(store: Database) -> None:
    table = schema.audit

    def forge(connection: Connection) -> None:
        row = dict(connection.execute(select(table).where(table.c.id == 3)).one()._mapping) | {"staff": "X"}
        values = {"staff": "X", "hash": audit._seal(row)}
        connection.execute(update(table).where(table.c.id == 3).values(values))

    store.write_now(forge)
    assert store.read_now(broken_at) == 4


@pytest.mark.parametrize(("gone", "shows"), [(1, 1), (3, 3), (5, 5)])
def test_a_missing_row_shows(store: Database, gone: int, shows: int) -> None:
    table = schema.audit
    store.write_now(lambda connection: connection.execute(delete(table).where(table.c.id == gone)))
    assert store.read_now(broken_at) == shows


def test_a_row_that_is_undone_leaves_no_gap(store: Database) -> None:
    def fails(connection: Connection) -> None:
        record(connection, Act(staff="ZC-0001", act="never"), AT)
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(fails)
    store.write_now(lambda connection: record(connection, Act(staff="ZC-0001", act="after"), AT))
    assert store.read_now(broken_at) is None


def test_many_who_write_at_once_make_one_chain(store: Database) -> None:
    def act(index: int) -> None:
        store.write_now(lambda connection: record(connection, Act(staff=f"ZC-{index:04d}", act="at-once"), AT))

    with ThreadPoolExecutor(6) as people:
        list(people.map(act, range(30)))
    assert store.read_now(broken_at) is None
    assert len(store.read_now(lambda connection: newest(connection, 100))) == 35
