"""The kiosk's own words: what is rendered before anybody comes, and what may be said aloud for everybody to hear.

What may be heard is a list of what is known to be harmless; everything else is private. So a page that forgets to say
what is personal errs on the quiet side.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kiosk.catalogue import Catalogue
from kiosk.speech.sentences import sentences
from kiosk.words import Language, Sentence, Text

TRANSLATIONS: Final = Path(__file__).parents[2] / "ui" / "i18n"

COUNTS: Final = frozenset({"n", "step", "steps", "all", "done", "most", "least", "count"})
"""Placeholders that stand for a number of things or a place in a row, never for something of a person's."""
_COUNTED: Final = r"[0-9]{1,3}"
_LEAST_AROUND: Final = 4
"""Letters a sentence has besides its counts: 「%1年」 would let a birthday through."""
_PLACEHOLDER: Final = re.compile(r"\{(\w*)\}|%(?:L?[0-9]+|n)")

_ANSWERS: Final = frozenset({"YesNoInput", "ChoiceInput", "ChoicesInput"})
"""Pages whose words are answers: 是 beside 「您是残疾人吗」 tells everybody."""

_FRAME: Final = frozenset({"ShellModel", "Onward", "NarratorModel"})
"""View models whose words stand around every page: which step it is, what comes next. They hold no values."""

_PROMPTS: Final = {"elements": frozenset({"question", "title", "hint", "why", "says"})}
"""Fields of the catalogue that ask somebody for something, by part: they are the same for everybody."""
_PARTS: Final = (
    "elements",
    "sections",
    "repeats",
    "one_things",
    "items",
    "materials",
    "departments",
    "licences",
    "registers",
    "stages",
    "cities",
)
"""Of a catalogue, in the order it is worth rendering them. Divisions are too many, and are spoken live."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Own:
    """A text of the kiosk's."""

    text: str
    language: Language
    prompt: bool
    """Says the same to everybody. Names of services, licences and choices do not: after somebody has identified, one of
    them may be what that person has or is."""


class Vocabulary:
    """What may be said aloud.

    Args:
        owns: Every text of the kiosk.
    """

    def __init__(self, owns: Iterable[Own]) -> None:
        prompts: set[str] = set()
        names: set[str] = set()
        counted: set[str] = set()
        for own in owns:
            for sentence in sentences(own.text):
                if _PLACEHOLDER.search(sentence):
                    pattern = _counted(sentence) if own.prompt else None
                    if pattern is not None:
                        counted.add(pattern)
                elif own.prompt:
                    prompts.add(sentence)
                else:
                    names.add(sentence)
        # what is a possible answer anywhere is private wherever it stands by itself
        self._prompts = frozenset(prompts - names)
        self._names = frozenset(names)
        self._counted = re.compile("|".join(sorted(counted)) or r"(?!)")

    def public(self, text: str, *, identified: bool) -> bool:
        """Return whether everybody may hear ``text``: each sentence of it is one of the kiosk's own.

        Args:
            text: In any language.
            identified: Whether it is known who is here: then names may be what that person has.
        """
        found = sentences(text)
        return bool(found) and all(
            sentence in self._prompts
            or (not identified and sentence in self._names)
            or self._counted.fullmatch(sentence) is not None
            for sentence in found
        )


def vocabulary(
    catalogue: Catalogue, words: Mapping[str, Sentence], translations: Path = TRANSLATIONS
) -> tuple[Own, ...]:
    """Return every text of the kiosk, each once for each language, prompts first.

    Raises:
        OSError, ValueError: a file of translations is missing or no XML.
    """
    found: dict[tuple[Language, str], Own] = {}
    for own in (*_screen(translations), *_sentences(words), *_catalogue(catalogue)):
        if own.text:
            key = (own.language, own.text)
            before = found.get(key)
            # a word that is both is the more private of the two
            if before is None or (before.prompt and not own.prompt):
                found[key] = own
    return tuple(sorted(found.values(), key=lambda own: not own.prompt))


def _screen(folder: Path) -> Iterator[Own]:
    """Yield the words of the pages; those of Python may be values that a view model writes out, and are names."""
    pages = {page.stem for page in folder.parent.rglob("*.qml")}  # a context is called as its file, or as its class
    for file, language in (("kiosk_en.ts", Language.EN), ("kiosk_zh_Hant.ts", Language.ZH_HANT)):
        try:
            root = ET.parse(folder / file).getroot()  # noqa: S314  # a file of our own
        except ET.ParseError as error:
            raise ValueError(f"{folder / file} is no XML: {error}") from error
        for context in root.iter("context"):
            prompt = context.findtext("name") in (pages - _ANSWERS) | _FRAME
            for message in context.iter("message"):
                source, translated = message.findtext("source") or "", message.findtext("translation") or ""
                yield Own(text=source, language=Language.ZH_HANS, prompt=prompt)
                yield Own(text=translated, language=language, prompt=prompt)


def _sentences(words: Mapping[str, Sentence]) -> Iterator[Own]:
    for sentence in words.values():
        yield from _in_all(sentence.citizen, prompt=True)


def _catalogue(catalogue: Catalogue) -> Iterator[Own]:
    for part in _PARTS:
        asks = _PROMPTS.get(part, frozenset())
        for field, text in _texts(getattr(catalogue, part), ""):
            yield from _in_all(text, prompt=field in asks)


def _texts(value: object, field: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield field, value
    elif isinstance(value, msgspec.Struct):
        inside = "choices" if field == "choices" else ""  # the title of a choice is an answer
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name), inside or name)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each, field)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each, field)


def _in_all(text: Text, *, prompt: bool) -> Iterator[Own]:
    for language in Language:
        yield Own(text=text.in_(language), language=language, prompt=prompt)


def _counted(sentence: str) -> str | None:
    """Return a pattern for a sentence whose placeholders are counts; None where one may be something else."""
    around = _PLACEHOLDER.split(sentence)
    literal = "".join(part or "" for part in around[::2])
    names = [found.group(1) for found in _PLACEHOLDER.finditer(sentence)]
    if any(name is not None and name not in COUNTS for name in names) or len(literal.strip()) < _LEAST_AROUND:
        return None
    return _COUNTED.join(re.escape(part or "") for part in around[::2])
