"""History, audit and drift: added to and never changed, whole or known not to be, and nobody's personal data."""

from __future__ import annotations

import sqlite3
import statistics
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from benches import BEGIN, result
from hypothesis import given
from hypothesis import strategies as st

from kiosk.diagnostics.audit import Action, Audit
from kiosk.diagnostics.chain import FIRST, Chain, ChainError, link
from kiosk.diagnostics.drift import BASELINE, LEAST, Direction, drift
from kiosk.diagnostics.history import FILE, History
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.model import Verdict

texts = st.text(max_size=30)


def forge(file: Path, table: str, statement: str) -> None:
    """Change a file as somebody would who knows what a trigger is."""
    database = sqlite3.connect(file)
    try:
        for trigger in ("kept", "stays", "follows"):
            database.execute(f"DROP TRIGGER {table}_{trigger}")
        database.execute(statement)
        database.commit()
    finally:
        database.close()


@pytest.fixture
def chain(tmp_path: Path) -> Chain:
    made = Chain(tmp_path / "folder" / "records.db", "rows")
    for number in range(1, 6):
        made.append("even" if number % 2 == 0 else "odd", f"content {number}")
    return made


def test_what_was_added_is_there_in_order_and_whole(chain: Chain, tmp_path: Path) -> None:
    assert [row.number for row in chain.rows()] == [1, 2, 3, 4, 5]
    assert [row.content for row in chain.rows("even")] == ["content 2", "content 4"]
    assert [row.content for row in chain.rows(last=2)] == ["content 4", "content 5"]
    assert {row.content for row in chain.newest()} == {"content 4", "content 5"}
    assert chain.verify() is None
    assert chain.head() == chain.rows()[-1].hash
    assert (tmp_path / "folder" / "records.db").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rows SET content = 'other' WHERE number = 2",
        "DELETE FROM rows WHERE number = 5",
        "INSERT INTO rows VALUES (9, 'x', 'x', 'x')",
        "INSERT OR REPLACE INTO rows VALUES (2, 'x', 'x', 'x')",
    ],
)
def test_no_program_changes_a_row_by_mistake(chain: Chain, tmp_path: Path, statement: str) -> None:
    database = sqlite3.connect(tmp_path / "folder" / "records.db")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(statement)
    database.close()
    assert chain.verify() is None


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE rows SET content = 'content 9' WHERE number = 3", 3),
        ("UPDATE rows SET topic = 'even' WHERE number = 3", 3),
        ("UPDATE rows SET hash = 'x' WHERE number = 1", 1),
        ("DELETE FROM rows WHERE number = 2", 2),
        ("DELETE FROM rows WHERE number = 1", 1),
    ],
)
def test_who_edits_the_file_breaks_the_chain_there(chain: Chain, tmp_path: Path, statement: str, broken: int) -> None:
    forge(tmp_path / "folder" / "records.db", "rows", statement)
    assert chain.verify() == broken


def test_rows_cut_off_at_the_end_show_in_the_head(chain: Chain, tmp_path: Path) -> None:
    before = chain.head()
    forge(tmp_path / "folder" / "records.db", "rows", "DELETE FROM rows WHERE number = 5")
    assert chain.verify() is None
    assert chain.head() != before


def test_two_that_write_at_once_follow_one_another(tmp_path: Path) -> None:
    def write(number: int) -> None:
        Chain(tmp_path / "records.db", "rows").append("x", str(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    chain = Chain(tmp_path / "records.db", "rows")
    assert sorted(int(row.content) for row in chain.rows()) == list(range(20))
    assert chain.verify() is None


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"no database at all, but long enough to be taken for one" * 9)
    with pytest.raises(ChainError, match="not a database"):
        Chain(tmp_path / "records.db", "rows").append("x", "y")
    with pytest.raises(ChainError):
        Chain(tmp_path / "records.db" / "below", "rows").rows()
    assert Chain(tmp_path / "new.db", "rows").head() == FIRST


@given(texts, texts, texts, texts)
def test_nothing_moves_from_one_field_to_the_next(a: str, b: str, c: str, d: str) -> None:
    assert ((a, b) == (c, d)) == (link(1, FIRST, a, b) == link(1, FIRST, c, d))


# --- history and audit


def test_history_tells_the_newest_of_each_test_and_who_had_it_run(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add(result("printer.page", Verdict.FAIL), operator="0042", versions={"kiosk": "1"})
    history.add(result("card.reader"), operator="0042", versions={})
    history.add(result("printer.page"), operator="console", versions={})
    assert {(each.test, each.verdict) for each in history.newest()} == {
        ("printer.page", Verdict.PASS),
        ("card.reader", Verdict.PASS),
    }
    assert [entry.operator for entry in history.entries("printer.page")] == ["0042", "console"]
    assert history.verify() is None


def test_drift_is_of_the_device_that_is_there_now(tmp_path: Path) -> None:
    history = History(tmp_path)
    for serial, value in [("old", 900.0)] * 3 + [("new", 2.0)] * 4:
        found = result("printer.sensors", measures=(measured("printer.answer", value),), serial=serial)
        history.add(found, operator="console", versions={})
    assert [point.value for point in history.drift("printer.sensors", "printer.answer").points] == [2.0] * 4


def test_history_and_audit_stand_in_one_file_and_are_told_apart(tmp_path: Path) -> None:
    History(tmp_path).add(result("card.reader"), operator="0042", versions={})
    audit = Audit(tmp_path)
    for what in ("entered", "test", "left"):
        audit.add(Action(at=BEGIN, operator="0042", what=what))
    assert [action.what for action in audit.actions()] == ["entered", "test", "left"]
    last = audit.last("test")
    assert last is not None
    assert last.operator == "0042"
    assert audit.last("repair") is None
    forge(tmp_path / FILE, "actions", "UPDATE actions SET content = replace(content, '0042', '0043') WHERE number = 2")
    assert audit.verify() == 2
    assert History(tmp_path).verify() is None


def test_a_row_that_holds_something_else_is_said_to(tmp_path: Path) -> None:
    Chain(tmp_path / FILE, "results").append("card.reader", "{}")
    Chain(tmp_path / FILE, "actions").append("test", "[")
    with pytest.raises(ChainError, match="row 1"):
        History(tmp_path).entries()
    with pytest.raises(ChainError, match="row 1"):
        Audit(tmp_path).actions()


def test_a_year_of_nights_has_the_size_that_the_documentation_says(tmp_path: Path) -> None:
    history = History(tmp_path)
    measures = tuple(measured(name, 1.5) for name in ("camera.sharpness", "camera.rate", "camera.lost"))
    for _ in range(50):
        history.add(result("camera.picture", measures=measures), operator="terminal", versions={"kiosk": "0.1.0"})
    each = (tmp_path / FILE).stat().st_size / 50
    assert 365 * 25 * each < 25e6


# --- drift


def days(values: list[float]) -> list[tuple[object, float]]:
    return [(BEGIN + timedelta(days=at), value) for at, value in enumerate(values)]


steady = st.lists(st.floats(95, 105), min_size=BASELINE, max_size=40)


@given(steady)
def test_a_past_that_repeats_itself_is_steady_or_says_that_it_was_never(values: list[float]) -> None:
    found = drift([(BEGIN, value) for value in [*values, *values[:BASELINE]]])
    assert found.low <= found.middle <= found.high
    assert len(found.points) == len(values) + BASELINE
    middle = statistics.median(values[:BASELINE])
    assert found.middle == middle


@given(st.lists(st.floats(99, 101), min_size=BASELINE, max_size=40), st.sampled_from((-1, 1)))
def test_a_step_that_stays_is_a_drift_in_its_direction(values: list[float], sign: int) -> None:
    found = drift([(BEGIN + timedelta(days=at), each) for at, each in enumerate([*values, *[100 + sign * 40.0] * 5])])
    assert found.direction is (Direction.UP if sign > 0 else Direction.DOWN)
    assert found.since is not None


@given(st.lists(st.floats(99, 101), min_size=BASELINE, max_size=30), st.floats(0, 1e6))
def test_one_outlier_is_outside_the_band_at_most_and_no_drift(values: list[float], outlier: float) -> None:
    calm = [100.0] * BASELINE + values + [100.0] * 2
    calm[BASELINE + 3] = outlier
    assert drift([(BEGIN, value) for value in calm]).direction is Direction.STEADY


@given(st.lists(st.floats(-1e9, 1e9), max_size=60))
def test_any_values_have_a_band_and_a_direction(values: list[float]) -> None:
    found = drift([(BEGIN, value) for value in values])
    assert found.low <= found.high
    assert (found.direction is Direction.UNKNOWN) == (len(values) < LEAST)


def test_a_slow_decay_is_noticed_long_before_the_limit() -> None:
    sharpness = [100.0 + (at % 3) - 1 for at in range(20)] + [100.0 - at for at in range(25)]
    found = drift([(BEGIN + timedelta(days=at), value) for at, value in enumerate(sharpness)])
    assert found.direction is Direction.DOWN
    assert found.since is not None
    assert found.since < BEGIN + timedelta(days=28)


def test_what_came_back_is_no_drift_any_more() -> None:
    values = [100.0] * 20 + [140.0] * 10 + [100.0] * 40
    assert drift([(BEGIN, value) for value in values]).direction is Direction.STEADY
