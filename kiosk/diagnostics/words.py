"""The technician's words: names of tests and measures, what to do now, why not, and the remedy; zh-Hans and en."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from kiosk.diagnostics.model import Measure
from kiosk.settings.model import ASSETS
from kiosk.words import Language, Remedy, Sentence, load_sentences

FILE: Final = ASSETS / "i18n" / "diagnostics.yaml"
_MARKS: Final = {"[chosen]": "our choice:", "[field]": "from the field:", "[people]": "what people notice:"}
"""Of what a limit rests on; see ``limits``."""


class Why(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wrong, and what a technician does about it."""

    says: Remedy
    remedy: Remedy


class _Tables(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    labels: dict[str, Remedy]
    tests: dict[str, Remedy]
    measures: dict[str, Remedy]
    bases: dict[str, str]
    """In Chinese alone; in English a measure brings its own."""
    units: dict[str, Remedy]
    says: dict[str, Remedy]
    reasons: dict[str, Why]


class Words:
    """Everything diagnostics say, in one language.

    Args:
        language: Traditional Chinese is answered in Simplified: technicians' words have two languages.
        tables: From ``load``.
        sentences: Of the codes of devices and backend (``assets/i18n/sentences.yaml``).
    """

    def __init__(self, language: Language, tables: _Tables, sentences: Mapping[str, Sentence]) -> None:
        self.language = language
        self._tables = tables
        self._sentences = sentences

    def label(self, key: str) -> str:
        """Return a word of a table or page: a device, a verdict, a column. An unknown key is returned as it is."""
        return self._or_key(self._tables.labels, key)

    def test(self, test: str) -> str:
        """Return the name of a test."""
        return self._or_key(self._tables.tests, test)

    def measure(self, name: str) -> str:
        """Return the name of a measure."""
        return self._or_key(self._tables.measures, name)

    def basis(self, measure: Measure) -> str:
        """Return where the limits of a measure come from; empty when that is not known."""
        if self.language is not Language.EN and measure.name in self._tables.bases:
            return self._tables.bases[measure.name]
        for mark, said in _MARKS.items():
            if measure.basis.startswith(mark):
                return said + measure.basis.removeprefix(mark)
        return measure.basis

    def unit(self, unit: str) -> str:
        """Return a unit as it is written behind a number; symbols are the same in every language."""
        return self._or_key(self._tables.units, unit)

    def say(self, key: str, values: Mapping[str, str]) -> str:
        """Return what is to be done now, a question, or a choice; empty for an empty key."""
        text = self._tables.says.get(key)
        return key if text is None else self._in(text).format_map(values)

    def why(self, code: str) -> str:
        """Return what is wrong in one sentence; the code itself when it has none.

        Of what a citizen is told it is the first sentence: what they do next is not what a technician does.
        """
        if code in self._tables.reasons:
            return self._in(self._tables.reasons[code].says)
        if code in self._sentences:
            said = self._sentences[code].citizen.in_(self.language)
            return said[: min((at + 1 for at in (said.find("。"), said.find(". ")) if at >= 0), default=len(said))]
        return code

    def remedy(self, code: str) -> str:
        """Return what a technician does about it; empty when nothing is known."""
        if code in self._tables.reasons:
            return self._in(self._tables.reasons[code].remedy)
        return self._in(self._sentences[code].technician) if code in self._sentences else ""

    def _or_key(self, table: Mapping[str, Remedy], key: str) -> str:
        return self._in(table[key]) if key in table else key

    def _in(self, text: Remedy) -> str:
        return text.en if self.language is Language.EN else text.zh_hans


def load(language: Language, sentences: Mapping[str, Sentence] | None = None, file: Path = FILE) -> Words:
    """Load the words.

    Args:
        language: To say them in.
        sentences: Of the codes of devices and backend, where they are loaded already.
        file: Of the words.

    Raises:
        OSError, msgspec.ValidationError: a file of words is missing, or lacks a language.
    """
    known = load_sentences(ASSETS / "i18n" / "sentences.yaml") if sentences is None else sentences
    return Words(language, msgspec.yaml.decode(file.read_bytes(), type=_Tables), known)
