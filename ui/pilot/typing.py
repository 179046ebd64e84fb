"""Types on the keyboard of the screen, key by key: Latin letters, digits, and Pinyin with its choice of characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final

from PySide6.QtCore import QPointF

from ui.pilot.hand import Hand, Lost, Sight

KEYBOARD: Final = "keyboard"
"""How Qt names its keyboard."""
KEY_S: Final = 20.0
KEYBOARD_S: Final = 30.0
"""It is loaded when somebody begins, beside everything else."""
TAKE_BACK_S: Final = 30.0
AT_ONCE: Final = 9
"""Characters whose Pinyin is typed in one go, as people type names."""
FIRST_LETTERS: Final = ("a", "ㄅ")
"""One of them is on every keyboard that shows its letters."""
PINYIN: Final = "简体中文"
LATIN: Final = "British English"
"""Languages of the keyboard, as the space bar names them."""
FLICKS: Final = 12
"""How far along the candidates of several characters a person looks."""
FLICKS_FOR_ONE: Final = 40
"""How far when there is only one left: some syllables have two hundred."""


def is_chinese(character: str) -> bool:
    """Return whether a character is typed through Pinyin."""
    return "\u4e00" <= character <= "\u9fff"


def is_rare(character: str) -> bool:
    """Return whether a character is on no keyboard, and is looked up."""
    return "\u3400" <= character <= "\u4dbf" or character >= "\U00020000"


def _within(item: Sight, key: Sight) -> bool:
    """Return whether an item is written on a key."""
    middle = item.middle
    return key.x <= middle.x() <= key.x + key.width and key.y <= middle.y() <= key.y + key.height


class Typist:
    """Types with a hand.

    Args:
        hand: Touches the keys.
    """

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def begin(self, field: str) -> None:
        """Touch the field of this name."""
        self._hand.tap(field, limit_s=KEYBOARD_S)

    def type(self, text: str) -> None:
        """Type ``text``: Chinese through Pinyin, everything else as it stands on the keys.

        Raises:
            Lost: a key or a character is not offered.
        """
        for chinese, run in groupby(text, key=is_chinese):
            word = "".join(run)
            if is_rare(word[0]):
                for character in word:
                    self._rare(character)
            elif chinese:
                self._speak(PINYIN)
                for start in range(0, len(word), AT_ONCE):
                    self._chinese(word[start : start + AT_ONCE])
            else:
                if any(character.isascii() and character.isalpha() for character in word):
                    self._speak(LATIN)
                for character in word:
                    self._plain(character)
        self._letters()

    def _speak(self, language: str) -> None:
        """Touch the language key and choose ``language``, unless the space bar says that it is up."""
        spoken, space = self._hand.until(self._spoken, "the space bar", limit_s=KEYBOARD_S)
        if spoken == language:
            return
        self._letters()
        choice = self._languages(language, space)
        self._hand.rest()  # the list unfolds: a touch on its way would fall on its neighbour
        self._hand.touch(choice.middle)
        self._hand.until(
            lambda: True if (now := self._spoken()) is not None and now[0] == language else None,
            f"the keyboard in {language}",
            limit_s=KEY_S,
        )
        self._hand.rest()

    def _languages(self, language: str, space: Sight) -> Sight:
        """Touch the language key until the list has ``language``: keys that have just come may miss the first touch.

        Raises:
            Lost: the list does not come, or has no such language.
        """
        for last in (False, False, True):
            key = self._hand.until(lambda: self._kind("ChangeLanguageKey"), "the language key", limit_s=KEY_S)
            self._hand.rest()
            self._hand.touch(key.middle)
            try:
                return self._hand.until(
                    lambda: next((item for item in self._words(language) if not _within(item, space)), None),
                    f"the language {language}",
                    limit_s=KEY_S / 4,
                )
            except Lost:
                if last:
                    raise
        raise Lost(f"no language {language}")

    def _spoken(self) -> tuple[str, Sight] | None:
        """Return what the space bar names as the language, and the space bar."""
        space = self._kind("SpaceKey")
        if space is None:
            return None
        names = [item.text for item in self._words() if _within(item, space)]
        return (names[0], space) if names else None

    def _words(self, text: str = "") -> Iterator[Sight]:
        """Yield what is written on the keyboard, or only where it is ``text``."""
        for item in self._hand.below(KEYBOARD):
            if not item.kind.endswith("Key") and item.seen and (item.text == text or not text):
                yield item

    def _chinese(self, word: str) -> None:
        """Type ``word`` in one go; where the keyboard reads it otherwise, take that back and type it in parts."""
        from pypinyin import lazy_pinyin

        self._letters()
        for syllable in lazy_pinyin(word, v_to_u=False):
            for letter in syllable:
                self._press(letter)
        rest = word
        while rest:
            chosen = self._choose(rest, FLICKS if len(word) > 1 else FLICKS_FOR_ONE)
            if not chosen and len(word) == 1:
                raise Lost(f"the keyboard offers no candidate for {word}")
            if not chosen:
                self._take_back()
                if rest != word:  # what was chosen stays written
                    self._chinese(rest)
                    return
                self._chinese(word[: len(word) // 2])
                self._chinese(word[len(word) // 2 :])
                return
            rest = rest[len(chosen) :]

    def _take_back(self) -> None:
        """Delete the Pinyin that is not yet a word."""

        def deleted() -> bool | None:
            if not dict(self._candidates()):
                return True
            key = self._kind("BackspaceKey")
            if key is not None:
                self._hand.touch(key.middle)
                self._hand.rest()
            return None

        self._hand.until(deleted, "the Pinyin to be gone", limit_s=TAKE_BACK_S)

    def _choose(self, rest: str, flicks: int) -> str:
        """Choose the longest candidate that ``rest`` begins with, looking along the list; empty: there is none."""
        for _ in range(flicks):
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
        return ""

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
            if item.kind == "Words":  # the tabs above the keys
                continue
            if item.text not in ("", PINYIN) and item.seen and all(map(is_chinese, item.text)):
                yield item.text, item

    def _rare(self, character: str) -> None:
        """Look a character up by its code point, and go back to the keys."""
        for name in ("keys-rare", "rare-way-2", *(f"rare-key-{digit}" for digit in f"{ord(character):X}")):
            self._hand.tap(name, limit_s=KEYBOARD_S)
        self._hand.until(
            lambda: True if (found := self._hand.find("found-0")) is not None and found.text == character else None,
            f"the character {ord(character):X}",
            limit_s=KEYBOARD_S,
        )
        self._hand.tap("found-0", limit_s=KEY_S)
        self._hand.tap("keys-sound", limit_s=KEY_S)
        self._hand.rest()

    def _plain(self, character: str) -> None:
        if self._key(character) is None:
            mode = self._hand.until(lambda: self._kind("SymbolModeKey"), "the key for digits and signs", limit_s=KEY_S)
            self._hand.touch(mode.middle)
            self._hand.rest()
        self._press(character)

    def _letters(self) -> None:
        """Bring the letters back when digits and signs are up."""
        if self._hand.find(KEYBOARD) is not None and not any(map(self._key, FIRST_LETTERS)):
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
