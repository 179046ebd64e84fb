from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from benches import SETTINGS, Answers, Fingers, Held, Room, bench, no_news

from drivers.card.api import CardProbe
from drivers.errors import DeviceSilent
from drivers.idreader.api import ReaderProbe
from drivers.status import State
from kiosk.diagnostics import reaching, running
from kiosk.diagnostics.bench import Progress, Say, Workbench
from kiosk.diagnostics.checks import idreader
from kiosk.diagnostics.limits import LIMITS, measured
from kiosk.diagnostics.model import Verdict
from kiosk.diagnostics.running import TESTS, Found, Need, all_tests, run


class Reader:
    def __init__(self, probe: ReaderProbe | Exception) -> None:
        self._probe = probe

    async def probe(self) -> ReaderProbe:
        if isinstance(self._probe, Exception):
            raise self._probe
        return self._probe


WELL = ReaderProbe(self_test=True, number="05", answers_ms=(2.0, 3.0, 90.0), find_ms=(150.0,))


async def test_a_device_that_is_well_passes_with_its_measures_and_who_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    found = await run("idreader.self-test", bench(tmp_path, {"idreader": Held("idreader", Reader(WELL))}), told.append)
    assert found.verdict is Verdict.PASS
    assert {measure.name: measure.value for measure in found.measures} == {
        "idreader.well": 1,
        "idreader.answer": 3.0,
        "idreader.find": 150.0,
    }
    assert found.identity.serial == "1"
    assert [told[0].share, told[-1].share] == [0, 1]


async def test_a_module_that_fails_its_own_test_fails_whatever_else_is_measured(tmp_path: Path) -> None:
    sick = ReaderProbe(self_test=False, number="", answers_ms=(), find_ms=())
    found = await run("idreader.self-test", bench(tmp_path, {"idreader": Held("idreader", Reader(sick))}), no_news)
    assert (found.verdict, found.reason) == (Verdict.FAIL, "idreader.self-test")


async def test_a_device_that_fails_in_a_test_is_handed_to_its_supervisor(tmp_path: Path) -> None:
    held = Held("idreader", Reader(DeviceSilent("said nothing")))
    found = await run("idreader.self-test", bench(tmp_path, {"idreader": held}), no_news)
    assert (found.verdict, found.reason) == (Verdict.FAIL, "device.silent")
    assert [error.code for error in held.losses] == ["device.silent"]


async def test_a_device_that_is_not_open_fails_with_the_cause_its_supervisor_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Held("idreader", None, state=State.FAILED, cause="device.flapping")

    async def soon(where: Workbench, kind: str) -> Any:
        return await reaching.driver(where, kind, 0.01)

    monkeypatch.setattr("kiosk.diagnostics.checks.idreader.driver", soon)
    found = await run("idreader.self-test", bench(tmp_path, {"idreader": away}), no_news)
    assert (found.verdict, found.reason) == (Verdict.FAIL, "device.flapping")


async def test_a_test_that_dies_is_a_finding_and_ends_nothing_else(tmp_path: Path, caplog: Any) -> None:
    held = {"idreader": Held("idreader", Reader(ZeroDivisionError("a driver's own mistake")))}
    found = await run("idreader.self-test", bench(tmp_path, held), no_news)
    assert (found.verdict, found.reason, found.detail) == (Verdict.FAIL, "test.died", "ZeroDivisionError")
    caplog.clear()


async def test_a_test_that_does_not_end_has_failed_and_one_nobody_wants_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def for_ever(where: Workbench, say: Say) -> Found:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return Found()

    short = msgspec.structs.replace(running.spec("idreader.self-test"), limit_s=0.01)
    monkeypatch.setitem(idreader.CHECKS, short.id, for_ever)
    monkeypatch.setattr(running, "TESTS", (short,))
    camera = Held("idreader", None)
    found = await run(short.id, bench(tmp_path, {"idreader": camera}), no_news)
    assert (found.verdict, found.reason, camera.open_now) == (Verdict.FAIL, "test.too-long", 0)

    monkeypatch.setattr(running, "TESTS", (msgspec.structs.replace(short, limit_s=60.0),))
    begun.clear()
    ended.clear()
    task = asyncio.create_task(run(short.id, bench(tmp_path, {"idreader": camera}), no_news))
    await begun.wait()
    assert camera.open_now == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (ended.is_set(), camera.open_now) == (True, 0)


@pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
async def test_what_a_test_needs_and_is_not_there_skips_it_with_that_reason(tmp_path: Path, test: Any) -> None:
    if not test.needs:
        return
    found = await run(test.id, bench(tmp_path), no_news)
    assert found.verdict is Verdict.SKIPPED
    assert found.reason == f"needs.{test.needs[0]}"


async def test_nothing_is_missing_where_everything_is(tmp_path: Path) -> None:
    devices = {kind: Held(kind, None) for kind in ("idreader", "card", "scanner", "camera", "printer")}
    everything = bench(
        tmp_path, devices, screen=Fingers(), sound=Room(), technician=Answers(), backend_url="http://127.0.0.1:1"
    )
    assert all(running._missing(test, everything) == "" for test in TESTS)


def test_a_terminal_is_asked_only_about_what_the_settings_name() -> None:
    devices = msgspec.structs.replace(
        SETTINGS.devices, camera=msgspec.structs.replace(SETTINGS.devices.camera, protocol="none")
    )
    bank = msgspec.structs.replace(SETTINGS, devices=devices)
    assert {test.id for test in all_tests(SETTINGS)} - {test.id for test in all_tests(bank)} == {"camera.picture"}


def test_the_verdict_is_that_of_the_worst_measure() -> None:
    good, near, bad = (measured("printer.answer", ms) for ms in (10, 500, 5000))
    assert running.verdict(Found(measures=(good,))) is Verdict.PASS
    assert running.verdict(Found(measures=(good, near))) is Verdict.WARN
    assert running.verdict(Found(measures=(near, bad))) is Verdict.FAIL
    assert running.verdict(Found(measures=(good,), reason="printer.fault")) is Verdict.FAIL
    assert running.verdict(Found(measures=(bad,), reason="ups.none", skipped=True)) is Verdict.SKIPPED
    assert measured("printer.answer", float("nan")).verdict is Verdict.FAIL


def test_every_limit_says_where_it_comes_from_and_warns_before_it_fails() -> None:
    for name, limit in LIMITS.items():
        assert limit.basis, name
        if limit.at_least is not None and limit.warn_at_least is not None:
            assert limit.warn_at_least >= limit.at_least, name
        if limit.at_most is not None and limit.warn_at_most is not None:
            assert limit.warn_at_most <= limit.at_most, name


def test_every_test_has_a_check_and_time_enough() -> None:
    for test in TESTS:
        assert callable(running._check(test))
        assert test.limit_s > test.seconds
        assert test.interactive == (Need.HAND in test.needs)


async def test_a_card_reader_is_measured_with_and_without_a_card(tmp_path: Path) -> None:
    class Reader:
        found = CardProbe(atr=b"", protocol="", round_trips_ms=())

        async def probe(self) -> CardProbe:
            return self.found

    reader = Reader()
    here = bench(tmp_path, {"card": Held("card", reader)})
    empty = await run("card.reader", here, no_news)
    reader.found = CardProbe(atr=b"\x3b\x00", protocol="T=0", round_trips_ms=(2.0, 900.0, 950.0))
    held = await run("card.reader", here, no_news)
    assert [measure.name for measure in empty.measures] == ["card.answer"]
    assert [(measure.name, measure.value) for measure in held.measures] == [("card.atr", 2), ("card.round-trip", 900)]
    assert (empty.verdict, held.verdict) == (Verdict.PASS, Verdict.WARN)
