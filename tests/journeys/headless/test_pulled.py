"""Somebody pulls one cable after the other through a whole session, and it is kept: every answer, one application."""

from __future__ import annotations

import asyncio
import os
import random
import time

from headless.street import Street, expected
from kiosk.session.state import Receipt, Stage

CABLES = ("idreader", "scanner", "camera", "printer")
NAMES = {"idreader": "id-reader"}
MOST_AWAY_S = 0.5
MOST_USED_S = 0.3


class Prankster:
    """Pulls a cable of somebody's choosing at a moment of nobody's choosing, and puts it back."""

    def __init__(self, here: Street, seed: int) -> None:
        self._here = here
        self._chance = random.Random(seed)
        self.pulled: list[str] = []

    async def play(self) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(0.0, MOST_USED_S))
            device = self._chance.choice(CABLES)
            self.pulled.append(device)
            await self._here.hand(device, "unplug")
            try:
                await asyncio.sleep(self._chance.uniform(0.0, MOST_AWAY_S))
            finally:
                await self._here.hand(device, "plug")


async def test_whatever_is_pulled_the_session_is_kept_and_submits_once(here: Street) -> None:
    seed = int(os.environ.get("KIOSK_TEST_SEED") or time.time_ns())
    prankster = Prankster(here, seed)
    playing = asyncio.create_task(prankster.play())
    try:
        state = await here.submit("newborn-unmarried")
    finally:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
    told = f"KIOSK_TEST_SEED={seed}, pulled: {', '.join(prankster.pulled)}"
    assert prankster.pulled, told
    cases = {case.item: str(case.state) for submission in state.submissions for case in submission.cases}
    assert cases == expected("newborn-unmarried"), told
    assert len(state.submissions) == 1, told
    sessions = {each.id for each in here.states if each.stage is not Stage.ATTRACT}
    assert len(sessions) == 1, told
    for device in ("idreader", "scanner", "printer"):
        await here.ready(NAMES.get(device, device))
    await here.until(lambda after: not after.unprintable)
    assert (await here.receipt()).receipt is Receipt.PRINTED, told
