"""Operators: the worst first, of 45,000 as of 45; codes that take a terminal in; what is done leaves a line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest
from sqlalchemy import insert, select, text

from backend.city import START, Clock, problem_code, settings_for
from backend.city import running as serving
from backend.stores import empty
from kiosk.backend.problems import RefusedRequestError
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.backend.terminals import EnrolmentCode, Fleet, NoSuchTerminal, WrongTerminal, looking
from kiosk.backend.terminals.fleet import CODE_ATTEMPTS, CODE_VALID_S
from kiosk.backend.terminals.ranks import DEGRADED, FAILED, SILENT, WELL
from kiosk.contract import DeviceReport, DeviceState, Enrolled, Enrolment
from kiosk.submission import Identity

ON_BOTH_DATABASES = True

MANY: Final = 45_000
BROKEN: Final = DeviceReport(kind="printer", state=DeviceState.FAILED, cause="printer.cutter-jam")


def rows(many: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield made-up terminals: every hundredth silent, every thirtieth broken, every tenth short of paper."""
    for number in range(many):
        rank = SILENT if number % 100 == 0 else FAILED if number % 30 == 0 else DEGRADED if number % 10 == 0 else WELL
        broken = rank == FAILED
        identity = {
            "id": f"T-{number:05d}",
            "place": f"示例市第{number % 900}社区服务站",
            "key": b"p" * 32,
            "standing": "in-service",
            "words": "",
            "since": START.timestamp(),
            "enrolled_at": START.timestamp(),
            "revision": number + 1,
        }
        health = {
            "terminal": identity["id"],
            "rank": rank,
            "state": "idle",
            "version": "0.4.0" if number % 7 else "0.3.9",
            "catalogue": "abc",
            "paper": "near-end" if rank == DEGRADED else "ok",
            "devices": msgspec.json.encode((BROKEN,) if broken else ()).decode(),
            "last_seen": START.timestamp(),
            "report": 1,
            "today": START.date(),
            "sessions": 5,
            "cases": 4,
        }
        yield identity, health


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A fleet of a province."""
    made = Database(tmp_path_factory.mktemp("fleet") / "backend.sqlite")
    identities, healths = zip(*rows(MANY), strict=True)

    def fill(connection: Any) -> None:
        connection.execute(insert(schema.terminal), identities)
        connection.execute(insert(schema.terminal_health), healths)
        connection.execute(text("ANALYZE"))

    made.write_now(fill)
    yield made
    made.close()


def steps(database: Database, wish: looking.Wish) -> tuple[int, looking.Lines]:
    """Return how many instructions SQLite needed for a page, and the page: its work, whatever else the machine does."""
    counted = 0

    def look(connection: Any) -> looking.Lines:
        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        raw: sqlite3.Connection = connection.connection.driver_connection
        raw.set_progress_handler(count, 10)
        try:
            return looking.listed(connection, wish, START)
        finally:
            raw.set_progress_handler(None, 0)

    page = database.read_now(look)
    return counted * 10, page


def plan(database: Database, wish: looking.Wish) -> str:
    def look(connection: Any) -> str:
        statement = looking.page_statement(connection, wish).limit(51)
        compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
        return "\n".join(row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))

    return database.read_now(look)


@pytest.mark.parametrize(
    ("wish", "index"),
    [
        (looking.Wish(), "ix_terminal_health_rank_terminal"),
        (looking.Wish(after=(WELL, "T-44000")), "ix_terminal_health_rank_terminal"),
        (looking.Wish(rank=FAILED, after=(FAILED, "T-30000")), "ix_terminal_health_rank_terminal"),
        (looking.Wish(version="0.3.9"), "ix_terminal_health_version_rank_terminal"),
        (looking.Wish(version="0.3.9", after=(WELL, "T-30000")), "ix_terminal_health_version_rank_terminal"),
    ],
)
def test_a_page_is_read_by_its_index_and_never_sorted(large: Database, wish: looking.Wish, index: str) -> None:
    told = plan(large, wish)
    assert index in told
    assert "TEMP B-TREE" not in told
    assert "SCAN terminal_health\n" not in f"{told}\n"


def test_the_last_page_of_45000_costs_what_the_first_does(large: Database) -> None:
    first, page = steps(large, looking.Wish())
    assert len(page.lines) == looking.PAGE
    assert page.lines[0].rank == SILENT
    last, end = steps(large, looking.Wish(after=(WELL, "T-44900")))
    assert end.after is None or len(end.lines) == looking.PAGE
    assert last < 2 * first
    # 51 rows of two tables, some dozens of instructions each: not one of the other 44,949
    assert first < MANY / 4


def test_pages_follow_each_other_without_a_gap(large: Database) -> None:
    wish, seen = looking.Wish(rank=FAILED), list[str]()
    while True:
        page = large.read_now(lambda connection, wish=wish: looking.listed(connection, wish, START))  # type: ignore[misc] # a default that holds which
        seen += [line.id for line in page.lines]
        if page.after is None:
            break
        wish = msgspec.structs.replace(wish, after=page.after)
    expected = [identity["id"] for identity, health in rows(MANY) if health["rank"] == FAILED]
    assert seen == expected
    assert sum(large.read_now(looking.figures).values()) == MANY
    assert list(large.read_now(looking.versions)) == ["0.3.9", "0.4.0"]


@pytest.mark.parametrize(
    ("query", "found"),
    [("T-44999", 1), ("第899社区", 50), ("社区", looking.FOUND), ("%", 0), ("_-", 0), ("nowhere", 0)],
)
def test_a_part_of_an_id_or_a_place_is_found(large: Database, query: str, found: int) -> None:
    page = large.read_now(lambda connection: looking.listed(connection, looking.Wish(query=query), START))
    assert len(page.lines) == found
    assert list(page.lines) == sorted(page.lines, key=lambda line: (line.rank, line.id))


def test_pages_follow_each_other_on_either_database(store: Database) -> None:
    """Row values are compared by both as one would think."""
    identities, healths = zip(*rows(230), strict=True)

    def fill(connection: Any) -> None:
        connection.execute(insert(schema.terminal), identities)
        connection.execute(insert(schema.terminal_health), healths)

    store.write_now(fill)
    wish, seen = looking.Wish(), list[tuple[int, str]]()
    while True:
        page = store.read_now(lambda connection, wish=wish: looking.listed(connection, wish, START))  # type: ignore[misc] # a default that holds which
        seen += [(line.rank, line.id) for line in page.lines]
        if page.after is None:
            break
        wish = msgspec.structs.replace(wish, after=page.after)
    assert seen == sorted((health["rank"], health["terminal"]) for health in healths)
    assert list(store.read_now(looking.versions)) == ["0.3.9", "0.4.0"]
    found = store.read_now(lambda connection: looking.listed(connection, looking.Wish(query="第7社区"), START))
    assert [line.id for line in found.lines] == ["T-00007"]


# --- taking terminals in ------------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path, clock: Clock) -> BackendSettings:
    return settings_for(tmp_path, clock)


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Database]:
    with empty(database, tmp_path / "store") as made:
        yield made


@pytest.fixture
def fleet(settings: BackendSettings) -> Fleet:
    return Fleet(settings.clock, b"k" * 32)


@pytest.fixture
def newcomer(tmp_path: Path) -> Identity:
    return Identity(tmp_path / "newcomer", "")


def offer(store: Database, fleet: Fleet, terminal: str = "T-NEW", place: str = "一楼") -> EnrolmentCode:
    return store.write_now(lambda connection: fleet.offer(connection, terminal, place, staff="YW-0001"))


def enrol(
    store: Database, fleet: Fleet, code: str, newcomer: Identity, **changes: str
) -> Enrolled | RefusedRequestError:
    sent = {"code": code, "public_key": newcomer.public_key(), "proof": newcomer.proof(code), **changes}
    return store.write_now(lambda connection: fleet.take_in(connection, Enrolment(**sent)))


def other(code: str) -> str:
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def test_a_code_takes_one_terminal_in_once(store: Database, fleet: Fleet, newcomer: Identity) -> None:
    code = offer(store, fleet).code
    assert enrol(store, fleet, code.replace("-", " "), newcomer) == Enrolled(terminal="T-NEW", place="一楼")
    assert isinstance(enrol(store, fleet, code, newcomer), RefusedRequestError)
    found = store.read_now(lambda connection: looking.one(connection, "T-NEW", START))
    assert [(each.kind, each.content, each.staff) for each in found.history] == [
        ("enrolled", "code", ""),
        ("code-made", "", "YW-0001"),
    ]


def test_a_code_is_spent_after_some_attempts(store: Database, fleet: Fleet, newcomer: Identity) -> None:
    code = offer(store, fleet).code
    for _attempt in range(CODE_ATTEMPTS):
        assert isinstance(enrol(store, fleet, other(code), newcomer), RefusedRequestError)
    assert isinstance(enrol(store, fleet, code, newcomer), RefusedRequestError)


def test_a_code_expires_and_a_newer_one_replaces_it(
    store: Database, fleet: Fleet, newcomer: Identity, clock: Clock
) -> None:
    first = offer(store, fleet).code
    second = offer(store, fleet).code
    assert isinstance(enrol(store, fleet, first, newcomer), RefusedRequestError)
    clock.advance(seconds=CODE_VALID_S)
    assert isinstance(enrol(store, fleet, second, newcomer), RefusedRequestError)
    third = offer(store, fleet).code
    assert isinstance(enrol(store, fleet, third, newcomer), Enrolled)


@pytest.mark.parametrize(
    "changes", [{"proof": "AAAA"}, {"proof": "?"}, {"public_key": "AAAA"}, {"public_key": "A" * 43}]
)
def test_a_key_without_its_proof_takes_nothing_in(
    store: Database, fleet: Fleet, newcomer: Identity, changes: dict[str, str]
) -> None:
    code = offer(store, fleet).code
    assert isinstance(enrol(store, fleet, code, newcomer, **changes), RefusedRequestError)


@pytest.mark.parametrize("code", ["", "1", "abc", "12345678901", "１２３４５６７８９０", "'; --"])
def test_what_is_no_code_takes_nothing_in(store: Database, fleet: Fleet, newcomer: Identity, code: str) -> None:
    assert isinstance(enrol(store, fleet, code, newcomer), RefusedRequestError)


@pytest.mark.parametrize(("terminal", "place"), [("", ""), ("T 1", ""), ("T" * 41, ""), ("T-1", "x" * 121), ("一", "")])
def test_a_terminal_has_an_id_and_a_place_that_fit(store: Database, fleet: Fleet, terminal: str, place: str) -> None:
    with pytest.raises(WrongTerminal):
        offer(store, fleet, terminal, place)


def test_a_code_is_kept_as_a_hash(store: Database, fleet: Fleet) -> None:
    code = offer(store, fleet).code
    row = store.read_now(lambda connection: connection.execute(select(schema.terminal_enrolment)).one())
    secret = code.replace("-", "")[4:]
    assert secret not in repr(tuple(row))
    with pytest.raises(NoSuchTerminal):
        store.read_now(lambda connection: looking.one(connection, "T-NEW", START))


def test_over_the_wire_a_code_needs_no_terminal(settings: BackendSettings, newcomer: Identity) -> None:
    from kiosk.backend.house import build

    house = build(settings)
    code = house.database.write_now(lambda connection: house.fleet.offer(connection, "T-NEW", "", staff="x")).code
    house.close()
    with serving(settings) as http:
        body = {"code": code, "publicKey": newcomer.public_key(), "proof": newcomer.proof(code)}
        answer = http.post("/v1/terminals", json=body, headers={"Terminal-Assertion": ""})
        assert answer.status_code == 201, answer.text
        newcomer.enrolled(answer.json()["terminal"])
        assert newcomer.terminal == "T-NEW"
        again = http.post("/v1/terminals", json=body)
        assert (again.status_code, problem_code(again)) == (403, "enrolment.refused")
