"""Chinese as Pinyin for a voice that reads it: first the words of the lexicon, the rest by ``pypinyin``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

LEXICON: Final = Path(__file__).parents[2] / "assets" / "speech" / "lexicon.yaml"

_CHINESE: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]+")
SYLLABLE: Final = re.compile(r"[a-zv]{1,6}[1-5]")
"""One syllable as it is written here; ü is v."""


class Lexicon:
    """Writes Chinese as Pinyin.

    Args:
        words: Pinyin of words, a syllable for each character.

    Raises:
        ValueError: a word has more or fewer syllables than characters, or one that is none.
    """

    def __init__(self, words: Mapping[str, str]) -> None:
        for word, said in words.items():
            syllables = said.split()
            if len(syllables) != len(word) or not all(SYLLABLE.fullmatch(each) for each in syllables):
                raise ValueError(f"{word!r} needs {len(word)} syllables with tones, not {said!r}")
        self._words = dict(words)
        self._known = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)")

    @classmethod
    def load(cls, path: Path = LEXICON) -> Lexicon:
        """Load ``assets/speech/lexicon.yaml``.

        Raises:
            OSError: it cannot be read.
            msgspec.ValidationError, ValueError: it is wrong; says where.
        """
        return cls(msgspec.yaml.decode(path.read_bytes(), type=dict[str, str]))

    def spell(self, text: str) -> str:
        """Return ``text`` with its Chinese as Pinyin, each word in one piece; everything else stays."""
        return _CHINESE.sub(lambda found: f" {self._spelt(found.group())} ", _simplified(text)).strip()

    def _spelt(self, chinese: str) -> str:
        syllables = _read(chinese)  # of the whole, so that 一 and 不 hear what follows them
        said: list[str] = []
        at = 0
        for found in self._known.finditer(chinese):
            said.extend(syllables[at : found.start()])
            said.append(self._words[found.group()].replace(" ", ""))
            at = found.end()
        return " ".join(each for each in (*said, *syllables[at:]) if each)


def _read(chinese: str) -> list[str]:
    """Return a syllable for each character; nothing for one without a reading."""
    from pypinyin import Style, lazy_pinyin

    def unread(rest: str) -> list[str]:
        return [""] * len(rest)

    spelled: Callable[..., list[str]] = (
        lazy_pinyin  # its types do not know that errors may give a list, its manual does
    )
    syllables = spelled(chinese, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True, errors=unread)
    # ê, ng and the like are written by some readings and read by no voice
    return [each if SYLLABLE.fullmatch(each) else "" for each in syllables]


@functools.cache
def lexicon() -> Lexicon:
    """Return the lexicon that ships with the kiosk, loaded once."""
    return Lexicon.load()


def spell(text: str) -> str:
    """Return ``text`` with its Chinese as Pinyin, by the lexicon that ships with the kiosk."""
    return lexicon().spell(text)


def _simplified(text: str) -> str:
    return text if text.isascii() else _simplifier()(text)


@functools.cache
def _simplifier() -> Callable[[str], str]:
    import opencc

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert
