"""A technician's visit on the core thread, its tests on the terminal's own screen: as the terminal wires them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench_hands import LIMIT_MS, Hands, opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk import settings as settings_of
from kiosk.diagnostics.audit import Audit
from kiosk.diagnostics.bench import Technician, Workbench
from kiosk.diagnostics.entrance import Outcome
from kiosk.diagnostics.inspection import Inspection
from kiosk.diagnostics.model import Verdict
from kiosk.diagnostics.visit import Place, Visit, events
from kiosk.diagnostics.visiting import Surroundings, Visiting
from kiosk.session.events import Event
from kiosk.session.runner import Runner
from kiosk.submission import Identity
from ui.bench import surface
from ui.bench.border import QtScreen, QtSound
from ui.bench.views import Kind
from ui.core import Core
from ui.gallery.bench import BenchStage


class Doorway:
    """Lets everybody in."""

    def shut_until(self) -> datetime | None:
        return None

    def check(self, technician: str, given: str) -> Outcome:
        return Outcome()


class VisitsOnly(Runner):
    """Has no citizens."""

    def __init__(self, visiting: Visiting) -> None:
        self._visiting = visiting

    def post(self, event: Event) -> None:
        """Nobody is there."""

    async def run(self) -> None:
        await self._visiting.run()


class Terminal:
    """Core thread and screen, wired as ``ui.app`` does."""

    def __init__(self, stage: BenchStage, folder: Path, qtbot: QtBot) -> None:
        self.stage, self._folder, self._qtbot = stage, folder, qtbot
        self.visit = Visit()
        self.core = Core(self._make)
        self.core.visitChanged.connect(self._saw)
        self.core.visitChanged.connect(stage.bench.see)
        self.core.start()

    def _saw(self, visit: Visit) -> None:
        self.visit = visit

    def _make(self, changed: object) -> Runner:
        del changed
        screen, sound = QtScreen(self.stage.bench), QtSound(self.stage.bench)

        def inspection(operator: str, technician: Technician) -> Inspection:
            bench = Workbench(
                settings=settings_of.load(settings_of.PROFILES / "simulated.toml"),
                devices={},
                state_dir=self._folder,
                screen=screen,
                sound=sound,
                technician=technician,
                now=lambda: datetime.now(UTC),
            )
            return Inspection(bench, Identity(self._folder / "terminal", "T-0117"), operator=operator)

        async def hold(on: bool) -> bool:
            return on

        around = Surroundings(
            make=inspection,
            statuses=tuple,
            release=lambda _: None,
            hold=hold,
            door=Doorway(),
            audit=Audit(self._folder),
            now=lambda: datetime.now(UTC),
        )
        visiting = Visiting(around, self.core.visitChanged.emit)
        self.core.take_visits(visiting)
        return VisitsOnly(visiting)

    def until(self, seen: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(seen, timeout=LIMIT_MS)

    def enter(self) -> None:
        def knock() -> bool:
            self.core.post_visit(events.Knocked())
            return self.visit.place is Place.DOOR

        self.until(knock)
        for digits in ("0001", "11111111"):
            for digit in digits:
                self.core.post_visit(events.DigitTyped(digit=digit))
            self.core.post_visit(events.Entered())
        self.until(lambda: self.visit.place is Place.OVERVIEW and not self.visit.waiting)

    def run(self, test: str) -> None:
        self.core.post_visit(events.TestsWanted())
        self.core.post_visit(events.TestChosen(test=test))
        self.until(lambda: self.visit.place is Place.RUNNING)

    @property
    def shown(self) -> Kind:
        return self.stage.surface.model.view.kind


@pytest.fixture
def terminal(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setattr(surface, "SETTLE_MS", 4)
    monkeypatch.setattr(surface, "LINGER_MS", 4)
    there: list[Terminal] = []
    with opened(stop=lambda: there[0].core.post_visit(events.Stopped())) as stage:
        made = Terminal(stage, tmp_path, qtbot)
        there.append(made)
        try:
            made.enter()
            yield made
        finally:
            made.core.stop()


def test_a_test_is_done_with_fingers_and_its_result_is_shown(terminal: Terminal) -> None:
    Hands(terminal.stage)
    terminal.run("touch.drag")
    terminal.until(lambda: terminal.visit.place is Place.RESULT)
    found = terminal.visit.result("touch.drag")
    assert found is not None
    assert (found.verdict, found.reason) == (Verdict.PASS, "")
    terminal.until(lambda: terminal.shown is Kind.NOTHING)


def test_it_says_what_the_test_says_while_it_waits_for_a_finger(terminal: Terminal) -> None:
    terminal.run("touch.grid")
    terminal.until(lambda: terminal.shown is Kind.CROSS)
    terminal.until(lambda: terminal.stage.surface.model.property("sentence") == "请点十字中心（1/24）。")


@pytest.mark.parametrize("test", ["touch.grid", "touch.ghosts", "display.pixels", "touch.latency"])
def test_escape_stops_the_test_and_the_visit_goes_on(terminal: Terminal, test: str) -> None:
    terminal.run(test)
    terminal.until(lambda: terminal.shown is not Kind.NOTHING)
    QTest.keyClick(terminal.stage.window, Qt.Key.Key_Escape)
    assert terminal.shown is Kind.NOTHING
    terminal.until(lambda: terminal.visit.place is not Place.RUNNING)
    assert terminal.visit.operator
    terminal.run(test)  # the panel is free again
    terminal.until(lambda: terminal.shown is not Kind.NOTHING)


def test_a_visit_that_ends_in_the_middle_of_a_test_leaves_the_page(terminal: Terminal) -> None:
    terminal.run("touch.grid")
    terminal.until(lambda: terminal.shown is Kind.CROSS)
    terminal.core.post_visit(events.LimitOver())
    terminal.until(lambda: terminal.visit.place is Place.CLOSED)
    terminal.until(lambda: terminal.shown is Kind.NOTHING)


@pytest.mark.parametrize("test", ["touch.ghosts", "display.pixels"])
def test_a_core_that_ends_in_the_middle_of_a_test_does_not_wait_for_the_screen(terminal: Terminal, test: str) -> None:
    terminal.run(test)
    terminal.until(lambda: terminal.shown is not Kind.NOTHING)
    terminal.core.stop()
    assert not terminal.core._thread.is_alive()
    terminal.until(lambda: terminal.shown is Kind.NOTHING)


def test_nothing_to_play_on_fails_the_test_of_the_loudspeaker(terminal: Terminal) -> None:
    """This machine has neither loudspeaker nor microphone, or both; either way the test comes to its end."""
    terminal.run("sound.tone")
    terminal.until(lambda: terminal.visit.question is not None or terminal.visit.place is Place.RESULT)
    found = terminal.visit.result("sound.tone")
    assert found is None or found.reason == "device.absent" or found.measures
