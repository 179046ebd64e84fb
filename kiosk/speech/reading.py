"""How written words are read aloud: numbers, dates, times, amounts, numbers to be dialled or copied, masked values.

A sentence becomes pieces. Words stay as they stand, a value is written out as it is said, and knows the words it can be
joined from. Who renders a text with placeholders beforehand and who says it with values takes it apart alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.speech import in_chinese, in_english
from kiosk.words import Language

LONGEST: Final = 1000
"""Characters of a sentence that are read; a caption has a tenth of it."""

PLACEHOLDER: Final = re.compile(r"\{\w*\}|%(?:L?[0-9]+|n)")
"""Where a text of the kiosk takes a value in."""

_LATIN: Final = re.compile(r"[A-Za-z](?:[A-Za-z '’&-]*[A-Za-z])?")
_CHINESE: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_TO: Final = ("-", "–", "—", "~", "～")
_SPEAKABLE: Final = re.compile(r"\w")
_SPACE: Final = re.compile(r"\s+")
_UNSPOKEN: Final = str.maketrans(
    {
        **dict.fromkeys('「」『』《》〈〉“”"‘【】[]{}<>*#^`~=|_\\•●■□▲△◆◇○★☆✓✔✗✘→←↑↓＊', " "),
        **dict.fromkeys("（）()", "，"),
        "·": "，",
        "…": "。",
        "—": "，",
    }
)
"""What is seen and not said. Square and angle brackets and backquotes would be commands to a voice."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a sentence."""

    said: str
    """As a voice is given it."""
    words: tuple[str, ...]
    """The clips it is joined from."""
    language: Language
    value: bool = False
    """Whether it is a value that was written out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tongue:
    language: Language
    value: re.Pattern[str]
    says: Callable[[re.Match[str]], Sequence[str]]
    """The words of a value, in which joining them without anything between is what a voice is given."""
    between: str
    to: str
    """From one value to the next."""


_TONGUES: Final = {
    **{
        language: _Tongue(language=language, value=in_chinese.VALUE, says=in_chinese.words_of, between="", to="到")
        for language in (Language.ZH_HANS, Language.ZH_HANT)
    },
    Language.EN: _Tongue(language=Language.EN, value=in_english.VALUE, says=in_english.words_of, between=" ", to="to"),
}


def read(sentence: str, language: Language) -> tuple[Piece, ...]:
    """Return ``sentence`` as it is spoken; nothing where there is nothing to say. Raises nothing, whatever it is."""
    return tuple(_pieces(_clean(sentence), language))


def template(sentence: str, language: Language) -> tuple[Piece, ...]:
    """Return what of a sentence with placeholders can be rendered beforehand: the words between them."""
    return tuple(piece for part in PLACEHOLDER.split(sentence) for piece in read(part, language) if not piece.value)


def spoken(pieces: Sequence[Piece]) -> str:
    """Return pieces as one text, for whoever reads what is said."""
    return "".join(piece.said for piece in pieces).strip()


def _clean(sentence: str) -> str:
    # half-width as far as it is a letter or a digit; Chinese punctuation stays, a voice pauses at it
    plain = "".join(
        unicodedata.normalize("NFKC", letter) if "！" < letter < "｠" and letter.isalnum() else letter
        for letter in sentence[:LONGEST]
        if letter.isprintable() or letter.isspace()
    )
    return plain.replace("￥", "¥").replace("％", "%").replace("：", ":")


def _pieces(sentence: str, language: Language) -> Iterator[Piece]:
    tongue = _TONGUES[language]
    at = 0
    for found in tongue.value.finditer(sentence):
        words = tuple(tongue.says(found))
        if not words:
            continue
        gap = sentence[at : found.start()]
        if at and gap.strip() in _TO:
            yield Piece(said=f" {tongue.to} ", words=(tongue.to,), language=language, value=True)
        else:
            yield from _words(gap, tongue)
        said = tongue.between.join(words)
        yield Piece(said=f" {said} " if tongue.between else said, words=words, language=language, value=True)
        at = found.end()
    yield from _words(sentence[at:], tongue)


def _words(text: str, tongue: _Tongue) -> Iterator[Piece]:
    if tongue.language is Language.EN:
        yield from _plain(text, Language.EN)
        return
    at = 0
    for found in _LATIN.finditer(text):
        yield from _plain(text[at : found.start()], tongue.language)
        yield from _plain(found.group(), Language.EN)
        at = found.end()
    yield from _plain(text[at:], tongue.language)


def _plain(text: str, language: Language) -> Iterator[Piece]:
    said = _SPACE.sub(" ", text.replace(":", "，" if language is not Language.EN else ",").translate(_UNSPOKEN))
    if language is Language.EN:
        said = said.replace("，", ", ").replace("。", ". ").replace("、", ", ")
        said = " ".join(part for part in said.split(" ") if not _CHINESE.search(part))
    bare = said.strip(" ，。、,.;；!！?？-/")
    if _SPEAKABLE.search(bare):
        yield Piece(said=said, words=(bare,), language=language)
