"""The driver against Debian's own upsd: a supply fails, comes back, falls silent; the server ends and starts anew."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from conformance import within

from drivers.errors import DeviceAbsent, DeviceError, DeviceGone, DeviceRefused, DeviceSilent
from drivers.power import NutSupply, Supply
from drivers.status import WELL
from power.real_upsd import PROGRAMS, RealUpsd, real_upsd

pytestmark = pytest.mark.skipif(not (PROGRAMS / "upsd").exists(), reason="nut-server is not installed")


async def test_a_supply_through_its_whole_day(tmp_path: Path) -> None:
    with pytest.raises(DeviceAbsent):
        await NutSupply("127.0.0.1", RealUpsd(tmp_path).port).open()
    async with real_upsd(tmp_path / "nut") as upsd:
        with pytest.raises(DeviceRefused) as refused:
            await NutSupply("127.0.0.1", upsd.port, "another").open()
        assert refused.value.code == "power.unknown-name"

        supply = NutSupply("127.0.0.1", upsd.port, ask_every_s=0.05)
        await supply.open()
        while await within(supply.watch()) != WELL:
            pass  # a driver that has just started says WAIT
        status = await supply.status()
        assert (status.supply, status.charge_percent, status.runtime_s) == (Supply.ON_LINE, 97.0, 1500.0)
        assert (status.load_percent, status.battery_v) == (23.0, 13.6)
        assert status.driver.startswith("dummy-ups 2.")
        await supply.open()
        assert (supply.identity.maker, supply.identity.model) == ("EXAMPLE", "Mini 850")
        assert (supply.identity.serial, supply.identity.firmware) == ("SIM-7", "1.2")

        for flags, cause in (("OB DISCHRG", "power.on-battery"), ("OB LB", "power.low-battery"), ("OL", "")):
            upsd.say(ups_status=flags)
            assert (await within(supply.watch())).cause == cause

        upsd.freeze_driver(frozen=True)
        with pytest.raises(DeviceSilent) as silent:
            await within(supply.watch())
        assert silent.value.code == "power.stale"
        await supply.close()
        with pytest.raises(DeviceSilent):
            await supply.open()
        upsd.freeze_driver(frozen=False)
        await within(_opened(supply))

        idle = NutSupply("127.0.0.1", upsd.port, ask_every_s=600)
        await idle.open()
        await idle.watch()
        watching = asyncio.create_task(idle.watch())
        await idle.status()
        await upsd.stop_server()
        with pytest.raises(DeviceGone):
            await within(watching)
        await supply.close()
        await idle.close()
        with pytest.raises(DeviceAbsent):
            await supply.open()
        await within(upsd.start_server())
        await within(_opened(supply))
        await supply.close()


async def _opened(supply: NutSupply) -> None:
    """Try again until it opens, as a supervisor does."""
    while True:
        try:
            await supply.open()
        except DeviceError:
            await asyncio.sleep(0.05)
        else:
            return
