"""What pages say by themselves when they come: heard over the whole screen, as a citizen meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot
from test_over_pages import Shown, shown

from kiosk.session.preferences import Preferences
from kiosk.session.state import Idle, Session
from kiosk.settings.model import ASSETS
from kiosk.speech.script import Script
from kiosk.speech.vocabulary import Vocabulary, vocabulary
from kiosk.words import Language, load_sentences
from ui.gallery.every import EVERY
from ui.gallery.scenes import Story

__all__ = ["shown"]

HIDDEN = "…"


class Listener:
    """Hears the screen: what everybody hears, and ``HIDDEN`` for each part that stays private."""

    def __init__(self, screen: Shown, qtbot: QtBot) -> None:
        self.screen = screen
        self._qtbot = qtbot
        self._words = Vocabulary(vocabulary(screen.catalogue, load_sentences(ASSETS / "i18n" / "sentences.yaml")))
        self.said: list[list[str]] = []
        screen.screen.narrator.told.connect(self._hear)

    def _hear(self, script: Script) -> None:
        self.said.append(
            [
                part if script.vouched or self._words.public(part, identified=script.identified) else HIDDEN
                for part in script.parts
            ]
        )

    def hears(self, session: Session) -> list[str]:
        """Show a session to somebody who wants to be spoken to, and return what is said."""
        self.said.clear()
        self.screen.show(replace(session, preferences=Preferences(elder=True, spoken=True, volume=0)))
        self._qtbot.waitUntil(lambda: bool(self.said), timeout=20_000)
        return self.said[-1]

    def scene(self, name: str) -> list[str]:
        """The same for a scene of the gallery."""
        return self.hears(EVERY[name].story(Story(self.screen.catalogue, Language.ZH_HANS)).session)


@pytest.fixture
def listener(shown: Callable[..., Shown], qtbot: QtBot) -> Listener:
    return Listener(shown(), qtbot)


def test_a_page_says_where_it_is_what_it_asks_and_why(listener: Listener) -> None:
    said = listener.scene("document")
    assert said[:2] == ["第 2 步，共 6 步", "验身份"]
    assert "请放上身份证" in said
    assert HIDDEN not in said


def test_what_is_wrong_comes_first(listener: Listener) -> None:
    said = listener.scene("document-unread")
    assert "没" in said[0]
    assert HIDDEN not in said


def test_a_question_is_asked_and_its_answer_is_not_said(listener: Listener) -> None:
    said = listener.scene("question-choice")
    assert HIDDEN not in said
    assert any(part.endswith("？") for part in said)


def test_whose_things_these_are_is_not_said(listener: Listener) -> None:
    said = listener.scene("mine")
    assert HIDDEN in said
    assert not any("测试" in part for part in said)


def test_a_touch_hushes_and_the_warning_is_said(listener: Listener) -> None:
    listener.scene("document")
    narrator = listener.screen.screen.narrator
    assert narrator.property("speaking")
    listener.hears(replace(listener.screen.screen.session, idle=Idle(remaining_s=12)))
    assert listener.said[-1] == [
        "您还在吗？\n为保护您的信息，时间到了会自动退出并清除已填的内容。\n点“继续办理”就接着办。"
    ]
    listener.screen.tap("stay")
    assert not narrator.property("speaking")


def test_nothing_is_said_to_who_did_not_ask(listener: Listener) -> None:
    listener.screen.show(replace(listener.screen.session, preferences=Preferences()))
    assert listener.said == []


def test_what_a_device_does_meanwhile_is_said(listener: Listener) -> None:
    assert "把身份证平放在阅读区，不要移动" in listener.scene("document")
    before = listener.screen.screen.session
    reading = EVERY["document-reading"].story(Story(listener.screen.catalogue, Language.ZH_HANS)).session
    assert before.stage is reading.stage
    assert "正在读，请不要拿走" in listener.hears(reading)


@pytest.mark.parametrize(
    ("opener", "title"), [("help", "需要帮助？"), ("see-hear", "怎么看、怎么听"), ("language", "语言  Language")]
)
def test_what_comes_to_lie_over_the_page_is_said(listener: Listener, qtbot: QtBot, opener: str, title: str) -> None:
    listener.scene("document")
    listener.said.clear()
    listener.screen.tap(opener)
    qtbot.waitUntil(lambda: bool(listener.said), timeout=20_000)
    assert listener.said[-1][0].startswith(title)


def test_a_slip_is_said_while_the_number_is_typed(listener: Listener, qtbot: QtBot) -> None:
    listener.scene("question-phone")
    listener.said.clear()
    listener.screen.tap("key-2", "key-5")
    qtbot.waitUntil(lambda: bool(listener.said), timeout=20_000)
    assert listener.said[-1] == ["手机号以 13 到 19 开头，请核对前两位"]


def test_a_key_that_is_held_counts_once(listener: Listener, qtbot: QtBot) -> None:
    listener.scene("document")
    heard = len(listener.said)
    for repeated in (True, True, False):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "", repeated)
        QCoreApplication.sendEvent(listener.screen.window, key)
    qtbot.waitUntil(lambda: len(listener.said) > heard, timeout=20_000)
    assert len(listener.said) == heard + 1
