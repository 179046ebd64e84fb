"""The parts of the bench: where things are on the panel, codes to the pixel, what is heard, what crosses the border."""

from __future__ import annotations

import asyncio
import math
from typing import Any

import pytest
from bench_hands import at_the_core, opened
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtMultimedia import QAudioFormat, QtAudio
from pytestqt.qtbot import QtBot

from drivers.errors import DeviceAbsent
from kiosk.diagnostics import touching
from kiosk.diagnostics.bench import Panel, Pattern, Phase, Recording, Spot, Touch
from kiosk.diagnostics.checks.sound import power
from kiosk.diagnostics.sounding import RATE, beeps
from kiosk.settings import Layout
from ui.bench import codes, placing, sound
from ui.bench.border import Bench, QtScreen, QtSound
from ui.bench.listening import Choice, Hold, NextTouch
from ui.bench.placing import Area, Rect
from ui.gallery.stage import DIAGONAL_MM

CROSS_MM = 12.7


def area_of(layout: Layout) -> Area:
    width, height = layout.size_px
    return Area(width=width, height=height, mm=math.hypot(width, height) / DIAGONAL_MM[layout])


def lanes(area: Area) -> list[tuple[Spot, Spot]]:
    """Return every cross and lane of the tests of the touch panel."""
    panel = Panel(width_px=int(area.width), height_px=int(area.height), pixels_per_mm=area.mm)
    width, height = touching.size_mm(panel)
    crosses = touching.grid(panel, *((4, 6) if height > width else (6, 4)), CROSS_MM)

    def at(x: float, y: float) -> Spot:
        return Spot(x_mm=x, y_mm=y)

    left, right, upper, lower = CROSS_MM, width - CROSS_MM, CROSS_MM, height - CROSS_MM
    middle = at(width / 2, height / 2)
    return [
        *((cross, cross) for cross in crosses),
        (at(left, height / 2), at(right, height / 2)),
        (at(width / 2, upper), at(width / 2, lower)),
        (at(left, upper), at(right, lower)),
        (at(right, upper), at(left, lower)),
        *((middle, end) for end in (at(0, height / 2), at(width / 2, 0), at(width, height / 2), at(width / 2, height))),
    ]


@pytest.mark.parametrize("layout", Layout)
def test_words_cover_nothing_that_is_to_be_touched(layout: Layout) -> None:
    area = area_of(layout)
    for begin, end in lanes(area):
        lane = area.lane(begin, end, CROSS_MM)
        bar = placing.bar_clear_of(area, lane)
        card = bar.card
        assert placing._apart(card, lane) >= placing.CLEAR_MM * area.mm, (begin, end)
        assert card.x >= 0
        assert card.y >= 0
        assert card.x + card.width <= area.width
        assert card.y + card.height <= area.height
        for part in (bar.words, bar.stop):
            assert card.holds(part.x, part.y)
            assert part.x + part.width <= card.x + card.width
            assert part.y + part.height <= card.y + card.height
        assert min(bar.stop.width, bar.stop.height) >= 12.7 * area.mm


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("below", [True, False])
def test_words_on_a_pattern_hide_no_middle_of_a_cell(layout: Layout, below: bool) -> None:
    area = area_of(layout)
    bar = placing.strip(area, below=below)
    pattern = Pattern(colour="#000000", columns=4, rows=6)
    for number in range(24):
        cell = placing.cell(area, pattern, number)
        assert not bar.card.holds(cell.x + cell.width / 2, cell.y + cell.height / 2)
    assert bar.words.width > 100 * area.mm
    assert bar.none.x + bar.none.width < bar.stop.x


@given(
    st.integers(200, 3000),
    st.integers(200, 3000),
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from((1.0, 1.25, 2.0)),
)
@settings(max_examples=50)
def test_cells_fill_the_panel_and_what_differs_lies_in_its_own(
    width: int, height: int, columns: int, rows: int, ratio: float
) -> None:
    area = Area(width=width, height=height, mm=4, ratio=ratio)
    cells = [
        placing.cell(area, Pattern(colour="#000000", columns=columns, rows=rows), number)
        for number in range(columns * rows)
    ]
    whole = area.whole(width) * area.whole(height)
    assert sum(cell.width * cell.height for cell in cells) == pytest.approx(whole)
    for number in (0, columns * rows - 1):
        pattern = Pattern(colour="#000000", columns=columns, rows=rows, odd=number, odd_colour="#ffffff", odd_px=2)
        spot = placing.odd(area, pattern)
        assert placing.cell_at(area, pattern, spot.x, spot.y) == number
        assert spot.width * ratio == pytest.approx(2)
        assert spot.x * ratio == pytest.approx(round(spot.x * ratio))
    assert placing.odd(area, Pattern(colour="#000000", columns=columns, rows=rows)) == Rect()
    assert placing.cell_at(area, Pattern(colour="#000000", columns=columns, rows=rows), -1, 5) is None


@given(st.integers(1, 40), st.floats(0.5, 9))
@settings(max_examples=30)
def test_a_code_has_its_size_and_as_much_black_whatever_the_pixels_are(count: int, module_px: float) -> None:
    matrix = [[(x * 7 + y * 3) % 5 < 2 for x in range(count)] for y in range(count)]
    image = codes.draw(matrix, module_px)
    assert image.width() == image.height() == max(1, round(count * module_px))
    dark = sum(255 - (image.pixel(x, y) & 0xFF) for x in range(image.width()) for y in range(image.height()))
    share = sum(map(sum, matrix)) / count**2
    assert dark / 255 / image.width() ** 2 == pytest.approx(share, abs=0.02)


reports = st.lists(
    st.builds(
        Touch,
        at_s=st.just(0.0),
        point=st.integers(0, 2),
        phase=st.sampled_from(Phase),
        x_mm=st.floats(0, 300),
        y_mm=st.floats(0, 300),
    ),
    max_size=25,
)


@given(reports)
@settings(max_examples=60)
def test_a_touch_begins_with_a_finger_down_and_ends_with_none(touches: list[Touch]) -> None:
    listening, hold = NextTouch(), Hold(lambda x, y: x < 100)
    choice = Choice(lambda x, y: int(x // 100))
    for touch in touches:
        for each in (listening, hold, choice):
            each.take(touch)
    told = listening.touches
    if told:
        assert told[0].phase is Phase.DOWN
        assert touching.most_at_once(told) >= 1
    if listening.still:
        assert told[-1].phase is Phase.UP
    if hold.held:
        assert any(touch.phase is Phase.DOWN and touch.x_mm < 100 for touch in touches)
    if choice.made is not None:
        assert any(touch.phase is Phase.UP and int(touch.x_mm // 100) == choice.made for touch in touches)


# --- sound


class Device:
    """An audio device with what it speaks."""

    def __init__(self, *speaks: tuple[int, int], integers: bool = True) -> None:
        self._speaks, self._integers = speaks, integers

    def isNull(self) -> bool:  # noqa: N802  # Qt's name
        return not self._speaks

    def preferredFormat(self) -> QAudioFormat:  # noqa: N802  # Qt's name
        return form(*self._speaks[0])

    def isFormatSupported(self, wanted: QAudioFormat) -> bool:  # noqa: N802  # Qt's name
        return self._integers and (wanted.sampleRate(), wanted.channelCount()) in self._speaks


class Media:
    """What Qt knows of the devices of a machine."""

    def __init__(self, out: Device, into: Device) -> None:
        self.defaultAudioOutput = lambda: out
        self.defaultAudioInput = lambda: into


class Sink(QObject):
    """Plays everything at once."""

    stateChanged = Signal(object)  # noqa: N815  # Qt's name
    played: list[bytes] = []  # noqa: RUF012  # emptied by the test
    fails = False

    def __init__(self, device: Device, form: QAudioFormat, parent: QObject) -> None:
        super().__init__(parent)

    def start(self, source: QIODevice) -> None:
        if not self.fails:
            self.played.append(bytes(source.readAll().data()))
        self.stateChanged.emit(self.state())

    def state(self) -> QtAudio.State:
        return QtAudio.State.StoppedState if self.fails else QtAudio.State.IdleState

    def error(self) -> QtAudio.Error:
        return QtAudio.Error.OpenError if self.fails else QtAudio.Error.NoError

    def stop(self) -> None:
        self.played.append(b"stopped")


class Source(QObject):
    """Hears a tone at once, in pieces; or nothing."""

    deaf = False

    def __init__(self, device: Device, form: QAudioFormat, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form

    def start(self, into: QBuffer) -> None:
        heard = b"" if self.deaf else sound.fitted(beeps(4, 1000), self._form)
        for at in range(0, len(heard), 4096):
            into.write(heard[at : at + 4096])

    def stop(self) -> None:
        """Hear no more."""


def form(rate: int, channels: int) -> QAudioFormat:
    made = QAudioFormat()
    made.setSampleRate(rate)
    made.setChannelCount(channels)
    made.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return made


@pytest.fixture
def room(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Any:
    def make(out: Device, into: Device) -> QtSound:
        monkeypatch.setattr(sound, "QMediaDevices", Media(out, into))
        monkeypatch.setattr(sound, "QAudioSink", Sink)
        monkeypatch.setattr(sound, "QAudioSource", Source)
        monkeypatch.setattr(Sink, "played", [])
        return QtSound(Bench(pixels_per_mm=4, parent=qapp))  # which outlives the core thread

    return make


@pytest.mark.parametrize("speaks", [(RATE, 1), (48_000, 2), (44_100, 1)])
def test_beeps_are_played_as_the_device_takes_them(qtbot: QtBot, room: Any, speaks: tuple[int, int]) -> None:
    at_the_core(qtbot, room(Device(speaks), Device()).beep(3, 1000))
    rate, channels = speaks
    played = Sink.played[0]
    assert len(played) == len(beeps(3, 1000)) // 2 * rate // RATE * 2 * channels
    heard = Recording(rate=rate, samples=sound.first_channel(played, form(*speaks)))
    assert power(heard, 1000) > 100 * power(heard, 1500)


def test_a_microphone_hears_one_channel(qtbot: QtBot, room: Any) -> None:
    heard = at_the_core(qtbot, room(Device(), Device((48_000, 2))).listen(0.5))
    assert (heard.rate, len(heard.samples)) == (48_000, 48_000)
    assert power(heard, 1000) > 0.05


def test_nothing_to_play_on_is_said_and_no_microphone_is_none(qtbot: QtBot, room: Any) -> None:
    silent = room(Device(), Device())
    assert at_the_core(qtbot, silent.listen(0.1)) is None
    with pytest.raises(DeviceAbsent):
        at_the_core(qtbot, silent.beep(1, 1000))
    with pytest.raises(DeviceAbsent):
        at_the_core(qtbot, room(Device((RATE, 1), integers=False), Device()).beep(1, 1000))


def test_devices_that_fail_are_not_waited_for(qtbot: QtBot, room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sink, "fails", True)
    monkeypatch.setattr(Source, "deaf", True)
    monkeypatch.setattr(sound, "LATE_MS", 5)
    broken = room(Device((RATE, 1)), Device((RATE, 1)))
    with pytest.raises(DeviceAbsent, match="OpenError"):
        at_the_core(qtbot, broken.beep(1, 1000))
    assert at_the_core(qtbot, broken.listen(0.01)) is None


def test_a_call_that_is_cancelled_is_silent_at_once(qtbot: QtBot, room: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sink, "start", lambda *_: None)
    playing = room(Device((RATE, 1)), Device())

    async def cancelled() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await playing.beep(5, 1000)

    at_the_core(qtbot, cancelled())
    qtbot.waitUntil(lambda: Sink.played == [b"stopped"])


# --- the border


def test_without_a_window_there_is_no_panel(qtbot: QtBot) -> None:
    bench = Bench(pixels_per_mm=4)
    screen = QtScreen(bench)
    with pytest.raises(DeviceAbsent):
        screen.panel  # noqa: B018  # a property that asks
    with pytest.raises(DeviceAbsent):
        at_the_core(qtbot, screen.hit(Spot(x_mm=1, y_mm=1), 12.7))


def test_a_screen_that_closes_refuses_who_waits(qtbot: QtBot) -> None:
    with opened() as stage:
        screen = QtScreen(stage.bench)
        stage.bench.ordered.connect(lambda _: stage.bench.close())
        with pytest.raises(DeviceAbsent):
            at_the_core(qtbot, screen.quiet(60))
