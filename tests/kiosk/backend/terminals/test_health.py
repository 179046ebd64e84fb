"""How terminals fare: heard at once, written together, counted once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from backend.city import START, TERMINAL, TODAY, Clock, at, problem_code, running, settings_for
from backend.stores import empty
from kiosk.backend.bureau.counts import Count, rows_of
from kiosk.backend.settings import BackendSettings
from kiosk.backend.storage import Database, schema
from kiosk.backend.terminals import Fleet, Reports, find_silent, known, reports
from kiosk.backend.terminals.ranks import DEGRADED, FAILED, GONE, NEVER_SEEN, OUT, SILENT, WELL
from kiosk.contract import (
    DeviceReport,
    DeviceState,
    HealthAnswer,
    HealthReport,
    PageCount,
    Paper,
    SavingCount,
    TerminalState,
    Today,
)
from kiosk.words import Text

ON_BOTH_DATABASES = True

PATH = "/v1/terminals/self/health"
CLOSED = Text(zh_hans="正在检修", zh_hant="正在檢修", en="Under repair")
PRINTER = DeviceReport(kind="printer", state=DeviceState.READY)


def report(number: int, **changes: Any) -> HealthReport:
    told = {
        "state": TerminalState.IDLE,
        "version": "0.4.0",
        "catalogue_version": "abc",
        "devices": (PRINTER,),
        "paper": Paper.OK,
        "today": Today(day=TODAY, sessions=3, cases=2),
        **changes,
    }
    return HealthReport(number=number, **told)


def send(http: httpx.Client, number: int, **changes: Any) -> httpx.Response:
    body = msgspec.json.encode(report(number, **changes))
    return http.post(PATH, content=body, headers={"Content-Type": "application/json"})


@pytest.fixture
def settings(tmp_path: Path, clock: Clock) -> BackendSettings:
    return settings_for(tmp_path, clock)


@pytest.fixture
def store(tmp_path: Path, database: str) -> Iterator[Database]:
    with empty(database, tmp_path / "store") as made:
        yield made


@pytest.fixture
def fleet(settings: BackendSettings, store: Database) -> Fleet:
    made = Fleet(settings.clock, b"k" * 32)
    for terminal in ("T-1", "T-2", "T-3"):
        store.write_now(lambda connection, terminal=terminal: made.admit(connection, terminal, b"p" * 32, "", how="x"))  # type: ignore[misc] # a default that holds which
    return made


@pytest.fixture
def desk(settings: BackendSettings, store: Database, fleet: Fleet) -> Reports:
    return Reports(settings, store)


def health_of(store: Database, terminal: str) -> Any:
    table = schema.terminal_health
    return store.read_now(
        lambda connection: connection.execute(select(table).where(table.c.terminal == terminal)).one()
    )


def history(store: Database, terminal: str) -> list[tuple[str, str]]:
    table = schema.terminal_event
    rows = store.read_now(
        lambda connection: connection.execute(
            select(table).where(table.c.terminal == terminal).order_by(table.c.id)
        ).all()
    )
    return [(row.kind, row.content) for row in rows if row.kind != "enrolled"]


def counted(store: Database) -> dict[tuple[str, str, str, str, str], int]:
    rows = store.read_now(lambda connection: connection.execute(select(schema.bureau_count)).all())
    return {(row.kind, row.grain, row.scope, row.subject, row.detail): row.value for row in rows}


def test_a_report_is_heard_and_on_the_disk_when_the_backend_has_ended(settings: BackendSettings) -> None:
    with running(settings) as http:
        answer = send(http, 1)
        assert answer.status_code == 202, answer.text
        told = msgspec.json.decode(answer.content, type=HealthAnswer)
        assert told.service.open
        assert told.next_s == 60
    store = Database(settings.data_dir / "backend.sqlite")
    row = health_of(store, TERMINAL)
    store.close()
    assert (row.rank, row.version, row.cases, row.today) == (WELL, "0.4.0", 2, TODAY)
    assert row.last_seen == START.timestamp()


def test_a_terminal_that_is_put_out_is_told_so_and_reports_on(
    settings: BackendSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known, "LOOK_S", 0.0)
    with running(settings) as http:
        assert send(http, 1).status_code == 202
        there = Database(settings.data_dir / "backend.sqlite")
        fleet = Fleet(settings.clock, b"k" * 32)
        there.write_now(lambda connection: fleet.put_out(connection, TERMINAL, CLOSED, "卡纸", staff="YW-0001"))
        answer = send(http, 2, state=TerminalState.OUT_OF_SERVICE)
        assert answer.status_code == 202
        service = msgspec.json.decode(answer.content, type=HealthAnswer).service
        assert (service.open, service.words) == (False, CLOSED)
        with at(http, "T-OTHER") as other:
            assert msgspec.json.decode(send(other, 1).content, type=HealthAnswer).service.open
        there.close()


async def test_a_report_that_cannot_be_written_keeps_no_other_waiting(desk: Reports, store: Database) -> None:
    # PostgreSQL takes no text with a NUL in it; SQLite does
    for number, version in enumerate(("1.0", "1\0", "3.0"), start=1):
        desk.take(f"T-{number}", report(1, version=version))
    await desk.flush()
    assert desk.waiting == 0
    assert [health_of(store, terminal).version for terminal in ("T-1", "T-3")] == ["1.0", "3.0"]
    assert health_of(store, "T-2").version in {"", "1\0"}


async def test_many_reports_are_one_transaction(
    desk: Reports, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    real = reports.write

    def count(connection: Connection, heard: Sequence[reports.Heard]) -> None:
        written.append(len(heard))
        real(connection, heard)

    monkeypatch.setattr(reports, "write", count)
    for number in range(100):
        for terminal in ("T-1", "T-2", "T-3", "T-UNKNOWN"):
            desk.take(terminal, report(number, pages=(PageCount(theme="newborn", page="sign", reached=1),)))
    assert desk.waiting == 400
    await desk.flush()
    assert written == [400]
    assert desk.waiting == 0
    assert health_of(store, "T-2").report == 99
    assert counted(store)["reached", "day", "theme", "newborn", "sign"] == 300


async def test_work_writes_what_comes_in_and_the_rest_at_its_end(
    desk: Reports, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, loop, real = asyncio.Event(), asyncio.get_running_loop(), reports.write

    def tell(connection: Connection, heard: Sequence[reports.Heard]) -> None:
        real(connection, heard)
        loop.call_soon_threadsafe(written.set)

    monkeypatch.setattr(reports, "write", tell)
    work = asyncio.create_task(desk.work())
    desk.take("T-1", report(1))
    async with asyncio.timeout(20):
        await written.wait()
    desk.take("T-1", report(2))
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    assert health_of(store, "T-1").report == 2


def test_too_many_are_not_taken(desk: Reports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "WAITING", 2)
    desk.take("T-1", report(1))
    desk.take("T-1", report(2))
    with pytest.raises(Exception, match="unavailable"):
        desk.take("T-1", report(3))
    assert desk.waiting == 2


async def test_what_cannot_be_written_waits_on(desk: Reports, store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_connection: object, _heard: object) -> None:
        raise OSError

    desk.take("T-1", report(1))
    with monkeypatch.context() as patch:
        patch.setattr(reports, "write", full)
        await desk.flush()
    assert desk.waiting == 1
    await desk.flush()
    assert health_of(store, "T-1").report == 1


async def test_a_report_that_comes_twice_counts_once(desk: Reports, store: Database) -> None:
    pages = (PageCount(theme="newborn", page="materials", reached=5, left=2), PageCount(theme="", page="find", left=1))
    savings = (SavingCount(theme="newborn", filed=2, questions=61, materials=14),)
    for _twice in range(2):
        desk.take("T-1", report(7, pages=pages, savings=savings))
        await desk.flush()
    desk.take("T-1", report(6, pages=pages, savings=savings))
    await desk.flush()
    assert counted(store) == {
        (kind, grain, scope, subject, detail): value
        for grain in ("day", "month")
        for kind, scope, subject, detail, value in [
            ("reached", "all", "", "materials", 5),
            ("reached", "theme", "newborn", "materials", 5),
            ("left", "all", "", "materials", 2),
            ("left", "theme", "newborn", "materials", 2),
            ("left", "all", "", "find", 1),
            ("left", "theme", "-", "find", 1),
            ("left", "terminal", "T-1", "", 3),
            *((kind, *whose, "", value)
              for kind, value in (("saved-for", 2), ("saved-questions", 61), ("saved-materials", 14))
              for whose in (("all", ""), ("theme", "newborn"), ("terminal", "T-1"))),
        ]
    }  # fmt: skip


async def test_only_what_changed_is_history(desk: Reports, store: Database) -> None:
    desk.take("T-1", report(1))
    await desk.flush()
    begun = len(history(store, "T-1"))
    desk.take("T-1", report(2, state=TerminalState.IN_USE, today=Today(day=TODAY, sessions=4, cases=2)))
    await desk.flush()
    assert len(history(store, "T-1")) == begun
    desk.take("T-1", report(3, paper=Paper.NEAR_END))
    desk.take("T-1", report(4, paper=Paper.NEAR_END, version="0.5.0"))
    await desk.flush()
    assert history(store, "T-1")[begun:] == [("paper", "near-end"), ("version", "0.5.0")]


@pytest.mark.parametrize(
    ("changes", "rank"),
    [
        ({}, WELL),
        ({"paper": Paper.UNKNOWN}, WELL),
        ({"paper": Paper.NEAR_END}, DEGRADED),
        ({"paper": Paper.OUT}, FAILED),
        ({"devices": (PRINTER, DeviceReport(kind="camera", state=DeviceState.DEGRADED))}, DEGRADED),
        ({"devices": (PRINTER, DeviceReport(kind="camera", state=DeviceState.FAILED))}, FAILED),
        ({"devices": (PRINTER, DeviceReport(kind="camera", state=DeviceState.ABSENT))}, FAILED),
        ({"devices": (PRINTER, DeviceReport(kind="camera", state=DeviceState.STARTING))}, WELL),
        ({"state": TerminalState.OUT_OF_SERVICE, "paper": Paper.OUT}, OUT),
    ],
)
async def test_the_worst_is_known_by_its_rank(
    desk: Reports, store: Database, changes: dict[str, Any], rank: int
) -> None:
    desk.take("T-1", report(1, **changes))
    await desk.flush()
    assert health_of(store, "T-1").rank == rank


async def test_who_is_not_heard_of_any_more_is_the_worst(
    desk: Reports, store: Database, fleet: Fleet, clock: Clock
) -> None:
    for terminal in ("T-1", "T-2"):
        desk.take(terminal, report(1))
    await desk.flush()
    store.write_now(lambda connection: fleet.put_out(connection, "T-2", CLOSED, "", staff="YW-0001"))
    clock.advance(seconds=reports.SILENT_S)
    store.write_now(lambda connection: find_silent(connection, clock()))
    assert health_of(store, "T-1").rank == WELL
    clock.advance(seconds=1)
    store.write_now(lambda connection: find_silent(connection, clock()))
    assert [health_of(store, each).rank for each in ("T-1", "T-2", "T-3")] == [SILENT, OUT, NEVER_SEEN]
    desk.take("T-1", report(2))
    await desk.flush()
    assert health_of(store, "T-1").rank == WELL
    assert [kind for kind, _ in history(store, "T-1")][-2:] == ["silent", "heard"]
    store.write_now(lambda connection: fleet.revoke(connection, "T-1", "", staff="YW-0001"))
    assert health_of(store, "T-1").rank == GONE


@pytest.mark.parametrize(
    "changes",
    [{"number": -1}, {"state": "dancing"}, {"pages": [{"theme": "x", "page": "y", "reached": -1}]}, {"number": 2**53}],
)
def test_what_is_no_report_is_a_problem(shared: httpx.Client, changes: dict[str, Any]) -> None:
    body = {**msgspec.to_builtins(report(1)), **changes}
    assert problem_code(shared.post(PATH, json=body)) == "request.malformed"


@given(st.binary())
def test_any_body_is_a_report_or_none(body: bytes) -> None:
    try:
        read = msgspec.json.decode(body, type=HealthReport)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    assert read.number >= 0


COUNTS = st.lists(
    st.builds(
        Count,
        kind=st.sampled_from(["reached", "left"]),
        day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        theme=st.sampled_from(["newborn", "-", ""]),
        terminal=st.sampled_from(["", "T-1", "T-2"]),
        detail=st.sampled_from(["", "sign", "find"]),
        value=st.integers(0, 50),
    ),
    max_size=30,
)


@given(COUNTS, COUNTS)
def test_sums_of_parts_are_the_sum_of_all(some: list[Count], others: list[Count]) -> None:
    apart = [rows_of(some), rows_of(others)]
    together = rows_of([*some, *others])
    assert together == {key: sum(part.get(key, 0) for part in apart) for key in {*apart[0], *apart[1]}}
    for grain in ("day", "month"):
        rows = [(row, value) for row, value in together.items() if row.grain == grain]
        everything = sum(count.value for count in [*some, *others])
        assert everything == sum(value for row, value in rows if row.scope == "all")
        for scope, of in (("theme", "theme"), ("terminal", "terminal")):
            named = sum(count.value for count in [*some, *others] if getattr(count, of))
            assert named == sum(value for row, value in rows if row.scope == scope)
    assert all(not row.detail for row in together if row.scope == "terminal")


def test_a_day_is_the_one_of_the_city(desk: Reports, store: Database, clock: Clock) -> None:
    clock.now = START.replace(hour=23, minute=59)
    desk.take("T-1", report(1, pages=(PageCount(theme="", page="find", reached=1),)))
    clock.advance(minutes=2)
    desk.take("T-1", report(2, pages=(PageCount(theme="", page="find", reached=1),)))
    asyncio.run(desk.flush())
    rows = store.read_now(lambda connection: connection.execute(select(schema.bureau_count)).all())
    days = sorted({row.starts_on for row in rows if row.grain == "day"})
    assert days == [TODAY, TODAY + timedelta(days=1)]
