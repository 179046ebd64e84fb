"""The words of offices, explained where they stand: ``assets/i18n/glossary.yaml``.

A page hands over what it says and is told one plain sentence for each word in it that must not stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from kiosk.words import Language, Text

GLOSSARY: Final = Path(__file__).parents[1] / "assets" / "i18n" / "glossary.yaml"


class Use(StrEnum):
    """Whether a word may stand on a citizen's screen."""

    PLAIN = "plain"
    """Never: the plain words are said in its place."""
    EXPLAINED = "explained"
    """With its sentence on the same page."""
    KNOWN = "known"
    """As it is."""


class Forms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a word is written in each language."""

    zh_hans: tuple[str, ...] = msgspec.field(name="zh-Hans", default=())
    zh_hant: tuple[str, ...] = msgspec.field(name="zh-Hant", default=())
    en: tuple[str, ...] = ()

    def in_(self, language: Language) -> tuple[str, ...]:
        """Return the forms in ``language``."""
        match language:
            case Language.ZH_HANS:
                return self.zh_hans
            case Language.ZH_HANT:
                return self.zh_hant
            case Language.EN:
                return self.en


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An official word and how it is said."""

    term: Text
    use: Use
    forms: Forms
    plain: Text
    means: Text
    other: Forms = msgspec.field(name="not", default_factory=Forms)
    """Words that contain a form and mean something else."""
    avoid: tuple[str, ...] = ()
    """English that is not said for it."""

    def stands_in(self, words: str, language: Language = Language.ZH_HANS) -> bool:
        """Whether the word stands in ``words`` and is not explained there by its plain words."""
        folded = words.casefold()
        for longer in self.other.in_(language):
            folded = folded.replace(longer.casefold(), "")
        there = any(form.casefold() in folded for form in self.forms.in_(language))
        return there and self.plain.in_(language).casefold() not in folded


def load_glossary(path: Path = GLOSSARY) -> tuple[Term, ...]:
    """Load the glossary.

    Raises:
        msgspec.ValidationError: a word lacks a language or has a key nobody knows; names where.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=tuple[Term, ...])


@cache
def glossary() -> tuple[Term, ...]:
    """Return the delivered glossary, read once."""
    return load_glossary()


def explained(terms: Sequence[Term], said: Iterable[str], language: Language) -> list[str]:
    """Return a sentence for each word of ``terms`` that stands in ``said`` and must not stand alone.

    Args:
        terms: The glossary.
        said: What a page says, in ``language``.
        language: Which language to explain in.
    """
    said = tuple(said)
    colon = ": " if language is Language.EN else "："
    return [
        f"{each.term.in_(language)}{colon}{each.means.in_(language)}"
        for each in terms
        if each.use is Use.EXPLAINED and any(each.stands_in(words, language) for words in said)
    ]
