"""The technician's pages: they load, fit in three layouts and two languages, and post what is touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, Qt, QUrl
from PySide6.QtQml import QQmlComponent

from kiosk.diagnostics.repairs import Kind
from kiosk.diagnostics.visit import DoorField, Place, events
from kiosk.words import Language
from ui.gallery.modes import LAYOUTS
from ui.gallery.visits import NOW, VISITS
from ui.gallery.workshop import LANGUAGES, Workshop
from ui.pilot.hand import Hand

RULER = Path(__file__).parents[2] / "ui" / "gallery" / "Ruler.qml"
LIMIT_S = 20.0

MakeWorkshop = Callable[..., Workshop]


@pytest.fixture
def make_workshop(qapp: object) -> Iterator[MakeWorkshop]:
    made: list[Workshop] = []

    def make(**wanted: object) -> Workshop:
        made.append(Workshop(**wanted))  # type: ignore[arg-type]  # handed through
        return made[-1]

    yield make
    for workshop in made:
        workshop.close()


class Technician:
    """Touches and reads a workshop, and keeps what it posts."""

    def __init__(self, make: MakeWorkshop, scene: str = "leave", **wanted: object) -> None:
        self.posted: list[events.Intent] = []
        self.shop = make(post=self._take, **wanted)
        self.shop.show(scene)
        self.hand = Hand(self.shop.window, self.shop.engine)
        component = QQmlComponent(self.shop.engine, QUrl.fromLocalFile(str(RULER)))
        ruler = component.createWithInitialProperties({"root": self.shop.window.contentItem()})
        assert ruler is not None, component.errorString()
        ruler.setParent(self.shop.engine)
        self._ruler = ruler

    def _take(self, intent: events.Intent) -> None:
        self.posted.append(intent)

    def tap(self, *wanted: str) -> None:
        for name in wanted:
            self.hand.tap(name, limit_s=LIMIT_S)
            self.shop.picture()

    def said(self) -> list[events.Intent]:
        """Return what was posted besides that somebody is there."""
        return [each for each in self.posted if each != events.Stayed()]

    def sees(self, name: str) -> bool:
        return self.hand.find(name) is not None

    def reads(self, *words: str) -> bool:
        seen = {sight.text for sight in self.hand.below("technician")}
        return all(any(word in text for text in seen) for word in words)

    def value(self, name: str, of: str) -> object:
        return json.loads(self._ask("value", name, of))

    def faults(self) -> list[str]:
        return [fault for fault in self._ask("faults").split("\n") if fault]

    def follows(self, *news: events.Event) -> None:
        """Let the visit take what was posted and what happened, and show it."""
        self.shop.story.happens(*self.posted, *news)
        self.posted.clear()
        self.shop.update(self.shop.story.visit)
        self.shop.picture()

    def _ask(self, function: str, *arguments: str) -> str:
        return str(
            QMetaObject.invokeMethod(
                self._ruler,
                function,
                Qt.ConnectionType.DirectConnection,
                Q_RETURN_ARG("QString"),
                *(Q_ARG("QString", argument) for argument in arguments),
            )
        )


@pytest.fixture(scope="module")
def one(qapp: object) -> Iterator[Technician]:
    """A technician who is shown one scene after the other."""
    made: list[Workshop] = []

    def make(**wanted: object) -> Workshop:
        made.append(Workshop(**wanted))  # type: ignore[arg-type]  # handed through
        return made[-1]

    yield Technician(make)
    made[0].close()


def test_every_place_of_a_visit_has_a_scene() -> None:
    assert {scene.place for scene in VISITS.values()} == set(Place) - {Place.CLOSED}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_read_and_touched(make_workshop: MakeWorkshop, language: str, layout: str) -> None:
    technician = Technician(make_workshop, "door", language=language, layout=layout)
    found: list[str] = []
    for name, scene in VISITS.items():
        technician.shop.show(name)
        assert technician.shop.story.visit.place is scene.place, name
        found += [f"{name}: {fault}" for fault in technician.faults()]
    assert not found, "\n".join(found)


def test_digits_go_where_the_door_wants_them(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "door")
    technician.tap("key-2", "key-delete", "door-code", "door-number", "enter")
    assert technician.said() == [
        events.DigitTyped(digit="2"),
        events.Erased(),
        events.FieldChosen(field=DoorField.CODE),
        events.FieldChosen(field=DoorField.NUMBER),
        events.Entered(),
    ]


def test_a_shut_door_counts_down_and_a_card_still_opens(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "door-shut")
    assert technician.reads("4:32", "09:34:44", "运维卡")
    technician.follows(events.DoorOpened())
    assert not technician.sees("door-said")


def test_every_touch_counts_as_attendance(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "overview")
    sign = technician.hand.find("verdict")
    assert sign is not None
    technician.hand.touch(sign.middle)
    assert technician.posted == [events.Stayed()]


def test_the_warning_goes_with_a_touch(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "overview-idle")
    technician.tap("stay")
    technician.follows()
    assert not technician.sees("stay")
    assert technician.shop.story.visit.idle_s == 0


@pytest.mark.parametrize(
    ("scene", "tapped", "posted"),
    [
        ("overview", "run-all", [events.TestsWanted(), events.AllChosen(hands=False)]),
        ("overview", "repairs", [events.RepairsWanted()]),
        ("overview", "report", [events.ReportWanted()]),
        ("overview", "history", [events.HistoryWanted()]),
        ("overview", "audit", [events.AuditWanted()]),
        ("overview", "leave", [events.LeaveWanted()]),
        ("overview", "language", [events.LanguageChosen(language=Language.EN)]),
        ("overview", "device-printer", [events.DeviceChosen(device="printer")]),
        ("overview-limited", "reason-camera.picture", [events.ResultChosen(test="camera.picture")]),
        ("overview-limited", "reason-printer", [events.DeviceChosen(device="printer")]),
        ("overview-not-ready", "reason-network", [events.TestsWanted(device="network")]),
        ("device", "tests", [events.TestsWanted(device="idreader")]),
        ("device", "traffic", [events.TrafficWanted()]),
        ("device-failed", "release", [events.ReleaseWanted()]),
        ("tests", "run-card.reader", [events.TestChosen(test="card.reader")]),
        ("tests", "result-card.reader", [events.ResultChosen(test="card.reader")]),
        ("tests", "run-system.power", [events.TestChosen(test="system.power")]),
        ("tests", "run-everything", [events.AllChosen(hands=True)]),
        ("running", "stop", [events.Stopped()]),
        ("result", "again", [events.Again()]),
        ("result", "repairs", [events.RepairsWanted(device="idreader")]),
        ("result", "history", [events.HistoryWanted(test="idreader.self-test")]),
        ("result-batch", "result-camera.picture", [events.ResultChosen(test="camera.picture")]),
        ("history", "entry-0", [events.HistoryWanted(test="touch.grid")]),
        ("repairs", "repair-cable-printer", [events.RepairChosen(kind=Kind.CABLE, device="printer")]),
        ("repair", "stop", [events.Stopped()]),
        ("repair-pairs", "choice-repair.yes", [events.ChoiceMade(choice="repair.yes")]),
        ("repair-done", "done", [events.Back()]),
        ("report", "print", [events.PrintWanted()]),
        ("report", "save", [events.SaveWanted()]),
        ("traffic-over", "again", [events.Again()]),
        ("audit", "again", [events.Again()]),
        ("leave", "leave-now", [events.Left()]),
        ("leave", "stay-here", [events.Back()]),
    ],
)
def test_a_touch_posts_what_it_says(one: Technician, scene: str, tapped: str, posted: list[events.Intent]) -> None:
    one.shop.show(scene)
    one.posted.clear()
    one.tap(tapped)
    assert one.said() == posted


def test_the_number_of_beeps_is_typed_and_given(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "running-asks")
    technician.tap("key-delete", "key-4")
    technician.follows()
    technician.tap("answer")
    assert technician.said() == [events.Entered()]
    assert technician.shop.story.visit.typed == "4"


def test_a_measure_that_is_touched_shows_its_past(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "result")
    assert technician.reads("应答时间 (ms)")
    technician.tap("measure-idreader.find")
    assert technician.reads("寻卡时间 (ms)")


def test_what_was_confirmed_and_what_is_next_show(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "repair")
    assert technician.value("step-1", "done") is True
    assert technician.value("step-2", "current") is True
    assert technician.value("step-3", "done") is False
    assert technician.sees("repair-note")


def test_nothing_that_may_be_somebodys_is_on_the_screen(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "traffic")
    assert technician.reads("内容已隐去", "1,295 字节", "aa aa aa 96 69 00 03 20 01 22")


def test_a_changed_record_is_told_in_red(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "audit-broken")
    assert technician.reads("从第 2 条起被改动过")


def test_while_it_waits_a_page_says_so_and_then_shows_what_came(make_workshop: MakeWorkshop) -> None:
    technician = Technician(make_workshop, "overview-looking")
    assert technician.reads("正在检查终端")
    looked = VISITS["overview"].tell(type(technician.shop.story)(Language.ZH_HANS)).visit.overview
    assert looked is not None
    technician.follows(events.Looked(ticket=0, report=looked))
    assert technician.reads("可以服务")


def test_times_are_brief_today_and_in_full_before(make_workshop: MakeWorkshop) -> None:
    desk = Technician(make_workshop, "overview").shop.desk
    assert desk.clock(NOW) == "09:30:12"
    assert desk.clock(NOW - timedelta(days=1)) == "04-14 09:30"
    assert desk.clock(NOW - timedelta(days=200)) == "2025-09-27"
