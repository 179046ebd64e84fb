"""The simulated reader as the tests use it: something of their choice happens in the middle of a command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from drivers.simulated.card import SimulatedCard
from drivers.simulated.people import load_people

PEOPLE = load_people(Path(__file__).parents[3] / "assets/simulated/people.yaml")
LIMIT_S = 30.0


class Slot(SimulatedCard):
    """Does something of the test's choice in the middle of the n-th command."""

    at = -1
    then: Callable[[], object] = staticmethod(lambda: None)

    async def _obey(self, card: object, command: bytes) -> bytes:
        self.at -= 1
        if self.at == 0:
            self.then()
        return await super()._obey(card, command)  # type: ignore[arg-type]  # the class of cards is the module's own


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not condition():  # noqa: ASYNC110 - watches other processes, which tell no one when they end
            await asyncio.sleep(0.01)
