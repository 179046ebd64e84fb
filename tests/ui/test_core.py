"""The core thread starts, ends and fails without the screen ever waiting for it in vain."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

from pytestqt.qtbot import QtBot

from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.visit import Place, Visit
from kiosk.diagnostics.visit.events import Knocked
from kiosk.diagnostics.visiting import Surroundings, Visiting
from kiosk.session import events
from kiosk.session.runner import Runner
from kiosk.session.state import Session
from ui.core import END_S, Core


class Standing(Runner):
    """Takes events and does nothing with them."""

    def __init__(self) -> None:
        self.taken: list[events.Event] = []

    def post(self, event: events.Event) -> None:
        self.taken.append(event)

    async def run(self) -> None:
        await asyncio.Event().wait()


def test_it_can_be_stopped_at_any_moment_of_its_start(qtbot: QtBot) -> None:
    for _ in range(20):
        core = Core(lambda changed: Standing())
        core.start()
        begun = time.monotonic()
        core.stop()
        assert time.monotonic() - begun < END_S
    core.stop()


def test_what_was_touched_before_it_ran_comes_first(qtbot: QtBot) -> None:
    standing = Standing()
    core = Core(lambda changed: standing)
    early, late = events.Back(), events.Home()
    core.post(early)
    core.start()
    qtbot.waitUntil(lambda: bool(standing.taken))
    core.post(late)
    core.stop()
    assert standing.taken == [early, late]


def test_intents_of_a_technician_reach_the_visit_and_its_states_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    seen: list[Visit] = []

    async def hold(on: bool) -> bool:
        return on

    class Visited(Standing):
        """Has a technician's visit beside it."""

        async def run(self) -> None:
            around = Surroundings(
                make=Mock(),
                statuses=lambda: (),
                release=Mock(),
                hold=hold,
                door=Mock(shut_until=lambda: None),
                audit=Audit(tmp_path),
                now=lambda: datetime.now(UTC),
            )
            visiting = Visiting(around, core.visitChanged.emit)
            core.take_visits(visiting)
            await visiting.run()

    core = Core(lambda changed: Visited())
    core.visitChanged.connect(seen.append)
    core.post_visit(Knocked())  # nobody visits yet
    core.start()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[-1].place is Place.CLOSED
    core.post_visit(Knocked())
    qtbot.waitUntil(lambda: seen[-1].place is Place.DOOR)
    core.stop()


def test_a_core_that_cannot_start_says_so_on_the_thread_of_the_screen(qtbot: QtBot) -> None:
    def make(changed: Callable[[Session], None]) -> Runner:
        raise RuntimeError("no room for devices")

    core = Core(make)
    with qtbot.waitSignal(core.failed) as told:
        core.start()
    assert told.args == ["no room for devices"]
    core.stop()
