"""What is said of the kiosk's speed is computed as it says."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def bench_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def test_median_and_ranks() -> None:
    figure = importlib.import_module("tests.bench.measuring").Figure
    values = tuple(float(value) for value in range(100, 0, -1))
    assert figure(name="", unit="", values=values).median == 50.5
    assert figure(name="", unit="", values=values).p95 == 95.0
    assert figure(name="", unit="", values=(3.0,)).p95 == 3.0


def test_an_aim_is_met_by_the_median() -> None:
    figure = importlib.import_module("tests.bench.measuring").Figure
    assert figure(name="", unit="", values=(1.0, 2.0, 9.0), at_most=2.0).met is True
    assert figure(name="", unit="", values=(1.0, 3.0, 9.0), at_most=2.0).met is False
    assert figure(name="", unit="", values=(1.0,)).met is None


def test_an_aim_for_nearly_all_is_met_by_the_rank() -> None:
    figure = importlib.import_module("tests.bench.measuring").Figure
    values = (1.0,) * 90 + (9.0,) * 10
    assert figure(name="", unit="", values=values, at_most=2.0, mostly=True).met is False
    assert figure(name="", unit="", values=values, at_most=9.0, mostly=True).met is True


def test_a_missed_aim_stands_out() -> None:
    main = importlib.import_module("tests.bench.__main__")
    figure = importlib.import_module("tests.bench.measuring").Figure
    row = (
        "kiosk",
        figure(name="memory, ours over Chromium's", unit="×", values=(0.7,), aim="at most half", at_most=0.5),
    )
    line = importlib.import_module("tests.bench.measuring").table([row]).splitlines()[1]
    assert "MISSED" in line
    assert "at most half" in line
    assert main.report([row], main.machine())["machine"]["cores"]


def test_a_group_is_made_of_measurements() -> None:
    main = importlib.import_module("tests.bench.__main__")
    known = {measurement.name for measurement in main.MEASUREMENTS}
    assert all(set(parts) <= known for parts in main.GROUPS.values())
    assert not known & main.GROUPS.keys()


def test_memory_is_that_of_living_processes() -> None:
    pss_mb = importlib.import_module("tests.bench.measuring").pss_mb
    assert pss_mb([os.getpid()]) > 5
    assert pss_mb([4194305]) == 0
