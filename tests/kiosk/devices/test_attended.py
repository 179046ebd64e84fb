"""What attends to a device when its driver dies of something nobody foresaw: the device is opened afresh, and used."""

from __future__ import annotations

import asyncio
import logging
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pretend import LIMIT_S, QUICK, Heard, Pretended

from kiosk.devices.equipment import Equipment
from kiosk.devices.installed import Devices
from kiosk.session import events
from kiosk.session.attending import Attending
from kiosk.session.effects import Activity, Slot


class Faulty(Pretended):
    """Dies of a bug the first time it is used, and works from then on."""

    used = 0

    async def _used(self) -> Any:
        self.used += 1
        if self.used == 1:
            raise RecursionError("a bug in the driver")
        return SimpleNamespace(text="again", sequence=self.used)

    async def scan(self) -> Any:
        return await self._used() if self.used < 2 else await asyncio.Event().wait()

    async def frame(self, after: int) -> Any:
        return await self._used() if self.used < 2 else await asyncio.Event().wait()

    async def removed(self) -> None:
        await self._used()


class Told:
    """What was posted or shown, to wait for."""

    def __init__(self) -> None:
        self.events: asyncio.Queue[Any] = asyncio.Queue()

    async def next(self) -> Any:
        async with asyncio.timeout(LIMIT_S):
            return await self.events.get()


@pytest.mark.parametrize(
    ("slot", "activity", "expected"),
    [
        (Slot.SCANNER, Activity.SCAN, [events.CodeScanned(text="again")]),
        (Slot.CAMERA, Activity.SHOW, [events.PictureFailed(code="device.error"), "a picture"]),
        (Slot.ID_READER, Activity.WATCH, ["id-reader is free"]),
    ],
)
async def test_a_bug_in_a_driver_does_not_leave_its_page_dead(
    slot: Slot, activity: Activity, expected: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    heard, told, driver = Heard(), Told(), cast("Any", Faulty())
    field = {Slot.SCANNER: "scanner", Slot.CAMERA: "camera", Slot.ID_READER: "id_reader"}[slot]
    equipment = Equipment(Devices(**{field: driver}), heard, limits=QUICK)
    attending = Attending(equipment, told.events.put_nowait, lambda _: told.events.put_nowait("a picture"))
    async with equipment.kept():
        await heard.until("ready")
        going_on = asyncio.create_task(attending.go_on(slot, activity))
        try:
            for each in expected:
                got = await told.next()
                assert (f"{got.source} is free" if isinstance(got, events.DocumentRemoved) else got) == each
            await heard.until("failed", "device.error")
            await heard.until("ready", times=2)
        finally:
            going_on.cancel()
            await asyncio.gather(going_on, return_exceptions=True)
    (device,) = equipment.every
    assert device.status().mishaps[0].detail == "RecursionError('a bug in the driver')"
