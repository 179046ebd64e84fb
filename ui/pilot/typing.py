"""Types on the keyboard of the screen, key by key: Latin letters, digits, and Pinyin with its choice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem

from ui.pilot.hand import Hand, Lost

KEY_S: Final = 10.0


class Typist:
    """Types with a hand.

    Args:
        hand: Touches the keys.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def type(self, text: str) -> None:
        """Type ``text``: Chinese through Pinyin, one character at a time; everything else as it is on the keys.

        Raises:
            Lost: a key or a character is not offered.
        """
        for character in text:
            if "\u4e00" <= character <= "\u9fff":
                self._chinese(character)
            else:
                self._key(character)

    def _chinese(self, character: str) -> None:
        from pypinyin import lazy_pinyin

        for letter in lazy_pinyin(character)[0]:
            self._key(letter)
        candidate = self._hand.until(lambda: self._candidate(character), f"{character} to choose", limit_s=KEY_S)
        self._hand.tap_item(candidate)
        self._hand.settle()

    def _key(self, character: str) -> None:
        key = self._hand.until(lambda: self._key_item(character), f"a key {character!r}", limit_s=KEY_S)
        self._hand.tap_item(key)
        self._hand.settle()

    def _key_item(self, character: str) -> QQuickItem | None:
        """Return the key that types ``character``."""
        raise Lost(character)

    def _candidate(self, character: str) -> QQuickItem | None:
        """Return the candidate ``character`` in the list above the keys."""
        raise Lost(character)


_ = QObject
