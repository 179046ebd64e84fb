"""What may lie over every page: the time-out warning, the question whether to leave, languages, help, and the dock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine

from kiosk import settings
from kiosk.catalogue import load
from kiosk.session import events
from kiosk.session.state import Idle, Session
from kiosk.settings import Layout
from kiosk.words import Language, load_sentences
from ui.frames import FrameProvider
from ui.gallery.every import EVERY
from ui.gallery.owning import ORDER
from ui.gallery.scenes import Story
from ui.models.dock import DockModel, DockRow, MessageRow
from ui.models.page import Desk
from ui.painting import painted
from ui.pilot.hand import Hand
from ui.pilot.typing import Typist
from ui.screen import Screen

LIMIT_S = 20.0
MENU = [
    DockRow(
        device="idreader", title="身份证阅读器", deed="insert", argument="document", value="zhao", label="放上 赵测试"
    ),
    DockRow(device="idreader", title="", deed="unplug", argument="", value="", label="拔线"),
    DockRow(device="printer", title="打印机", deed="tear", argument="", value="", label="撕下凭条"),
]


class Shown:
    """The whole screen with the promise page up, and what it posts."""

    def __init__(self, language: Language = Language.ZH_HANS, layout: Layout = Layout.PORTRAIT) -> None:
        chosen = settings.load(settings.PROFILES / "simulated.toml")
        catalogue = load(chosen.catalogue)
        self.catalogue = catalogue
        self.posted: list[events.Intent] = []
        self.done: list[tuple[str, str, Mapping[str, str]]] = []
        self.paid: list[str] = []
        self.dock = DockModel(lambda *what: self.done.append(what), pay=self.paid.append)
        desk = Desk(
            catalogue=catalogue,
            settings=chosen,
            sentences=load_sentences(settings.ASSETS / "i18n" / "sentences.yaml"),
            post=self.posted.append,
        )
        self.screen = Screen(desk, pixels_per_mm=4.03, frames=FrameProvider(), dock=self.dock)
        self.session: Session = EVERY["promise"].story(Story(catalogue, language)).session
        self.screen.show(self.session)
        self.window = self.screen.open()
        self.window.resize(*layout.size_px)
        self.window.show()
        engine = self.screen.findChild(QQmlApplicationEngine)
        assert engine is not None
        self.hand = Hand(self.window, engine)
        self.look()

    def look(self) -> None:
        painted(self.window)

    def show(self, session: Session) -> None:
        self.screen.show(session)
        self.look()

    def tap(self, *names: str) -> None:
        for name in names:
            self.hand.tap(name, limit_s=LIMIT_S)
            self.look()

    def sees(self, name: str) -> bool:
        return self.hand.find(name) is not None

    def said(self) -> list[events.Intent]:
        """Return what was posted beside that somebody is there, which every touch says."""
        return [each for each in self.posted if not isinstance(each, events.Stay)]

    def close(self) -> None:
        # the input method is one for all windows: what was typed into here must not be waited for in the next test
        QGuiApplication.inputMethod().hide()
        self.screen.close()


@pytest.fixture
def shown(qapp: object) -> Iterator[Callable[..., Shown]]:
    made: list[Shown] = []

    def make(**wanted: object) -> Shown:
        made.append(Shown(**wanted))  # type: ignore[arg-type]  # handed through
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_the_warning_counts_down_and_one_touch_stays(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.show(replace(screen.session, idle=Idle(remaining_s=12)))
    screen.tap("stay")
    assert screen.posted == [events.Stay()]
    screen.show(screen.session)
    assert not screen.sees("stay")


def test_a_finger_anywhere_is_somebody_who_is_still_there(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.hand.touch(QPointF(500, 5))  # where nothing is
    assert screen.posted == [events.Stay()]
    screen.show(EVERY["question-text"].story(Story(screen.catalogue, Language.EN)).session)
    screen.tap("field")
    screen.hand.until(lambda: screen.hand.find("keyboard"), "the keyboard", limit_s=LIMIT_S)
    typist = Typist(screen.hand)
    typist.type("a")  # on keys that have just come, after whatever language they had
    screen.posted.clear()
    typist.type("bc")
    assert screen.posted == [events.Stay()] * 2


def test_a_finger_answers_no_question_and_keeps_no_terminal_awake(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.show(replace(screen.session, leaving=True))
    screen.tap("leave")
    screen.show(Session())
    screen.hand.touch(QPointF(500, 5))
    assert screen.posted[0] == events.Leave()
    assert events.Stay() not in screen.posted


def test_letters_typed_faster_than_the_list_follows_are_kept(shown: Callable[..., Shown]) -> None:
    screen = shown()
    found = EVERY["find-found"].story(Story(screen.catalogue, Language.EN)).session
    empty = replace(found, query="", hits=())
    screen.show(empty)
    screen.tap("field")
    screen.hand.until(lambda: screen.hand.find("keyboard"), "the keyboard", limit_s=LIMIT_S)
    Typist(screen.hand).type("tax")
    written = [each.query for each in screen.posted if isinstance(each, events.Searched)]
    assert [query.lower() for query in written] == ["t", "ta", "tax"]
    screen.show(replace(found, query=written[0]))
    field = screen.hand.find("field")
    assert field is not None
    assert field.text == written[-1]
    screen.show(replace(found, query=written[-1]))
    screen.show(empty)  # taken back, as the way back does
    field = screen.hand.find("field")
    assert field is not None
    assert field.text == ""


def test_the_keyboard_stays_while_the_list_below_the_field_changes(shown: Callable[..., Shown]) -> None:
    screen = shown()
    found = EVERY["find-found"].story(Story(screen.catalogue, Language.EN)).session
    screen.show(EVERY["find"].story(Story(screen.catalogue, Language.EN)).session)
    screen.show(replace(found, query="", hits=()))
    screen.tap("field")
    screen.hand.until(lambda: screen.hand.find("keyboard"), "the keyboard", limit_s=LIMIT_S)
    for letter in "credit":
        Typist(screen.hand).type(letter)
        query = screen.posted[-1]
        assert isinstance(query, events.Searched)
        screen.show(replace(found, query=query.query, hits=tuple(screen.catalogue.search(query.query, 30))))
        screen.hand.rest()
        assert screen.sees("keyboard")


def test_leaving_is_asked_and_either_answer_counts(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.show(replace(screen.session, leaving=True))
    screen.tap("leave", "stay")
    assert screen.posted == [events.Leave(), events.Stay()]


def test_nothing_below_a_sheet_is_touched(shown: Callable[..., Shown]) -> None:
    screen = shown()
    primary = screen.hand.find("primary")
    assert primary is not None
    screen.show(replace(screen.session, leaving=True))
    screen.hand.touch(primary.middle)
    screen.look()
    assert screen.posted == [events.Stay()]


def test_a_language_is_chosen_and_the_page_stays(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.tap("language", "language-en")
    assert screen.said() == [events.LanguageChosen(language=Language.EN)]
    assert not screen.sees("language-en")
    screen.show(replace(screen.session, language=Language.EN))
    primary = screen.hand.find("primary")
    assert primary is not None
    assert primary.text == "I promise"


def test_help_names_the_hotline_and_closes(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.tap("help")
    assert screen.sees("close-help")
    screen.tap("close-help")
    assert not screen.sees("close-help")


@pytest.mark.parametrize("layout", list(Layout))
def test_the_folded_dock_covers_no_button(shown: Callable[..., Shown], layout: Layout) -> None:
    screen = shown(layout=layout)
    handle = screen.hand.find("dock-handle")
    assert handle is not None
    assert min(handle.width, handle.height) >= 12.7 * 4.03
    for name in ("primary", "back", "home", "language", "help"):
        button = screen.hand.find(name)
        assert button is not None
        apart = (
            button.x + button.width <= handle.x
            or button.y + button.height <= handle.y
            or handle.y + handle.height <= button.y
        )
        assert apart, name


def test_the_dock_does_with_a_device_what_is_touched(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.dock.menuArrived.emit(MENU)
    screen.dock.messagesArrived.emit([MessageRow(to="138****8024", text="验证码 482913", time="09:30:12")])
    assert not screen.sees("dock-tab-printer")
    screen.tap("dock-handle", "dock-idreader-insert-zhao", "dock-tab-printer", "dock-printer-tear")
    assert screen.done == [("idreader", "insert", {"document": "zhao"}), ("printer", "tear", {})]
    assert not screen.sees("dock-idreader-unplug")
    screen.tap("dock-handle")
    assert not screen.sees("dock-tab-printer")
    assert screen.said() == []


def test_the_simulated_phone_pays_the_code_that_is_on_the_screen(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.tap("dock-handle")
    assert not screen.sees("dock-pay")
    screen.show(EVERY["pay"].story(Story(screen.catalogue, Language.ZH_HANS)).session)
    screen.tap("dock-pay")
    assert screen.paid == [ORDER.qr]
    screen.show(EVERY["pay-expired"].story(Story(screen.catalogue, Language.ZH_HANS)).session)
    assert not screen.sees("dock-pay")


def test_the_dock_stays_on_its_device_while_the_menu_changes(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.dock.menuArrived.emit(MENU)
    screen.tap("dock-handle", "dock-tab-printer")
    screen.dock.menuArrived.emit([*MENU, replace_row(MENU[-1], "unplug", "拔线")])
    screen.look()
    assert screen.sees("dock-printer-unplug")


def faults(*kinds: str, now: str = "") -> list[DockRow]:
    rows = [
        DockRow(device="printer", title="", deed="fault", argument="kind", value=kind, label=f"（{kind}）")
        for kind in kinds
    ]
    wrong = DockRow(device="printer", title="", deed="faulty", argument="kind", value=now, label=f"（{now}）")
    return [*MENU, *rows, wrong] if now else [*MENU, *rows]


def test_the_dock_lets_a_device_fail_and_get_well(shown: Callable[..., Shown]) -> None:
    screen = shown()
    screen.dock.menuArrived.emit(faults("mute", "half"))
    screen.tap("dock-handle")
    assert not screen.sees("dock-faults"), "nothing can go wrong with the reader of this menu"
    screen.tap("dock-tab-printer")
    assert not screen.sees("dock-printer-fault-mute"), "folded until somebody asks"
    screen.tap("dock-faults", "dock-printer-fault-mute", "dock-briefly", "dock-printer-fault-half")
    screen.dock.menuArrived.emit(faults("none", "half", now="mute"))
    screen.look()
    assert screen.dock.property("faulty") == "（mute）"
    screen.tap("dock-printer-fault-none", "dock-faults")
    assert screen.done == [
        ("printer", "fault", {"kind": "mute"}),
        ("printer", "fault", {"kind": "half", "for_s": "3"}),
        ("printer", "fault", {"kind": "none"}),
    ]
    assert not screen.sees("dock-printer-fault-none")


def replace_row(row: DockRow, deed: str, label: str) -> DockRow:
    return DockRow(device=row.device, title="", deed=deed, argument="", value="", label=label)
