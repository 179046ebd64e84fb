"""Codes for technicians: the terminal's secret comes with the answer to its report, and the door takes what we make."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import insert, select, update

from backend.city import Clock, at, running, settings_for
from backend.stores import empty
from kiosk.backend.storage import Database, schema
from kiosk.backend.terminals import Fleet, NoDoor, NoSuchTechnician, technicians
from kiosk.backend.terminals.ranks import MAINTAINED, rank_of
from kiosk.contract import HealthAnswer, HealthReport, Paper, TerminalState
from kiosk.diagnostics.entrance import Entrance

ON_BOTH_DATABASES = True
KEY = b"k" * 32
PUBLIC = b"p" * 32
PEOPLE = {"YJ-0001": "technician", "YW-0001": "operator", "YW-0002": "operator technician"}


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Database]:
    with empty(database, tmp_path / "store") as made:
        yield made


@pytest.fixture
def fleet(store: Database, clock: Clock) -> Fleet:
    fleet = Fleet(clock, KEY)
    store.write_now(lambda connection: fleet.admit(connection, "T-1", PUBLIC, "", how="code"))

    def people(connection: object) -> None:
        for number, roles in PEOPLE.items():
            connection.execute(  # type: ignore[attr-defined]  # a connection
                insert(schema.staff).values(
                    number=number, name="样例", department="human-resources", phone="1", roles=roles, departments=""
                )
            )

    store.write_now(people)
    return fleet


def report(store: Database, door: int) -> None:
    table = schema.terminal_health
    store.write_now(lambda connection: connection.execute(update(table).values(door=door)))


def test_a_code_opens_the_terminal_it_was_made_for(store: Database, fleet: Fleet, clock: Clock, tmp_path: Path) -> None:
    with pytest.raises(NoDoor):
        store.write_now(lambda connection: fleet.door_code(connection, "T-1", "YJ-0001", staff="YW-0001"))
    handed = technicians.handed(KEY, "T-1", PUBLIC, 0, clock())
    assert handed is not None
    door = Entrance(tmp_path / "terminal", lambda: "T-1", clock)
    door.take(handed)
    report(store, door.version())
    code = store.write_now(lambda connection: fleet.door_code(connection, "T-1", "YJ-0001", staff="YW-0001"))
    assert code.code.isdigit()
    assert clock() + timedelta(minutes=5) <= code.valid_until <= clock() + timedelta(minutes=10)
    assert door.check("YW-0002", code.code).code == "door.wrong-code"
    assert door.check("YJ-0001", code.code).code == ""
    assert door.check("YJ-0001", code.code).code == "door.used-code"
    events = store.read_now(lambda connection: connection.execute(select(schema.terminal_event)).all())
    assert ("door-code", "YJ-0001", "YW-0001") in [(each.kind, each.content, each.staff) for each in events]
    assert code.code not in str(events)


@pytest.mark.parametrize("nobody", ["YW-0001", "YJ-9999", ""])
def test_only_technicians_get_a_code(store: Database, fleet: Fleet, nobody: str) -> None:
    with pytest.raises(NoSuchTechnician):
        store.write_now(lambda connection: fleet.door_code(connection, "T-1", nobody, staff="YW-0001"))


def test_secrets_are_renewed_and_codes_are_made_from_the_one_that_the_terminal_has(
    store: Database, fleet: Fleet, clock: Clock, tmp_path: Path
) -> None:
    first = technicians.handed(KEY, "T-1", PUBLIC, 0, clock())
    assert first is not None
    assert technicians.handed(KEY, "T-1", PUBLIC, first.version, clock()) is None
    report(store, first.version)
    clock.advance(days=90)
    second = technicians.handed(KEY, "T-1", PUBLIC, first.version, clock())
    assert second is not None
    assert (second.version, second.secret != first.secret) == (first.version + 1, True)
    door = Entrance(tmp_path / "terminal", lambda: "T-1", clock)
    for has in (first, second):
        door.take(has)
        report(store, has.version)
        code = store.write_now(lambda connection: fleet.door_code(connection, "T-1", "YJ-0001", staff="YW-0001"))
        assert door.check("YJ-0001", code.code).code == ""
        clock.advance(seconds=1000)
    other = technicians.handed(KEY, "T-1", b"q" * 32, 0, clock())  # taken in anew
    assert other is not None
    assert other.secret != second.secret


def test_a_terminal_is_handed_its_own_secret_and_says_that_it_has_it(tmp_path: Path, clock: Clock) -> None:
    def send(number: int, door: int, state: TerminalState = TerminalState.IDLE) -> HealthAnswer:
        told = HealthReport(number=number, state=state, version="1", catalogue_version="1", paper=Paper.OK, door=door)
        headers = {"Content-Type": "application/json"}
        answer = http.post("/v1/terminals/self/health", content=msgspec.json.encode(told), headers=headers)
        return msgspec.json.decode(answer.content, type=HealthAnswer)

    with running(settings_for(tmp_path, clock)) as http:
        first = send(1, 0).door
        assert first is not None
        assert send(2, first.version).door is None
        assert send(3, 10_000).door == first
        with at(http, "T-AAA") as another:
            http = another
            assert send(1, 0).door not in (None, first)


def test_a_terminal_in_maintenance_is_no_broken_one() -> None:
    assert rank_of(TerminalState.MAINTENANCE, (), Paper.OUT) == MAINTAINED
