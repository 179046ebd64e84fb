"""A citizen who cannot see the screen: five keys and what is heard, nothing else."""

from __future__ import annotations

import re
import time
from typing import Final

from pypinyin import lazy_pinyin
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodQueryEvent
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from kiosk.speech.script import Script
from ui.models.narrator import NarratorModel
from ui.pilot.hand import Hand, Lost
from ui.pilot.typing import KEYBOARD_S, is_chinese

NEXT: Final = Qt.Key.Key_Down
SELECT: Final = Qt.Key.Key_Return
"""As ``kiosk.settings.Keys`` has them unless a terminal says otherwise."""
FOUND: Final = re.compile(r"found-[0-9]+")
PAGES: Final = 12
"""Of characters with one sound; the common ones are on the first."""
ROUND: Final = 250
"""Presses after which somebody has been everywhere on a page."""


class KeyHand(Hand):
    """Goes by keys to what a finger would touch, and listens on the way.

    Args:
        window: Shown, and painted at least once.
        engine: The window's.
        narrator: Who is listened to.
    """

    def __init__(self, window: QQuickWindow, engine: QQmlEngine, narrator: NarratorModel) -> None:
        super().__init__(window, engine)
        self._heard: Script | None = None
        self.presses = 0
        """How many keys were pressed so far."""
        narrator.told.connect(self._hear)

    def _hear(self, script: Script) -> None:
        self._heard = script

    def tap(self, name: str, *, limit_s: float = 10.0) -> float:
        """Go to the item of this name and select it; return when the key came down (``perf_counter``).

        Raises:
            Lost: the keys did not come to it in time, or what it is was not said.
        """
        until = time.monotonic() + limit_s
        while not self._go_to(name):
            if time.monotonic() > until:
                raise Lost(f"the keys do not come to {name!r}; on the screen: {', '.join(self.names())}")
            self.settle()
        item = self.find(name)
        heard = "" if self._heard is None else " ".join(self._heard.parts)
        if not heard or (item is not None and item.text not in heard):
            raise Lost(f"at {name!r} was heard {heard!r}")
        pressed_at = time.perf_counter()
        self._press_key(SELECT)
        return pressed_at

    def bring(self, name: str, *, limit_s: float) -> None:
        """Nothing: the keys come to rows of a list as they are made."""

    def _go_to(self, name: str) -> bool:
        for _ in range(ROUND):
            item = self.find(name)
            if self._at == name and item is not None and item.enabled:
                return True
            self._press_key(NEXT)
        return False

    @property
    def _at(self) -> str:
        return str(self._window.property("keysAt"))

    def _press_key(self, key: Qt.Key) -> None:
        self._heard = None if key is NEXT else self._heard
        self.presses += 1
        QTest.keyClick(self._window, key)


class KeyTypist:
    """Writes without a finger: Chinese by its sound, character by character, all else letter by letter.

    Args:
        hand: Goes by keys.
    """

    def __init__(self, hand: KeyHand) -> None:
        self._hand = hand

    def begin(self, field: str) -> None:
        """Go to the field of this name, unless the page has begun there, and wait for the keyboard."""
        self._hand.settle()
        if not self._typing():
            self._hand.tap(field, limit_s=KEYBOARD_S)
        self._hand.until(lambda: self._hand.find("keys-hide"), "the keyboard", limit_s=KEYBOARD_S)

    @staticmethod
    def _typing() -> bool:
        """Return whether what has the focus takes words."""
        focused = QGuiApplication.focusObject()
        if focused is None:
            return False
        query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
        QCoreApplication.sendEvent(focused, query)
        return bool(query.value(Qt.InputMethodQuery.ImEnabled))

    def type(self, text: str) -> None:
        """Write ``text``.

        Raises:
            Lost: a character is not offered.
        """
        for character in text:
            if is_chinese(character):
                self._hand.tap("keys-rare", limit_s=KEYBOARD_S)
                self._chinese(character)
            else:
                self._hand.tap("keys-latin", limit_s=KEYBOARD_S)
                self._hand.tap(f"letter-{character}")
        self._hand.tap("keys-hide")

    def _chinese(self, character: str) -> None:
        for letter in lazy_pinyin(character, v_to_u=False)[0]:
            self._hand.tap(f"rare-key-{letter}")
        for _ in range(PAGES):
            at = self._hand.until(self._offered, "characters of that sound", limit_s=KEYBOARD_S).get(character)
            if at is not None:
                self._hand.tap(at)
                return
            self._hand.tap("found-after")
        raise Lost(f"{character!r} is not offered")

    def _offered(self) -> dict[str, str] | None:
        """Return the names of the buttons by character."""
        names = [name for name in self._hand.names() if FOUND.fullmatch(name)]
        seen = {sight.text: name for name in names if (sight := self._hand.find(name)) is not None}
        return seen or None
