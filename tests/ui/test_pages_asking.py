"""The pages from the invitation to the last question: they load, fit, are found by name, and post what is touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent

from kiosk.catalogue import Catalogue, load
from kiosk.forms import PageRef
from kiosk.session import events
from kiosk.session.state import Browse, DocumentSource
from ui.gallery.stage import Stage
from ui.pilot.hand import Hand, Sight

ROOT = Path(__file__).parents[2]
RULER = ROOT / "ui" / "gallery" / "Ruler.qml"
LIMIT_S = 20.0

MakeStage = Callable[..., Stage]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(ROOT / "assets" / "catalogue")


@pytest.fixture
def make_stage(qapp: object, catalogue: Catalogue) -> Iterator[MakeStage]:
    made: list[Stage] = []

    def make(**wanted: object) -> Stage:
        made.append(Stage(catalogue=catalogue, **wanted))  # type: ignore[arg-type]  # handed through
        return made[-1]

    yield make
    for stage in made:
        stage.close()


class Citizen:
    """Touches and reads a stage, and keeps what it posts."""

    def __init__(self, make: MakeStage, scene: str, **wanted: object) -> None:
        self.posted: list[events.Event] = []
        self.stage = make(post=self.posted.append, **wanted)
        self.stage.show(scene)
        self.hand = Hand(self.stage.window, self.stage.engine)
        component = QQmlComponent(self.stage.engine, QUrl.fromLocalFile(str(RULER)))
        ruler = component.createWithInitialProperties({"root": self.stage.window.contentItem()})
        assert ruler is not None, component.errorString()
        ruler.setParent(self.stage.engine)
        self._ruler = ruler

    def tap(self, *wanted: str) -> None:
        for name in wanted:
            self.hand.tap(name, limit_s=LIMIT_S)
            self.stage.picture()

    def sees(self, name: str) -> bool:
        return self.hand.find(name) is not None

    def reads(self, *words: str) -> bool:
        seen = {sight.text for sight in self.hand.below("page")}
        return all(any(word in text for text in seen) for word in words)

    def value(self, name: str, of: str) -> object:
        return json.loads(self._ask("value", name, of))

    def write(self, name: str, text: str) -> None:
        self._ask("write", name, text)
        self.stage.picture()

    def faults(self) -> list[str]:
        return [fault for fault in self._ask("faults").split("\n") if fault]

    def follows(self) -> None:
        """Let the session take what was posted, and show it."""
        self.stage.story.happens(*self.posted)
        self.posted.clear()
        self.stage.update(self.stage.story.session)
        self.stage.picture()

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


NAMED = {
    "attract": {"start", "attract-newborn", "language-zh-Hans", "language-zh-Hant", "language-en"},
    "find": {
        "browse-themes",
        "browse-departments",
        "browse-search",
        "audience-enterprise",
        "life-birth",
        "service-newborn",
    },
    "find-departments": {"department-civil-affairs", "department-market-regulation"},
    "find-department": {"all", "page-down"},
    "find-search": {"field"},
    "find-found": {"field", "service-restaurant"},
    "document": {"prompt-id-reader", "prompt-card-reader", "back"},
    "document-one-reader": {"prompt-card-reader"},
    "verify": {"key-0", "key-9", "key-delete", "secondary"},
    "verify-no-phone": {"primary"},
    "fetch-failed": {"primary", "secondary"},
    "confirm": {"dispute-person.phone", "dispute-person.name", "primary"},
    "question-text": {"field", "primary"},
    "question-choice-many": {"field", "choice-01", "choice-56"},
    "question-choices": {"primary"},
    "question-yes-no": {"yes", "no"},
    "question-date": {"key-1", "date-typing", "primary"},
    "question-phone": {"key-0", "key-delete", "primary"},
    "question-id-number": {"key-X", "primary"},
    "question-credit-code": {"field"},
    "question-address": {"division-000101", "division-000102", "primary"},
    "question-list": {"add-entry", "primary"},
}


@pytest.mark.parametrize("scene", NAMED)
def test_what_is_touched_by_name_is_there(make_stage: MakeStage, scene: str) -> None:
    assert not NAMED[scene] - set(Citizen(make_stage, scene).hand.names())


def test_the_first_touch_starts_and_a_service_opens_at_once(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "attract")
    citizen.tap("start")
    assert isinstance(citizen.posted[0], events.Touched)
    citizen.posted.clear()
    citizen.tap("attract-restaurant")
    assert isinstance(citizen.posted[0], events.Touched)
    assert citizen.posted[1] == events.ServiceChosen(service="restaurant")


def test_a_touch_beside_every_button_starts_too(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "attract")
    hours = next(sight for sight in citizen.hand.below("page") if sight.text == "24小时")
    citizen.hand.touch(hours.middle)
    assert [type(each) for each in citizen.posted] == [events.Touched]


def test_services_are_found_three_ways(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "find")
    citizen.tap("browse-departments", "browse-search", "browse-themes", "service-newborn")
    assert citizen.posted == [
        events.Browsed(browse=Browse.DEPARTMENTS),
        events.Browsed(browse=Browse.SEARCH),
        events.Browsed(browse=Browse.THEMES),
        events.ServiceChosen(service="newborn"),
    ]
    citizen = Citizen(make_stage, "find-departments")
    citizen.tap("department-civil-affairs")
    assert citizen.posted == [events.Browsed(browse=Browse.DEPARTMENTS, department="civil-affairs")]


def test_the_last_digit_enters_the_code(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "verify")
    citizen.tap(*(f"key-{digit}" for digit in "12045"))
    assert citizen.posted == []
    citizen.tap("key-delete", "key-6", "key-7")
    assert citizen.posted == [events.CodeEntered(code="120467")]


def test_a_wrong_code_is_wiped_and_the_sentence_stands_at_the_boxes(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "verify")
    citizen.tap(*(f"key-{digit}" for digit in "123456"))
    citizen.posted.append(events.CodeRefused(code="verification.wrong-code", attempts_left=2))
    citizen.follows()
    assert citizen.value("page", "code") == ""
    assert citizen.reads("验证码不对", "还可以输入 2 次")
    assert not citizen.sees("advice")


def test_taking_the_document_away_leaves_the_digits_typed_so_far(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "verify")
    citizen.tap("key-1", "key-2", "key-3")
    citizen.posted.append(events.DocumentRemoved(source=DocumentSource.ID_READER))
    citizen.posted.append(events.DeviceChanged(device="printer", health="gone"))
    citizen.follows()
    assert citizen.value("page", "code") == "123"
    citizen.posted.append(events.CodeWanted())
    citizen.follows()
    assert citizen.value("page", "code") == ""


@pytest.mark.parametrize(
    ("scene", "taps", "raw"),
    [
        ("question-yes-no", ("yes",), True),
        ("question-yes-no", ("no",), False),
        ("question-choice", ("choice-good",), "good"),
        ("question-choices", ("choice-hot", "choice-cold", "choice-hot", "primary"), ("cold",)),
        ("question-phone", (*(f"key-{digit}" for digit in "13800138000"), "primary"), "13800138000"),
        ("question-id-number", ("key-1", "key-X", "primary"), "1X"),
        ("question-integer", ("key-3", "key-2", "key-0", "key-delete", "primary"), "32"),
        ("question-date", (*(f"key-{digit}" for digit in "20260131"), "primary"), "2026-01-31"),
        ("question-date", (*(f"key-{digit}" for digit in "20260231"), "primary"), "2026-02-31"),
        ("question-date", ("key-2", "primary"), "2"),
    ],
)
def test_an_answer_is_posted_as_it_was_given(
    make_stage: MakeStage, scene: str, taps: tuple[str, ...], raw: events.Raw
) -> None:
    citizen = Citizen(make_stage, scene)
    page = citizen.stage.story.session.page
    assert page is not None
    citizen.tap(*taps)
    assert citizen.posted == [events.Answered(page=page, raw=raw)]


def test_an_address_is_picked_level_by_level(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-address")
    assert not citizen.sees("field")
    citizen.tap("division-000102", "division-000102003000")
    assert citizen.sees("field")
    citizen.tap("primary")
    assert citizen.posted == [
        events.Answered(page=PageRef(id="shop.address"), raw={"division": "000102003000", "detail": ""})
    ]


def test_a_long_list_is_narrowed_down_by_words(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-choice-many")
    citizen.write("field-input", "蒙古")
    assert {name for name in citizen.hand.names() if name.startswith("choice-")} == {"choice-02"}
    citizen.tap("choice-02")
    assert citizen.posted == [events.Answered(page=PageRef(id="person.ethnicity"), raw="02")]


def test_what_to_enter_stands_at_the_field(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-text-wrong")
    assert str(citizen.value("field", "problem")).startswith("请输入孩子的姓名")
    assert not citizen.sees("advice")


def test_another_question_leaves_nothing_of_the_one_before(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-phone")
    citizen.tap("key-1", "key-3")
    citizen.stage.story.asks("family.other_number")
    citizen.follows()
    citizen.tap("key-7", "primary")
    assert citizen.posted == [events.Answered(page=PageRef(id="family.other_number"), raw="7")]


def test_going_back_shows_what_was_chosen(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "situation")
    first = citizen.stage.story.session.page
    assert not citizen.sees("primary")
    citizen.tap("no")
    citizen.follows()
    assert citizen.value("no", "chosen") is False
    citizen.posted.append(events.Back())
    citizen.follows()
    assert citizen.stage.story.session.page == first
    assert citizen.value("no", "chosen") is True
    assert citizen.value("yes", "chosen") is False
    assert citizen.sees("primary")


def test_a_list_grows_and_shrinks(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-list")
    assert not citizen.sees("remove-0")
    citizen.tap("add-entry")
    assert citizen.posted == [events.EntryAdded(repeat="children")]
    citizen.stage.story.happens(*citizen.posted).asks("children")
    citizen.posted.clear()
    citizen.follows()
    citizen.tap("remove-1", "primary")
    assert citizen.posted == [events.EntryRemoved(repeat="children", entry=1), events.Next()]


def test_a_fact_is_disputed_by_its_row(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "confirm")
    citizen.tap("dispute-person.phone", "primary")
    assert citizen.posted == [events.FactDisputed(page=PageRef(id="person.phone")), events.Next()]


def test_the_wait_can_be_repeated_or_passed_when_it_failed(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "fetch-failed")
    citizen.tap("secondary", "primary")
    assert citizen.posted == [events.Retry(), events.Next()]


def test_each_reader_tells_of_its_own_document(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "document-unread")
    assert citizen.value("prompt-id-reader", "progress") == 3
    assert citizen.value("prompt-card-reader", "progress") == 0


# Qt's loader thread logs a warning of the keyboard while Python's lock is held: a handler in Python waits for ever
@pytest.mark.no_qt_log
def test_pinyin_becomes_the_word_that_is_touched(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-text", keyboard=True)
    keyboard = citizen.hand.until(lambda: citizen.hand.find("keyboard"), "the keyboard", limit_s=LIMIT_S)
    for name in ("field", "primary"):
        above = citizen.hand.find(name)
        assert above is not None
        assert above.y + above.height <= keyboard.y

    def offered(text: str) -> Sight | None:
        return next((sight for sight in citizen.hand.below("keyboard") if sight.text.lower() == text), None)

    for wanted in ("n", "i", "h", "a", "o", "你好"):
        citizen.hand.until(partial(offered, wanted), wanted, limit_s=LIMIT_S)
        citizen.hand.rest()
        key = citizen.hand.until(partial(offered, wanted), wanted, limit_s=LIMIT_S)
        citizen.hand.touch(key.middle)
        citizen.stage.picture()
    citizen.hand.until(
        lambda: True if citizen.value("field", "text") == "你好" else None, "the word in the field", limit_s=LIMIT_S
    )
    citizen.tap("primary")
    assert citizen.posted == [events.Answered(page=PageRef(id="child.name", repeat="children", entry=0), raw="你好")]


@pytest.mark.no_qt_log
def test_the_keyboard_offers_no_name_that_was_typed_before_and_keeps_nothing_half_typed(make_stage: MakeStage) -> None:
    citizen = Citizen(make_stage, "question-text", keyboard=True)

    def offered(text: str) -> Sight | None:
        return next((sight for sight in citizen.hand.below("keyboard") if sight.text.lower() == text), None)

    def touch(text: str) -> None:
        citizen.hand.until(partial(offered, text), text, limit_s=LIMIT_S)
        citizen.hand.rest()
        citizen.hand.touch(citizen.hand.until(partial(offered, text), text, limit_s=LIMIT_S).middle)
        citizen.stage.picture()

    # an unlikely name, chosen character by character, as the Pinyin dictionary would learn it
    for wanted in (*"shangheyang", "上", "和", "样"):
        touch(wanted)
    for letter in "shangheyang":
        touch(letter)
    citizen.hand.until(partial(offered, "上"), "candidates", limit_s=LIMIT_S)
    assert offered("上和样") is None
    QGuiApplication.inputMethod().reset()
    citizen.hand.until(lambda: True if offered("上") is None else None, "an empty row", limit_s=LIMIT_S)
