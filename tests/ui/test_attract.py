"""The page that invites: what it tells, what moves, and what a panel looks like that shows it all night."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from test_pages_asking import Citizen, MakeStage, catalogue, make_stage

from kiosk.contract import Announcement, Board, HallToday, Waiting
from kiosk.devices.backlight import Backlight
from kiosk.session import beside_events, events
from kiosk.session.state import Session, Stage
from kiosk.settings import Layout, Settings
from kiosk.settings.model import Attract
from kiosk.words import Language, Text
from ui.dimming import Dimming
from ui.gallery.machines import shaped
from ui.gallery.modes import LAYOUTS
from ui.models.attracting import AttractModel

__all__ = ["catalogue", "make_stage"]
"""Fixtures, shared with the pages before the materials."""

ZONE = ZoneInfo("Asia/Shanghai")
NOON, MIDNIGHT = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE), datetime(2026, 11, 24, 0, 0, tzinfo=ZONE)
NIGHT = timedelta(hours=7, minutes=30)
NEWS = Text(
    zh_hans="本周六上午八点到十二点停电检修，请改用二十四小时自助厅，带来不便敬请谅解，详情请打服务热线。",
    zh_hant="本週六上午八點到十二點停電檢修，請改用二十四小時自助廳，帶來不便敬請諒解，詳情請打服務熱線。",
    en="No power this Saturday from 8 to 12. Please use the 24-hour hall next door instead. Ask the hotline.",
)
QUEUE = Text(zh_hans="社保医保公积金", zh_hant="社保醫保公積金", en="Social security, health care, housing fund")
HALL = Text(zh_hans="示例市政务服务中心", zh_hant="示例市政務服務中心", en="Sample City Service Centre")
BOARD = Board(
    announcements=(Announcement(words=NEWS, until=MIDNIGHT),),
    halls=(HallToday(name=HALL, queues=(Waiting(name=QUEUE, waiting=12, minutes_most=45),)),),
)
LIT = 0.15
"""Of the light of a white pixel: whatever is darker leaves nothing behind."""
LIT_OF_A_NIGHT = 0.2
"""No pixel is lit for longer than this share of a night."""


@pytest.fixture(autouse=True)
def with_nights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nights, as a street has them: the simulated city has none."""

    def shaped_with_nights(settings: Settings, layout: Layout) -> Settings:
        return msgspec.structs.replace(shaped(settings, layout), attract=Attract())

    monkeypatch.setattr("ui.gallery.stage.shaped", shaped_with_nights)


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def told(citizen: Citizen, board: Board = BOARD) -> None:
    citizen.stage.story.happens(events.TodayTold(board=board))
    citizen.stage.update(citizen.stage.story.session)
    citizen.stage.picture()


def model_of(citizen: Citizen) -> AttractModel:
    (found,) = citizen.stage.findChildren(AttractModel)
    return found


def light(picture: QImage) -> np.ndarray:
    """Return the relative luminance of each pixel, 0 … 1 (WCAG 2.2, relative luminance)."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()]
    return np.asarray((rows / 255.0) ** 2.2, dtype=np.float32)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", list(Language))
def test_what_is_told_today_stands_on_one_screen(make_stage: MakeStage, language: Language, layout: str) -> None:
    citizen = Citizen(make_stage, "attract", language=str(language), layout=layout)
    assert not citizen.reads(QUEUE.in_(language))
    told(citizen)
    assert citizen.reads(NEWS.in_(language), QUEUE.in_(language))
    model = model_of(citizen)
    for _turn in range(2):
        assert citizen.faults() == []
        assert not citizen.sees("page-down")
        model.turn()
        citizen.stage.picture()


def test_several_queues_take_turns_and_nobody_waiting_is_said(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "attract")
    queues = tuple(
        Waiting(name=Text(zh_hans=name, zh_hant=name, en=name), waiting=many, minutes_most=10)
        for name, many in (("甲", 1), ("乙", 3), ("丙", 0))
    )
    told(citizen, Board(halls=(HallToday(name=HALL, queues=queues),)))
    model, said = model_of(citizen), set()
    for _turn in range(4):
        said |= {sight.text for sight in citizen.hand.below("attract-queue") if "人在等" in sight.text}
        model.turn()
        citizen.stage.picture()
    assert said == {"乙：3 人在等，约 10 分钟", "甲：1 人在等，约 10 分钟"}
    told(citizen, Board(halls=(HallToday(name=HALL, queues=queues[2:]),)))
    assert citizen.reads("窗口现在不用等")
    told(citizen, Board())
    assert not citizen.reads("等")


def test_a_touch_begins_wherever_it_is_also_while_something_moves(make_stage: MakeStage) -> None:
    clock = Clock(NOON)
    citizen = Citizen(make_stage, "attract", now=clock)
    model = model_of(citizen)
    for name, last in (
        ("start", events.Touched),
        ("attract-newborn", events.ServiceChosen),
        ("attract-queue", beside_events.QueueWanted),
    ):
        model.turn()  # a line slides and a hand nods, for 180 ms
        citizen.posted.clear()
        citizen.tap(name)
        assert type(citizen.posted[0]) is events.Touched
        assert type(citizen.posted[-1]) is last
    citizen.posted.clear()
    model.turn()
    citizen.hand.touch(QPointF(4, citizen.stage.window.height() / 2))
    assert [type(each) for each in citizen.posted] == [events.Touched]


def test_at_night_the_first_touch_is_bright_at_once_and_begins(make_stage: MakeStage) -> None:
    clock = Clock(MIDNIGHT)
    citizen = Citizen(make_stage, "attract", now=clock)
    model, window = model_of(citizen), citizen.stage.window
    nights: list[bool] = []
    model.nightChanged.connect(nights.append)
    assert light(citizen.stage.picture()).mean() < 0.01

    def bright() -> bool | None:
        return True if light(window.grabWindow()).mean() > 0.3 else None

    citizen.hand.hold("attract-night", bright, "the page by day, while the finger is still down")
    assert nights == [False]
    assert [type(each) for each in citizen.posted] == [events.Touched]
    # somebody who only touched it has light for a moment
    clock.now += timedelta(minutes=1)
    model.turn()
    assert nights == [False]
    clock.now += timedelta(minutes=2)
    model.turn()
    assert nights == [False, True]
    clock.now = MIDNIGHT + NIGHT
    model.turn()
    assert nights == [False, True, False]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_pixel_is_lit_for_long_in_a_whole_night(make_stage: MakeStage, layout: str) -> None:
    clock = Clock(MIDNIGHT)
    citizen = Citizen(make_stage, "attract", layout=layout, now=clock)
    told(citizen)
    model = model_of(citizen)
    lit, light_sum, pictures = None, None, 0
    while clock.now < MIDNIGHT + timedelta(hours=6):
        clock.now += timedelta(minutes=4)  # of each four minutes one
        model.turn()
        now = light(citizen.stage.picture())
        lit = (now > LIT).astype(np.uint16) if lit is None else lit + (now > LIT)
        light_sum = now if light_sum is None else light_sum + now
        pictures += 1
    assert lit is not None
    assert light_sum is not None
    assert lit.any(), "nothing invites"
    assert lit.max() / pictures <= LIT_OF_A_NIGHT
    assert light_sum.max() / pictures <= 0.1
    assert light_sum.mean() / pictures <= 0.02


def test_by_day_every_edge_moves_within_minutes_and_colours_turn_within_hours(make_stage: MakeStage) -> None:
    clock = Clock(NOON)
    citizen = Citizen(make_stage, "attract", layout="bank", now=clock)
    model = model_of(citizen)
    pictures = []
    for _minute in range(9):
        pictures.append(light(citizen.stage.picture()))
        clock.now += timedelta(minutes=1)
        model.turn()
    first = pictures[0]
    ever = np.max([np.abs(each - first) for each in pictures], axis=0) > 0.05
    across, down = (np.abs(np.diff(first, axis=axis)) > 0.3 for axis in (1, 0))
    edges = np.zeros_like(ever)
    edges[:, 1:] |= across
    edges[1:, :] |= down
    assert ever[edges].mean() > 0.95
    clock.now += timedelta(hours=1)
    model.turn()
    changed = np.abs(light(citizen.stage.picture()) - pictures[-1]) > 0.3
    assert changed.mean() > 0.04


def test_the_panel_is_dim_while_nobody_is_there_at_night(tmp_path: Path) -> None:
    panel = tmp_path / "panel"
    panel.mkdir()
    (panel / "max_brightness").write_text("937\n")
    (panel / "brightness").write_text("500\n")
    (tmp_path / "broken").mkdir()
    worker = ThreadPoolExecutor(max_workers=1)
    backlight = Backlight(tmp_path, worker)
    said: list[str] = []
    asked: list[int] = []

    def say(percent: int) -> None:
        asked.append(percent)
        backlight.set(percent)
        worker.submit(lambda: said.append((panel / "brightness").read_text())).result()

    dimming = Dimming(Attract(night_brightness=25), say)
    dimming.dim(night=False)
    dimming.dim(night=True)
    dimming.saw(Session(stage=Stage.ATTRACT))
    dimming.saw(Session(stage=Stage.FIND))
    dimming.saw(Session(stage=Stage.FIND))
    backlight.close()
    assert asked == [100, 25, 100]
    assert said == ["937", "234", "937"]


@pytest.mark.parametrize(
    ("first", "last", "night"),
    [("22:30", "06:00", True), ("00:00", "06:00", True), ("01:00", "06:00", False), ("00:00", "00:00", False)],
)
def test_a_night_may_have_midnight_in_it(first: str, last: str, *, night: bool) -> None:
    assert Attract(night_from=first, night_until=last).is_night(MIDNIGHT.time()) is night
