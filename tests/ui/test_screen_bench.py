"""Tests of touch and display on the terminal's own screen: what is well passes, each fault of a panel is found."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from bench_hands import LIMIT_MS, Hands, at_the_core, opened, pixels, tried
from PySide6.QtCore import QPoint, QSize, QSizeF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from drivers.scanner.decode import decode
from kiosk.diagnostics.bench import Pattern, Phase, Spot
from kiosk.diagnostics.checks import touch
from kiosk.diagnostics.checks.scanner import MODULES_MM
from kiosk.diagnostics.model import TestResult, Verdict
from kiosk.diagnostics.visit import Place
from ui.bench import surface
from ui.bench.border import QtScreen
from ui.bench.panels import describe
from ui.bench.views import Kind
from ui.gallery.bench import LIGHT, PAYLOAD, PIXELS, BenchStage

QUICK_MS = 4


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface, "SETTLE_MS", QUICK_MS)
    monkeypatch.setattr(surface, "LINGER_MS", QUICK_MS)
    monkeypatch.setattr(touch, "_GHOST_S", 0.03)
    monkeypatch.setattr(touch, "_EACH_S", 2.0)


@pytest.fixture
def stage(qapp: object) -> Iterator[BenchStage]:
    with opened() as made:
        yield made


def kind(stage: BenchStage) -> Kind:
    """Return what is shown."""
    return stage.surface.model.view.kind


def broken(found: TestResult) -> set[str]:
    return {measure.name for measure in found.measures if measure.verdict is Verdict.FAIL}


def value(found: TestResult, name: str) -> float:
    return next(measure.value for measure in found.measures if measure.name == name)


# --- whole tests


def test_a_good_panel_passes_every_test(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    hands = Hands(stage)
    for test in ("touch.grid", "touch.edges", "touch.drag", "touch.points", "touch.ghosts", "touch.latency"):
        found = at_the_core(qtbot, tried(test, stage, tmp_path))
        assert (test, found.verdict, found.reason) == (test, Verdict.PASS, "")
    assert value(at_the_core(qtbot, tried("touch.grid", stage, tmp_path)), "touch.error") < 0.3
    assert {"hit", "trace", "together", "quiet", "latency", "clear"} <= set(hands.seen)
    qtbot.waitUntil(lambda: kind(stage) is Kind.NOTHING)


def test_a_dead_stripe_is_a_finger_lifted_midway(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    Hands(stage, lambda x, y: None if 300 < x < 440 else (x, y))
    found = at_the_core(qtbot, tried("touch.drag", stage, tmp_path))
    assert broken(found) == {"touch.lifted"}
    assert value(found, "touch.lifted") == 3  # not in the lane down the middle


def shifted(off: float, x: float, y: float) -> tuple[float, float]:
    return x + off, y


def test_an_offset_is_measured(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    for off_mm, verdict in ((4.0, Verdict.WARN), (8.0, Verdict.FAIL)):
        off = off_mm * stage.pixels_per_mm
        hands = Hands(stage, partial(shifted, off))
        found = at_the_core(qtbot, tried("touch.grid", stage, tmp_path))
        assert found.verdict is verdict
        assert value(found, "touch.error") == pytest.approx(off_mm, abs=0.3)
        stage.bench.ordered.disconnect(hands._do)


def test_ghosts_and_gaps_and_a_panel_of_one_finger_are_found(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    hands = Hands(stage, step_mm=30, fingers=1, ghosts=2)
    assert broken(at_the_core(qtbot, tried("touch.drag", stage, tmp_path))) == {"touch.gap"}
    ghosts = at_the_core(qtbot, tried("touch.ghosts", stage, tmp_path))
    assert (broken(ghosts), value(ghosts, "touch.ghosts")) == ({"touch.ghosts"}, 2)
    one = at_the_core(qtbot, tried("touch.points", stage, tmp_path))
    assert (one.verdict, value(one, "touch.points")) == (Verdict.WARN, 1)
    assert hands.seen


def test_edges_that_feel_nothing_are_measured(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    dead = 9 * stage.pixels_per_mm
    Hands(stage, lambda x, y: (x, y) if x > dead else None, step_mm=1)
    found = at_the_core(qtbot, tried("touch.edges", stage, tmp_path))
    assert broken(found) == {"touch.edge"}
    assert value(found, "touch.edge") == pytest.approx(9, abs=1.2)


def test_a_panel_that_feels_nothing_ends_by_its_time(
    qtbot: QtBot, stage: BenchStage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(touch, "_EACH_S", 0.02)
    Hands(stage, lambda x, y: None)
    assert at_the_core(qtbot, tried("touch.drag", stage, tmp_path)).reason == "touch.not-felt"
    assert broken(at_the_core(qtbot, tried("touch.points", stage, tmp_path))) == {"touch.points"}
    qtbot.waitUntil(lambda: kind(stage) is Kind.NOTHING)


def test_what_differs_is_found_in_the_picture_alone(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    Hands(stage)
    found = at_the_core(qtbot, tried("display.light", stage, tmp_path))
    assert (found.verdict, found.reason) == (Verdict.PASS, "")


def test_who_sees_nothing_is_not_believed(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    Hands(stage, blind=True)
    assert broken(at_the_core(qtbot, tried("display.pixels", stage, tmp_path))) == {"display.missed"}


def test_a_panel_that_says_nothing_of_its_size_is_not_measured(qtbot: QtBot, stage: BenchStage, tmp_path: Path) -> None:
    found = at_the_core(qtbot, tried("display.size", stage, tmp_path))
    assert (found.verdict, found.reason) == (Verdict.SKIPPED, "display.no-size")


# --- single calls


def colours(stage: BenchStage) -> dict[int, int]:
    """Return how many pixels there are of each colour."""
    found, counts = np.unique(pixels(stage.picture()) & 0xFFFFFF, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def test_a_bad_pixel_is_as_large_as_it_should_be_and_crisp(stage: BenchStage) -> None:
    shown = stage.wants("show", PIXELS)
    assert colours(stage) == {0x000000: 1080 * 1920 - 4, 0xFFFFFF: 4}
    assert shown == [None]
    stage.wants("show", LIGHT)
    assert colours(stage) == {0x808080: 1080 * 1920 - 270 * 320, 0x8A8A8A: 270 * 320}
    assert stage.wants("clear") == [None]
    assert kind(stage) is Kind.NOTHING


@pytest.mark.parametrize("module_mm", MODULES_MM)
def test_a_code_on_the_screen_is_read_from_the_screen_and_has_its_size(stage: BenchStage, module_mm: float) -> None:
    shown = stage.wants("show_code", PAYLOAD, module_mm)
    grey = (pixels(stage.picture())[:1400] & 0xFF).astype(np.uint8)  # above the words
    assert shown == [None]
    assert [code.raw for code in decode(grey)] == [PAYLOAD.encode()]
    dark = np.argwhere(grey < 128)
    wide_mm = (dark.max(axis=0) - dark.min(axis=0) + 1) / stage.pixels_per_mm
    assert wide_mm == pytest.approx(29 * module_mm, abs=1.0 / stage.pixels_per_mm)


def test_a_mouse_is_a_finger_where_there_is_no_touch(qtbot: QtBot, stage: BenchStage) -> None:
    told = stage.wants("trace", Spot(x_mm=20, y_mm=20), Spot(x_mm=120, y_mm=20), 12.7)
    hover, begin, end = QPoint(10, 10), QPoint(80, 80), QPoint(480, 80)
    QTest.mouseMove(stage.window, hover)
    QTest.mousePress(stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(stage.window, end)
    QTest.mouseRelease(stage.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
    qtbot.waitUntil(lambda: bool(told), timeout=LIMIT_MS)
    assert [each.phase for each in told[0]] == [Phase.DOWN, Phase.MOVE, Phase.UP]  # type: ignore[attr-defined]
    assert told[0][0].x_mm == pytest.approx(80 / stage.pixels_per_mm)  # type: ignore[index]


def test_every_report_between_two_frames_is_told(qtbot: QtBot, stage: BenchStage) -> None:
    told = stage.wants("trace", Spot(x_mm=20, y_mm=20), Spot(x_mm=120, y_mm=20), 12.7)
    Hands(stage, idle=True).draw([(80.0 + at, 80.0) for at in range(300)])
    qtbot.waitUntil(lambda: bool(told), timeout=LIMIT_MS)
    assert len(told[0]) == 301  # type: ignore[arg-type]  # reports


def test_a_finger_that_was_down_before_is_not_the_next_touch(qtbot: QtBot, stage: BenchStage) -> None:
    first = stage.wants("hit", Spot(x_mm=50, y_mm=50), 12.7)
    late = Hands(stage, idle=True)
    late.draw([(300.0, 300.0)], lift=False)
    second = stage.wants("hit", Spot(x_mm=90, y_mm=90), 12.7)
    assert first == ["another test wants the panel"]
    late.lift(QPoint(300, 300))
    late.draw([(400.0, 400.0)])
    qtbot.waitUntil(lambda: bool(second), timeout=LIMIT_MS)
    assert [round(each.x_mm * stage.pixels_per_mm) for each in second[0]] == [400, 400]  # type: ignore[attr-defined]


# --- cancelled, stopped, ended


def test_a_call_that_is_cancelled_leaves_the_panel_as_before(qtbot: QtBot, stage: BenchStage) -> None:
    screen = QtScreen(stage.bench)

    async def cancelled() -> None:
        await screen.show(PIXELS)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await screen.hit(Spot(x_mm=50, y_mm=50), 12.7)

    at_the_core(qtbot, cancelled())
    qtbot.waitUntil(lambda: kind(stage) is Kind.PATTERN)
    at_the_core(qtbot, screen.clear())
    qtbot.waitUntil(lambda: kind(stage) is Kind.NOTHING)


@pytest.mark.parametrize("by", ["held", "escape"])
def test_a_test_is_stopped_at_the_panel(qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, by: str) -> None:
    monkeypatch.setattr(surface, "HOLD_MS", 30)
    stopped: list[bool] = []
    with opened(stop=lambda: stopped.append(True)) as stage:
        told = stage.wants("hit", Spot(x_mm=50, y_mm=50), 12.7)
        bar = stage.surface.model.view.bar
        assert bar is not None
        hands = Hands(stage, idle=True)
        if by == "held":
            place = (bar.stop.x + 20, bar.stop.y + 20)
            hands.draw([place, (bar.stop.x - 200, bar.stop.y)], lift=False)
            assert not stage.surface.model.property("holding")
            hands.lift(QPoint(0, 0))
            stage.wants("hit", Spot(x_mm=50, y_mm=50), 12.7)
            hands.draw([place], lift=False)
            assert stage.surface.model.property("holding")
        else:
            QTest.keyClick(stage.window, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: stopped == [True])
        assert kind(stage) is Kind.NOTHING
        assert told in ([], ["another test wants the panel"])


def test_a_visit_that_goes_on_without_the_test_leaves_nothing(qtbot: QtBot, stage: BenchStage) -> None:
    told = stage.wants("quiet", 60.0)
    assert kind(stage) is Kind.NOBODY
    stage.says(place=Place.RESULT)
    assert kind(stage) is Kind.NOTHING
    assert told == ["the visit went on without the test"]
    stage.wants("show_code", PAYLOAD, 0.5)
    stage.says(place=Place.CLOSED)
    assert kind(stage) is Kind.NOTHING


def test_the_page_below_is_not_touched_meanwhile_and_is_again_after(qtbot: QtBot, stage: BenchStage) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtQml import QQmlComponent
    from PySide6.QtQuick import QQuickItem

    component = QQmlComponent(stage.engine)
    component.setData(
        b"import QtQuick\nMouseArea { width: 1080; height: 1920; property int taps: 0; onPressed: ++taps }", QUrl()
    )
    page = component.create()
    assert isinstance(page, QQuickItem)
    page.setParentItem(stage.window.contentItem())
    page.setParent(stage.window)
    hands = Hands(stage, idle=True)
    for call, given in (("hit", (Spot(x_mm=50, y_mm=50), 12.7)), ("show_code", (PAYLOAD, 0.5))):
        stage.wants(call, *given)
        stage.picture()
        hands.draw([(500.0, 500.0)])
    assert page.property("taps") == 0
    stage.wants("clear")
    stage.picture()
    hands.draw([(500.0, 500.0)])
    assert page.property("taps") == 1


def test_the_sentence_is_the_newest_in_the_language_of_the_technician(qapp: object) -> None:
    for language, words in (("zh-Hans", "请点十字中心（3/24）。"), ("en", "Touch the middle of the cross (3 of 24).")):
        with opened(language=language) as stage:
            stage.says("touch.cross", Place.RUNNING, number="3", of="24")
            stage.wants("hit", Spot(x_mm=50, y_mm=50), 12.7)
            assert stage.surface.model.property("sentence") == words


# --- the panel as the system tells it


class Told:
    """A screen as a panel with an EDID would make it."""

    def __init__(self, name: str = "SAM", size: QSize | None = None) -> None:
        self._name, self._size = name, size or QSize(1080, 1920)

    def screen(self) -> Told:
        return self

    def physicalSize(self) -> QSizeF:  # noqa: N802  # Qt's name
        return QSizeF(267.7, 475.9)

    def size(self) -> QSize:
        return self._size

    def width(self) -> int:
        return 1080

    def height(self) -> int:
        return 1920

    def manufacturer(self) -> str:
        return self._name

    def model(self) -> str:
        return "T22" if self._name else ""

    def serialNumber(self) -> str:  # noqa: N802  # Qt's name
        return ""


def test_a_size_counts_only_from_a_panel_that_says_what_it_is(stage: BenchStage) -> None:
    told = describe(Told(), 4.0)  # type: ignore[arg-type]  # stands in for the window and its screen
    assert (told.width_mm, told.height_mm, told.name) == (267.7, 475.9, "SAM T22")

    class Window(Told):
        def size(self) -> QSize:
            return QSize(1080, 1900)

    assert describe(Told(""), 4.0).width_mm == 0  # type: ignore[arg-type]  # as above
    assert describe(stage.window, 4.0).width_mm == 0
    assert stage.bench.panel.width_px == 1080


def test_patterns_may_have_no_cells(stage: BenchStage) -> None:
    assert stage.wants("show", Pattern(colour="#336699")) == []
    assert set(colours(stage)) == {0x336699}
