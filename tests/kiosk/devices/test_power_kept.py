"""A power supply kept by its supervisor: what it tells becomes state and cause; a server that ended is found again."""

from __future__ import annotations

import asyncio
import contextlib

from drivers.power import NutSupply
from drivers.simulated.power import SimulatedPower
from drivers.status import State
from kiosk.devices.supervised import Supervised
from kiosk.diagnostics.model import DeviceStatus

LIMIT_S = 30.0


async def test_mains_battery_and_loss_become_states() -> None:
    far = SimulatedPower()
    await far.start()
    told: asyncio.Queue[DeviceStatus] = asyncio.Queue()
    driver = NutSupply("127.0.0.1", far.port, ask_every_s=0.02, answer_s=0.5)
    keeping = asyncio.create_task(Supervised("power", driver, told.put_nowait).keep())
    heard = []
    try:
        async with asyncio.timeout(LIMIT_S):
            for action in ("on-line", "on-battery", "low-battery", "on-line", "unplug", "plug"):
                await far.do(action, {})
                status = await told.get()
                heard.append((status.state, status.cause))
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
        await far.stop()
    assert heard == [
        (State.READY, ""),
        (State.DEGRADED, "power.on-battery"),
        (State.DEGRADED, "power.low-battery"),
        (State.READY, ""),
        (State.ABSENT, "device.gone"),
        (State.READY, ""),
    ]
