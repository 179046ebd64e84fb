"""Types on the keyboard of the screen, key by key: Latin letters, digits, and Pinyin with its choice of characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from PySide6.QtCore import QPointF

from ui.pilot.hand import Hand, Lost, Sight

KEYBOARD: Final = "keyboard"
"""How Qt names its keyboard."""
KEY_S: Final = 5.0
AT_ONCE: Final = 9
"""Characters whose Pinyin is typed in one go, as people type names."""
FLICKS: Final = 30
"""How far along the candidates a person looks."""


def is_chinese(character: str) -> bool:
    """Return whether a character is typed through Pinyin."""
    return "\u4e00" <= character <= "\u9fff"


class Typist:
    """Types with a hand.

    Args:
        hand: Touches the keys.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def type(self, text: str) -> None:
        """Type ``text``: Chinese through Pinyin, everything else as it stands on the keys.

        Raises:
            Lost: a key or a character is not offered.
        """
        for chinese, run in groupby(text, key=is_chinese):
            word = "".join(run)
            if chinese:
                for start in range(0, len(word), AT_ONCE):
                    self._chinese(word[start : start + AT_ONCE])
            else:
                for character in word:
                    self._plain(character)
        self._letters()

    def _chinese(self, word: str) -> None:
        from pypinyin import lazy_pinyin

        self._letters()
        for syllable in lazy_pinyin(word, v_to_u=False):
            for letter in syllable:
                self._press(letter)
        rest = word
        while rest:
            chosen = self._choose(rest)
            rest = rest[len(chosen) :]

    def _choose(self, rest: str) -> str:
        """Choose the longest candidate that ``rest`` begins with, looking along the list for it."""
        for _ in range(FLICKS):
            self._hand.until(lambda: dict(self._candidates()) or None, "candidates", limit_s=KEY_S)
            self._hand.rest()  # the row glides in: a touch on its way would fall on a key
            offered = dict(self._candidates())
            fitting = [candidate for candidate in offered if rest.startswith(candidate)]
            if fitting:
                chosen = max(fitting, key=len)
                if self._took(offered, chosen):
                    return chosen
                continue
            start = max(offered.values(), key=lambda item: item.x).middle
            self._hand.drag([[QPointF(start.x() - step * 25, start.y()) for step in range(16)]])
            self._hand.rest()
        raise Lost(f"the keyboard offers no candidate for {rest}")

    def _took(self, offered: Mapping[str, Sight], chosen: str) -> bool:
        """Touch a candidate and return whether the list moved on; a list still gliding takes a touch as a stop."""
        self._hand.touch(offered[chosen].middle)
        try:
            self._hand.until(
                lambda: True if dict(self._candidates()).keys() != offered.keys() else None, "the choice", limit_s=1.0
            )
        except Lost:
            return False
        self._hand.rest()
        return True

    def _candidates(self) -> Iterator[tuple[str, Sight]]:
        """Yield the candidates that can be touched, by their text."""
        for item in self._hand.below(KEYBOARD):
            if item.text and item.seen and all(map(is_chinese, item.text)):
                yield item.text, item

    def _plain(self, character: str) -> None:
        if self._key(character) is None:
            mode = self._hand.until(lambda: self._kind("SymbolModeKey"), "the key for digits and signs", limit_s=KEY_S)
            self._hand.touch(mode.middle)
            self._hand.rest()
        self._press(character)

    def _letters(self) -> None:
        """Bring the letters back when digits and signs are up."""
        if self._hand.find(KEYBOARD) is not None and self._key("a") is None:
            mode = self._kind("SymbolModeKey")
            if mode is not None:
                self._hand.touch(mode.middle)
                self._hand.rest()

    def _press(self, character: str) -> None:
        key = self._hand.until(lambda: self._key(character), f"a key {character!r}", limit_s=KEY_S)
        self._hand.touch(key.middle)
        self._hand.settle()

    def _key(self, character: str) -> Sight | None:
        """Return the key that types ``character``, in either case."""
        if character == " ":
            return self._kind("SpaceKey")
        return next((key for key in self._keys() if key.text.lower() == character.lower()), None)

    def _kind(self, kind: str) -> Sight | None:
        return next((key for key in self._keys() if key.kind == kind), None)

    def _keys(self) -> Iterator[Sight]:
        return (item for item in self._hand.below(KEYBOARD) if item.kind.endswith("Key") and item.seen)
