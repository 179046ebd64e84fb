"""What the session is told of headphones."""

from __future__ import annotations

import asyncio
from pathlib import Path

from drivers.headphones import Headphones, JackHeadphones
from drivers.simulated.headphones import SimulatedHeadphones
from kiosk.devices.listening import follow
from kiosk.devices.policy import Limits
from kiosk.devices.supervised import Supervised
from kiosk.session.events import Event, HeadphonesChanged

LIMIT_S = 10.0
IN, OUT = HeadphonesChanged(plugged=True), HeadphonesChanged(plugged=False)


async def test_headphones_are_told_and_a_lost_jack_means_none(tmp_path: Path) -> None:
    far = SimulatedHeadphones(tmp_path / "jack", wire="jack")
    await far.start()
    device: Headphones = JackHeadphones(str(tmp_path / "jack"), opening=far.opening)
    supervised = Supervised("headphones", device, lambda _: None, limits=Limits(first_wait_s=0.01))
    told: asyncio.Queue[Event] = asyncio.Queue()
    keeping = asyncio.create_task(supervised.keep())
    following = asyncio.create_task(follow(supervised, told.put_nowait))
    try:
        async with asyncio.timeout(LIMIT_S):
            await supervised.ready()
            await far.do("headphones-in", {})
            assert await told.get() == IN
            await far.do("unplug", {})
            assert await told.get() == OUT, "nobody knows who hears"
            await far.do("plug", {})
            assert await told.get() == IN, "they were in all the time"
            await far.do("headphones-out", {})
            assert await told.get() == OUT
        assert told.empty()
    finally:
        for task in (following, keeping):
            task.cancel()
        await asyncio.gather(following, keeping, return_exceptions=True)
        await far.stop()


async def test_a_terminal_without_a_place_for_them_has_nothing_to_tell() -> None:
    await follow(None, lambda event: None)
