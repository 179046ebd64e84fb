"""The database: made from nothing, the same as described, and never half written."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, select, text
from stdnum import luhn
from stdnum.cn import ric, uscc

from backend.city import Clock, catalogue, people, settings_for
from kiosk.backend.applications.numbers import application_number, case_number
from kiosk.backend.house import build
from kiosk.backend.registers import generated_people
from kiosk.backend.registers.stories import entries_of, licences_of
from kiosk.backend.storage import Database, DatabaseUnusable, database, schema


def test_the_migrations_make_what_the_schema_describes(tmp_path: Path) -> None:
    Database(tmp_path / "new.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, schema.metadata) == []
        assert context.get_current_revision() == database.HEAD
    engine.dispose()
    directory = ScriptDirectory(str(Path(database.__file__).parent / "migrations"))
    assert directory.get_current_head() == database.HEAD


def test_a_file_that_is_no_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    path.write_text("something of somebody else's, longer than the header of a database file " * 20)
    before = path.read_bytes()
    with pytest.raises(DatabaseUnusable, match="not a database"):
        Database(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite"
    store = Database(path)
    store.write_now(lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    store.close()
    with pytest.raises(DatabaseUnusable, match="newer release"):
        Database(path)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    store = Database(tmp_path / "a.sqlite")

    def half(connection: Connection) -> None:
        connection.execute(insert(schema.sequence).values(name="x", value=1))
        raise LookupError

    with pytest.raises(LookupError):
        store.write_now(half)
    assert store.read_now(lambda connection: connection.execute(select(schema.sequence)).all()) == []
    assert store.read_now(lambda connection: connection.execute(text("PRAGMA synchronous")).scalar()) == 2
    store.close()


def test_numbers_follow_one_another_and_check_themselves(tmp_path: Path) -> None:
    store = Database(tmp_path / "a.sqlite")
    day = date(2026, 11, 22)
    numbers = [store.write_now(lambda connection: application_number(connection, day)) for _ in range(3)]
    assert [number[:17] for number in numbers] == [f"OT20261122-00000{index}" for index in (1, 2, 3)]
    assert len({number[-1] for number in numbers}) > 1
    assert case_number(numbers[0], 0) == f"{numbers[0]}-01"
    store.close()


def test_keys_are_made_once_and_for_their_owner_alone(tmp_path: Path) -> None:
    first = build(settings_for(tmp_path, Clock()))
    keys = first.signer.issuers()
    first.close()
    again = build(settings_for(tmp_path, Clock()))
    assert again.signer.issuers() == keys
    again.close()
    assert {key.issuer for key in keys} == set(catalogue().departments)
    for path in (tmp_path / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_folder_of_everything_personal_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "on the way"
    build(settings_for(folder, Clock())).close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_made_up_people_are_well_made_up() -> None:
    made = generated_people(400)
    assert made == generated_people(400)
    assert len({person.number for person in made}) == len(made) == 400
    everybody = {person.key: person for person in made}
    for person in made:
        assert person.number[:6] in {"000101", "000102"}
        assert person.number[-1] == ric.calc_check_digit(person.number)
        assert person.number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert int(person.number[16]) % 2 == int(person.sex) % 2
        for entry in entries_of(person, everybody):
            card = entry.facts.get("bank_card")
            assert card is None or luhn.is_valid(card)
        for held in licences_of(person, everybody):
            assert held.type != "business-licence" or uscc.is_valid(held.number)


def test_the_stories_of_the_fixed_people_hold_together() -> None:
    zhao, qian = people()["zhao"], people()["qian"]
    certificates = [
        {entry.reference for entry in entries_of(person, people()) if entry.register == "marriage"}
        for person in (zhao, qian)
    ]
    assert certificates[0] == certificates[1]
    assert all(certificates)
    li = next(held for held in licences_of(people()["li"], people()) if held.type == "business-licence")
    assert uscc.is_valid(li.number)
    assert not [entry for entry in entries_of(people()["sun"], people()) if entry.register == "marriage"]


def test_an_older_database_comes_forward_with_what_is_in_it(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    path = tmp_path / "older.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO resident VALUES (1, 'resident-id', '000101194102181114', '陈样本', '', NULL, NULL, 1)",
            )
        )
        connection.execute(
            text("INSERT INTO ledger VALUES (1, 1, 0.0, 'old-age-allowance', '1', '[]', 'T-1', 'facts')")
        )
    engine.dispose()
    store = Database(path)
    row = store.read_now(lambda connection: connection.execute(select(schema.ledger)).one())
    store.close()
    assert (row.resident, row.purpose, row.items, row.agent, row.helper) == (1, "old-age-allowance", "[]", None, "")
