"""The uninterruptible power supply, where the settings name one: is the mains there, would the battery last."""

from __future__ import annotations

from typing import Final

from drivers.power.api import PowerSupply, Supply
from kiosk.diagnostics.bench import Say, Workbench
from kiosk.diagnostics.limits import measured
from kiosk.diagnostics.reaching import driver
from kiosk.diagnostics.running import Check, Found

KIND: Final = "power"


async def power(bench: Workbench, say: Say) -> Found:
    """Ask the supply of ``devices.power``; what it does not tell is not measured."""
    if KIND not in bench.devices:
        return Found(reason="ups.none", skipped=True)
    supply: PowerSupply = await driver(bench, KIND)
    say(0.5)
    status = await supply.status()
    told = {
        "power.line": float(status.supply is Supply.ON_LINE),
        "power.battery": float(not status.replace_battery),
        "power.charge": status.charge_percent,
        "power.runtime": status.runtime_s,
    }
    return Found(
        measures=tuple(measured(name, value) for name, value in told.items() if value is not None),
        detail=f"{status.supply}, {status.driver}".rstrip(", "),
        identity=supply.identity,
    )


CHECKS: Final[dict[str, Check]] = {"system.power": power}
