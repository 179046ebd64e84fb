"""The bureau's report: sums that add up, a year that stays quick, and nobody who could be found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text

from backend.city import START, TODAY, Citizen, Clock, running, settings_for
from backend.stores import empty
from kiosk.backend.bureau import Count, add, count
from kiosk.backend.bureau.counting import BUCKETS, LONGER, bucket_of
from kiosk.backend.bureau.report import FEW, Period, report, split_small
from kiosk.backend.storage import Database, schema

ON_BOTH_DATABASES = True

YEAR: Final = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
THEMES: Final = [f"theme-{number}" for number in range(60)]
TERMINALS: Final = [f"T-{number:04d}" for number in range(1000)]


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Database]:
    with empty(database, tmp_path / "store") as made:
        yield made


def told(store: Database, period: Period, **of: str) -> Any:
    return store.read_now(lambda connection: report(connection, period, **of))


def counted(store: Database, *counts: Count) -> None:
    store.write_now(lambda connection: add(connection, counts))


# --- periods ----------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(DAYS, DAYS)
def test_the_parts_of_a_period_are_each_of_its_days_once(one: date, other: date) -> None:
    period = Period(first=min(one, other), last=max(one, other))
    days: list[date] = []
    for grain, first, last in period.parts():
        if grain == "month":
            assert first.day == 1
            assert (last + timedelta(days=1)).day == 1
        days += [first + timedelta(days=at) for at in range((last - first).days + 1)]
    assert sorted(days) == [period.first + timedelta(days=at) for at in range((period.last - period.first).days + 1)]
    assert len(period.parts()) <= 3


def test_a_year_is_months_alone() -> None:
    assert YEAR.parts() == (("month", date(2026, 1, 1), date(2026, 12, 31)),)


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory, database: str) -> Iterator[Database]:
    with empty(database, tmp_path_factory.mktemp("sums")) as made:
        yield made


@settings(max_examples=30)
@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 99)), max_size=20), DAYS, DAYS)
def test_sums_of_any_period_are_those_of_its_days(
    sums: Database, given_counts: list[tuple[date, int]], one: date, other: date
) -> None:
    sums.write_now(lambda connection: connection.execute(delete(schema.bureau_count)))
    counted(sums, *(Count(kind="filed", day=day, value=many) for day, many in given_counts))
    period = Period(first=min(one, other), last=max(one, other))
    expected = sum(many for day, many in given_counts if period.first <= day <= period.last)
    made = told(sums, period)
    assert made.filed == expected
    if not made.by_month:
        assert sum(many for _, many in made.over_time) == expected


# --- few --------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 40), max_size=12))
def test_what_is_left_over_is_never_few_unless_all_is(sizes: list[int]) -> None:
    parts = sorted(((f"s{at}", many) for at, many in enumerate(sizes)), key=lambda part: -part[1])
    alone, small = split_small(parts)
    assert sorted([*alone, *small]) == sorted(subject for subject, _ in parts)
    by_size = dict(parts)
    assert all(by_size[subject] >= FEW for subject in alone)
    rest = sum(by_size[subject] for subject in small)
    assert rest == 0 or rest >= FEW or not alone


def test_few_are_not_told_of_a_theme_and_not_by_subtraction(store: Database) -> None:
    counted(
        store,
        Count(kind="filed", day=TODAY, theme="a", terminal="T-1", value=30),
        Count(kind="filed", day=TODAY, theme="b", terminal="T-1", value=12),
        Count(kind="filed", day=TODAY, theme="c", terminal="T-2", value=3),
        Count(kind="cases", day=TODAY, theme="a", value=30),
        Count(kind="at-once", day=TODAY, theme="a", value=15),
        Count(kind="reached", day=TODAY, theme="c", detail="sign", value=4),
        Count(kind="left", day=TODAY, theme="c", detail="sign", value=2),
    )
    period = Period(first=TODAY, last=TODAY)
    all_of_it = told(store, period)
    assert (all_of_it.filed, all_of_it.cases, all_of_it.at_once) == (45, 30, 0.5)
    assert [(part.subject, part.filed) for part in all_of_it.themes] == [("a", 30), ("", 15)]
    assert [(part.subject, part.filed) for part in all_of_it.terminals] == [("", 45)]
    few = told(store, period, theme="c")
    assert few.filed is None
    assert few.at_once is None
    assert [(page.reached, page.left, page.share) for page in few.pages] == [(None, None, None)]
    assert few.themes == few.terminals == few.hours == ()
    many = told(store, period, theme="a")
    assert (many.filed, many.at_once) == (30, 0.5)


# --- counting what stands in other tables -----------------------------------------------------------------------


def test_what_is_filed_decided_and_rated_is_counted_once(tmp_path: Path) -> None:
    clock = Clock()
    with running(settings_for(tmp_path, clock)) as http:
        chen = Citizen(http, "chen").verify()
        chen.fetch("old-age-allowance")
        filed = chen.file(chen.request("old-age-allowance", {}))
        for level in (5, 2):
            path = f"/v1/applications/{filed.number}/rating"
            assert http.put(path, json={"level": level, "reasons": []}, headers=chen.headers).status_code == 204
    store = Database(tmp_path / "backend.sqlite")
    for _again in range(2):
        store.write_now(lambda connection: count(connection, START + timedelta(seconds=30)))
    assert told(store, Period(first=TODAY, last=TODAY)).filed == 0
    for _again in range(2):
        store.write_now(lambda connection: count(connection, START + timedelta(seconds=120)))
    made = told(store, Period(first=TODAY, last=TODAY))
    assert (made.filed, made.cases) == (1, len(filed.cases))
    assert made.hours[10] == 1
    assert sum(made.hours) == 1
    approved = sum(str(case.state) == "approved" for case in filed.cases)
    assert made.outcomes.get("approved", 0) == approved
    assert dict(made.took)["0-10s"] == approved
    assert made.ratings == {5: 0, 4: 0, 3: 0, 2: 1, 1: 0}
    assert [part.subject for part in made.themes] == [""]
    kept = store.read_now(lambda connection: connection.execute(select(schema.bureau_count)).all())
    store.close()
    assert {row.subject for row in kept if row.scope == "theme"} == {"old-age-allowance"}
    assert not [row for row in kept if filed.number in repr(tuple(row)) or chen.person.number in repr(tuple(row))]


def test_the_time_to_an_outcome_has_a_name(store: Database) -> None:
    names = [name for name, _ in BUCKETS]
    assert names == sorted(names)
    assert [bucket_of(most) for _, most in BUCKETS] == names
    assert bucket_of(BUCKETS[-1][1] + 1) == LONGER
    assert bucket_of(0) == names[0]


# --- a year -------------------------------------------------------------------------------------------------------


def rows_of_years() -> Iterator[dict[str, Any]]:
    for month in range(36):
        starts_on = date(2024 + month // 12, month % 12 + 1, 1)
        shared = {"grain": "month", "starts_on": starts_on}
        for kind in ("filed", "cases", "at-once"):
            yield {**shared, "kind": kind, "scope": "all", "subject": "", "detail": "", "value": 60_000}
            for subject in TERMINALS:
                yield {**shared, "kind": kind, "scope": "terminal", "subject": subject, "detail": "", "value": 60}
            for subject in THEMES:
                yield {**shared, "kind": kind, "scope": "theme", "subject": subject, "detail": "", "value": 1000}
        for at in range(25):
            yield {**shared, "kind": "reached", "scope": "all", "subject": "", "detail": f"p{at}", "value": 9000}
            for subject in THEMES:
                yield {**shared, "kind": "reached", "scope": "theme", "subject": subject, "detail": f"p{at}",
                       "value": 150}  # fmt: skip


def rows_of_days() -> Iterator[dict[str, Any]]:
    for day in range(365):
        shared = {"grain": "day", "starts_on": date(2026, 1, 1) + timedelta(days=day), "kind": "filed"}
        for subject in TERMINALS[:100]:
            yield {**shared, "scope": "terminal", "subject": subject, "detail": "", "value": 2}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three years of months, of 1,000 terminals and 60 themes with 25 pages each; and the days of the last one."""
    made = Database(tmp_path_factory.mktemp("year") / "backend.sqlite")

    def fill(connection: Any) -> None:
        connection.execute(insert(schema.bureau_count), [*rows_of_years(), *rows_of_days()])
        connection.execute(text("ANALYZE"))

    made.write_now(fill)
    yield made
    made.close()


def steps(store: Database, period: Period, **of: str) -> tuple[int, Any]:
    """Return SQLite's instructions for a report, and the report."""
    counted_steps = 0

    def look(connection: Any) -> Any:
        def step() -> int:
            nonlocal counted_steps
            counted_steps += 1
            return 0

        raw: sqlite3.Connection = connection.connection.driver_connection
        raw.set_progress_handler(step, 1000)
        try:
            return report(connection, period, **of)
        finally:
            raw.set_progress_handler(None, 0)

    made = store.read_now(look)
    return counted_steps * 1000, made


def test_a_year_reads_its_twelve_months_and_nothing_else(year: Database) -> None:
    all_steps, made = steps(year, YEAR)
    assert (made.filed, made.at_once) == (12 * 60_000, 1.0)
    assert len(made.themes) == 60
    assert len(made.terminals) == 100
    assert made.by_month
    # 12 months of 1,000 terminals and 60 themes, three kinds: 38,000 rows of 190,000, some dozens of instructions each
    assert all_steps < 38_000 * 60
    theme_steps, theme = steps(year, YEAR, theme="theme-7")
    assert (theme.filed, len(theme.pages)) == (12_000, 25)
    assert theme_steps < all_steps
    terminal_steps, terminal = steps(year, YEAR, terminal="T-0007")
    assert terminal.filed == 720
    assert terminal_steps < all_steps
