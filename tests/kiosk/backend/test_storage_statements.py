"""What SQLite and PostgreSQL word differently means the same on both; transactions that meet end one after another."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.postgres import cluster
from kiosk.backend.storage import (
    Database,
    DatabaseUnusable,
    hold,
    insert_if_new,
    insert_or_update,
    next_value,
    schema,
    touch,
)

ON_BOTH_DATABASES = True
LIMIT_S = 30
VALUES = {"name": "a", "value": 1}


@pytest.fixture
def store(database: str, tmp_path: Path) -> Iterator[Database]:
    address = cluster().create() if database == "postgresql" else ""
    opened = Database(address or tmp_path / "a.sqlite")
    yield opened
    opened.close()
    if address:
        cluster().drop(address)


def value(store: Database, name: str) -> int | None:
    table = schema.sequence.c
    return store.read_now(lambda c: c.execute(select(table.value).where(table.name == name)).scalar_one_or_none())


def person(connection: Connection, number: str) -> int:
    values = {"kind": "resident-id", "number": number, "name": "示例人", "english_name": "", "household": 0}
    made = connection.execute(insert(schema.resident), values).inserted_primary_key
    assert made is not None
    return int(made[0])


def test_a_row_is_inserted_once(store: Database) -> None:
    assert store.write_now(lambda c: insert_if_new(c, schema.sequence, VALUES)) is True
    assert store.write_now(lambda c: insert_if_new(c, schema.sequence, VALUES | {"value": 2})) is False
    assert value(store, "a") == 1


def test_a_row_that_is_there_is_changed(store: Database) -> None:
    more = {"value": schema.sequence.c.value + 1}
    for expected in (1, 2, 3):
        store.write_now(lambda c: insert_or_update(c, schema.sequence, VALUES, key=("name",), changes=more))
        assert value(store, "a") == expected


def test_a_number_is_never_given_twice(store: Database) -> None:
    def take(_: int) -> int:
        return store.write_now(lambda c: next_value(c, "n"))

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take, range(40)))
    assert len(set(taken)) == 40
    assert min(taken) == 1


def test_a_number_of_a_transaction_that_failed_is_not_given_again_where_it_may_have_been_seen(store: Database) -> None:
    def fails(connection: Connection) -> None:
        next_value(connection, "n")
        raise LookupError

    assert store.write_now(lambda c: next_value(c, "n")) == 1
    with pytest.raises(LookupError):
        store.write_now(fails)
    assert store.write_now(lambda c: next_value(c, "n")) == (3 if store.shared else 2)


@pytest.mark.parametrize("guarded", [False, True])
def test_what_one_has_read_and_changed_is_not_changed_by_another_meanwhile(store: Database, guarded: bool) -> None:
    """Lost update: both read, both add one."""
    store.write_now(lambda c: c.execute(insert(schema.sequence), {"name": "x", "value": 0}))
    table = schema.sequence

    def add_one(connection: Connection) -> None:
        read = connection.execute(select(table.c.value).where(table.c.name == "x")).scalar_one()
        connection.execute(update(table).where(table.c.name == "x").values(value=read + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: store.write_now(add_one, guarded=guarded), range(40)))
    assert value(store, "x") == 40


def test_two_who_each_count_before_they_insert_do_not_both_find_room(store: Database) -> None:
    """Write skew: at most one row is allowed, and nothing but looking says so."""
    both = Barrier(2)

    def take(name: str) -> bool:
        def work(connection: Connection) -> bool:
            room = connection.execute(select(func.count()).select_from(schema.city)).scalar_one() == 0
            if store.shared:
                # where two can be at it at once they are; whoever comes again comes alone
                with contextlib.suppress(BrokenBarrierError):
                    both.wait(LIMIT_S)
                both.abort()
            if room:
                connection.execute(insert(schema.city), {"name": name, "value": ""})
            return room

        return store.write_now(work)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, ("one", "other"))) == [False, True]


def test_who_touches_the_same_row_sees_what_the_other_did(store: Database) -> None:
    """The same with snapshots, which alone would let both find room."""
    identity = store.write_now(lambda c: person(c, "000101199001011234"))
    both = Barrier(2)

    def take(name: str) -> bool:
        def work(connection: Connection) -> bool:
            connection.execute(select(func.count()).select_from(schema.sequence))
            if store.shared and not both.broken:
                with contextlib.suppress(BrokenBarrierError):
                    both.wait(LIMIT_S)
                both.abort()
            touch(connection, schema.resident, identity)
            room = connection.execute(select(func.count()).select_from(schema.city)).scalar_one() == 0
            if room:
                connection.execute(insert(schema.city), {"name": name, "value": ""})
            return room

        return store.write_now(work, guarded=True)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, ("one", "other"))) == [False, True]


def test_a_row_is_held_by_one(store: Database) -> None:
    identity = store.write_now(lambda c: person(c, "000101199001011234"))
    inside: list[int] = []

    def work(connection: Connection) -> None:
        hold(connection, schema.resident, identity)
        inside.append(1)
        assert len(inside) == 1
        connection.execute(select(schema.resident)).all()
        inside.pop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: store.write_now(work), range(12)))


def test_what_is_simply_not_unique_is_told(store: Database) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        connection.execute(insert(schema.sequence), VALUES)

    store.write_now(work)
    with pytest.raises(IntegrityError):
        store.write_now(work)
    assert len(tries) <= 4


def test_no_database_is_there() -> None:
    with pytest.raises(DatabaseUnusable) as told:
        Database("postgresql://somebody:very-secret@/nothing?host=/nowhere")
    assert "very-secret" not in str(told.value)


def test_an_address_that_is_none_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="cannot be read") as told:
        Database("very-secret")
    assert "very-secret" not in str(told.value)
