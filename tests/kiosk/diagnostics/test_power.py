"""The test of the power supply, and what a supply does to readiness."""

from __future__ import annotations

from pathlib import Path

import pytest
from benches import Held, bench, no_news, status

from drivers.power import NutSupply
from drivers.simulated.power import SimulatedPower
from drivers.status import State
from kiosk.diagnostics.model import Readiness, TestResult, Verdict
from kiosk.diagnostics.readiness import Surroundings, judge
from kiosk.diagnostics.running import run


async def found(tmp_path: Path, supply: str) -> TestResult:
    far = SimulatedPower()
    await far.start()
    await far.do(supply, {})
    driver = NutSupply("127.0.0.1", far.port)
    try:
        await driver.open()
        return await run("system.power", bench(tmp_path, devices={"power": Held("power", driver)}), no_news)
    finally:
        await driver.close()
        await far.stop()


@pytest.mark.parametrize(
    ("supply", "verdict", "failed"),
    [
        ("on-line", Verdict.PASS, set()),
        ("on-battery", Verdict.FAIL, {"power.line"}),
        ("low-battery", Verdict.FAIL, {"power.line", "power.charge"}),
        ("replace-battery", Verdict.FAIL, {"power.battery"}),
    ],
)
async def test_a_supply_is_measured(tmp_path: Path, supply: str, verdict: Verdict, failed: set[str]) -> None:
    result = await found(tmp_path, supply)
    assert result.verdict is verdict
    assert {measure.name for measure in result.measures if measure.verdict is Verdict.FAIL} == failed
    assert result.identity.serial == "SIM-0001"
    assert {measure.name for measure in result.measures} >= {"power.line", "power.battery"}


async def test_a_supply_that_left_is_a_finding(tmp_path: Path) -> None:
    held = Held("power", NutSupply("127.0.0.1", 1))
    result = await run("system.power", bench(tmp_path, devices={"power": held}), no_news)
    assert (result.verdict, result.reason) == (Verdict.FAIL, "device.gone")


@pytest.mark.parametrize(
    ("state", "cause", "verdict", "code"),
    [
        (State.READY, "", Readiness.READY, None),
        (State.DEGRADED, "power.on-battery", Readiness.LIMITED, "power.on-battery"),
        (State.DEGRADED, "power.replace-battery", Readiness.LIMITED, "power.replace-battery"),
        (State.DEGRADED, "power.low-battery", Readiness.NOT_READY, "power.low-battery"),
        (State.ABSENT, "device.absent", Readiness.LIMITED, "power.lost"),
    ],
)
def test_a_terminal_is_as_ready_as_its_power(state: State, cause: str, verdict: Readiness, code: str | None) -> None:
    devices = {"idreader": status("idreader"), "power": status("power", state, cause)}
    judged, reasons = judge(tuple(devices), devices, (), Surroundings(screen=True, backend=True))
    assert judged is verdict
    assert [reason.code for reason in reasons] == ([code] if code else [])
