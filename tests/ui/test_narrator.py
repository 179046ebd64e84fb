"""What the narrator says, to whom, and what it never says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.session.preferences import Pace, Preferences
from kiosk.speech.saying import Said, Speech
from kiosk.speech.script import Script
from kiosk.speech.vocabulary import Own, Vocabulary
from kiosk.words import Language
from ui.models.narrator import NarratorModel

ZH = Language.ZH_HANS
UNSAID = "内容在屏幕上，不念出来。"
OWNS = (
    Own(text="请放上身份证", language=ZH, prompt=True),
    Own(text="还差 %1 份材料", language=ZH, prompt=True),
    Own(text="残疾人证", language=ZH, prompt=False),
)


class Quick(Speech):
    """Says in captions alone, as fast as they come, and writes down what it was given."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(vocabulary=Vocabulary(OWNS))
        self.heard = heard

    def perform(self, script: Script) -> Iterator[Said]:
        for said in super().perform(script):
            self.heard.append(said.caption)
            yield Said(caption=said.caption, sound=None, duration_s=0.01)


Narrate = Callable[..., tuple[NarratorModel, list[str]]]


@pytest.fixture
def narrate(qtbot: QtBot) -> Iterator[Narrate]:
    owner = QObject()
    made: list[NarratorModel] = []

    def make(
        *, headphones: bool = False, identified: bool = False, **wanted: object
    ) -> tuple[NarratorModel, list[str]]:
        heard: list[str] = []
        narrator = NarratorModel(lambda: Quick(heard), owner)
        preferences = Preferences(**{"spoken": True, "guided": headphones, **wanted})  # type: ignore[arg-type]  # names of preferences
        narrator.prefer(ZH, preferences, headphones=headphones, identified=identified)
        made.append(narrator)
        return narrator, heard

    yield make
    for narrator in made:
        narrator.close()


def speaking(narrator: NarratorModel) -> bool:
    return bool(narrator.property("speaking"))


def ends(qtbot: QtBot, narrator: NarratorModel) -> None:
    qtbot.waitUntil(lambda: not speaking(narrator), timeout=10_000)


def test_nothing_is_said_to_who_did_not_ask(narrate: Narrate) -> None:
    narrator, heard = narrate(spoken=False)
    narrator.say("请放上身份证")
    narrator.tell("请放上身份证")
    narrator.sayPrivately("张三")
    narrator.repeat()
    assert (heard, speaking(narrator)) == ([], False)


def test_each_sentence_is_a_caption_and_the_last_one_goes(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate()
    shown: list[str] = []
    narrator.changed.connect(lambda: shown.append(str(narrator.property("caption"))))
    narrator.say("请放上身份证。听到提示音再拿走！")
    ends(qtbot, narrator)
    assert heard == ["请放上身份证。", "听到提示音再拿走！"]
    assert [caption for caption in shown if caption] == heard
    assert narrator.property("caption") == ""


@pytest.mark.parametrize(
    ("text", "identified", "said"),
    [
        ("请放上身份证", True, "请放上身份证"),
        ("还差 3 份材料", True, "还差 3 份材料"),
        ("张三，这些是您的", False, UNSAID),
        ("残疾人证", False, "残疾人证"),
        ("残疾人证", True, UNSAID),
        ("330102199001011234", True, UNSAID),
        ("还差 330102199001011234 份材料", True, UNSAID),
    ],
)
def test_aloud_only_the_kiosks_own_words(
    qtbot: QtBot, narrate: Narrate, text: str, said: str, *, identified: bool
) -> None:
    narrator, heard = narrate(identified=identified)
    narrator.tell(text)
    ends(qtbot, narrator)
    assert heard == [said]


def test_what_is_private_hides_nothing_else_and_is_told_of_once(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate(identified=True)
    narrator.arrive([], ["请放上身份证", "张三", "李四", "还差 2 份材料", ""])
    ends(qtbot, narrator)
    assert heard == ["请放上身份证", UNSAID, "还差 2 份材料"]


def test_into_headphones_everything_is_said(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate(headphones=True, identified=True)
    narrator.tellParts(["请放上身份证", "张三"])
    ends(qtbot, narrator)
    narrator.sayPrivately("330102199001011234")
    ends(qtbot, narrator)
    assert heard == ["请放上身份证", "张三", "330102199001011234"]


def test_guided_without_headphones_is_not_private(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate(guided=True, identified=True)
    narrator.sayPrivately("张三")
    ends(qtbot, narrator)
    assert heard == [UNSAID]


def test_pulling_the_headphones_out_ends_what_is_private_and_nobody_can_repeat_it(
    qtbot: QtBot, narrate: Narrate
) -> None:
    narrator, heard = narrate(headphones=True, identified=True)
    narrator.sayPrivately("张三")
    assert speaking(narrator)
    narrator.prefer(ZH, Preferences(spoken=True), headphones=False, identified=True)
    assert (speaking(narrator), narrator.property("caption")) == (False, "")
    before = list(heard)
    narrator.repeat()
    assert not speaking(narrator)
    assert heard == before


def test_again_says_the_last_and_hush_says_nothing(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate()
    narrator.say("请放上身份证")
    ends(qtbot, narrator)
    narrator.repeat()
    ends(qtbot, narrator)
    assert heard == ["请放上身份证"] * 2
    narrator.say("请放上身份证")
    narrator.hush()
    assert (speaking(narrator), narrator.property("caption")) == (False, "")


def test_another_language_ends_what_is_said_in_the_one_before(narrate: Narrate) -> None:
    narrator, _ = narrate()
    narrator.say("请放上身份证")
    narrator.prefer(Language.EN, Preferences(spoken=True, pace=Pace.SLOW), headphones=False, identified=False)
    assert not speaking(narrator)
    narrator.repeat()
    assert not speaking(narrator)


def test_a_page_hushes_the_one_before_it(qtbot: QtBot, narrate: Narrate) -> None:
    narrator, heard = narrate()
    narrator.say("请放上身份证。" * 3)
    narrator.arrive(["还差 1 份材料"], ["请放上身份证"])
    ends(qtbot, narrator)
    assert heard[-2:] == ["还差 1 份材料", "请放上身份证"]


def test_a_voice_that_dies_leaves_no_page_waiting(
    qtbot: QtBot, narrate: Narrate, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Speech:
        raise OSError("no words")

    narrator = NarratorModel(broken, None)
    narrator.prefer(ZH, Preferences(spoken=True), headphones=False, identified=False)
    narrator.say("请放上身份证")
    ends(qtbot, narrator)
    narrator.close()
    assert "nothing can be spoken" in caplog.text
