"""What is done because time passes: each round once, whoever is there to do it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from backend.city import Clock, settings_for
from kiosk.backend.clockwork import Clockwork, Sweep
from kiosk.backend.storage import Database, next_value


def counting(name: str, every_s: float) -> Sweep:
    """A sweep that counts its rounds in the database."""

    def work(connection: Connection, _now: datetime) -> Sequence[int]:
        return (next_value(connection, name),)

    return Sweep(name=name, every_s=every_s, work=work)


def test_a_round_is_due_once_in_its_rhythm(tmp_path: Path) -> None:
    clock, rung = Clock(), list[int]()
    database = Database(tmp_path / "a.sqlite")
    clockwork = Clockwork(
        settings_for(tmp_path, clock), database, rung.append, [counting("minute", 60), counting("hour", 3600)]
    )
    assert clockwork.run_due(clock.now) == 2
    assert clockwork.run_due(clock.now) == 0
    clock.advance(seconds=60)
    assert clockwork.run_due(clock.now) == 1
    clock.advance(hours=5)
    assert clockwork.run_due(clock.now) == 2  # what was missed is done once, not five times
    assert rung == [1, 1, 2, 3, 2]
    database.close()


def test_a_clock_that_was_wrong_and_is_put_right_stops_no_round(tmp_path: Path) -> None:
    clock, database = Clock(), Database(tmp_path / "a.sqlite")
    clockwork = Clockwork(settings_for(tmp_path, clock), database, print, [counting("hour", 3600)])
    clock.advance(days=400)
    assert clockwork.run_due(clock.now) == 1
    clock.advance(days=-400)
    assert [clockwork.run_due(clock.now) for _ in range(2)] == [1, 0]
    clock.advance(minutes=-5)  # clocks of two processes differ a little: that is no reason to do it again
    assert clockwork.run_due(clock.now) == 0
    database.close()


def test_two_processes_do_a_round_once(tmp_path: Path) -> None:
    clock = Clock()
    databases = [Database(tmp_path / "a.sqlite") for _ in range(2)]
    both = [Clockwork(settings_for(tmp_path, clock), each, print, [counting("day", 86_400)]) for each in databases]

    async def together() -> list[int]:
        return await asyncio.gather(*(asyncio.to_thread(each.run_due, clock.now) for each in both))

    for _ in range(5):
        assert sum(asyncio.run(together())) == 1
        clock.advance(days=1)
    for each in databases:
        each.close()


def test_a_sweep_that_fails_leaves_nothing_and_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    database = Database(tmp_path / "a.sqlite")
    done = asyncio.Event()

    def fails(connection: Connection, _now: datetime) -> Sequence[int]:
        next_value(connection, "half")
        raise LookupError("someone's name")

    sweeps = [Sweep(name="fails", every_s=3600, work=fails), counting("goes on", 3600)]
    clockwork = Clockwork(settings_for(tmp_path, clock), database, lambda _application: done.set(), sweeps)

    async def work() -> None:
        task = asyncio.create_task(clockwork.work())
        async with asyncio.timeout(10):
            await done.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    with caplog.at_level(logging.ERROR):
        asyncio.run(work())
    assert "LookupError" in caplog.text
    assert "someone" not in caplog.text
    assert database.write_now(lambda connection: next_value(connection, "half")) == 1
    assert clockwork.run_due(clock.now) == 0  # it has its time again
    with pytest.raises(LookupError):
        clockwork.run_due(datetime.fromtimestamp(clock.now.timestamp() + 61, clock.now.tzinfo))
    database.close()


def test_two_sweeps_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite")
    with pytest.raises(ValueError, match="one name"):
        Clockwork(settings_for(tmp_path), database, print, [counting("x", 1), counting("x", 1)])
    database.close()
