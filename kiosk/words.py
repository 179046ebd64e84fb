"""Words in the three languages of the kiosk.

What a screen says of itself is translated by Qt (``ui``). What the catalogue, a device, a slip of paper or a document
says is a ``Text``: data, in three languages, complete or refused when it is loaded.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import msgspec


class Language(StrEnum):
    """BCP 47 tags of the languages a citizen may choose."""

    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    EN = "en"


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One text in every language; Simplified Chinese is the source."""

    zh_hans: str = msgspec.field(name="zh-Hans")
    zh_hant: str = msgspec.field(name="zh-Hant")
    en: str

    def in_(self, language: Language) -> str:
        """Return the words in ``language``."""
        match language:
            case Language.ZH_HANS:
                return self.zh_hans
            case Language.ZH_HANT:
                return self.zh_hant
            case Language.EN:
                return self.en

    def filled(self, **values: str) -> Text:
        """Return the text with each ``{name}`` replaced by its value, in every language.

        Raises:
            KeyError: the text has a placeholder that was given no value.
        """
        return Text(
            zh_hans=self.zh_hans.format_map(values),
            zh_hant=self.zh_hant.format_map(values),
            en=self.en.format_map(values),
        )


class Remedy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a technician does about it."""

    zh_hans: str = msgspec.field(name="zh-Hans")
    en: str


class Sentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a code says: to the citizen what happened and what to do next, to the technician the remedy."""

    citizen: Text
    technician: Remedy


def load_sentences(path: Path) -> dict[str, Sentence]:
    """Load the sentences of all codes.

    Args:
        path: ``assets/i18n/sentences.yaml``.

    Raises:
        msgspec.ValidationError: a sentence lacks a language or has a key nobody knows; names where.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=dict[str, Sentence])


def load_texts(path: Path) -> dict[str, Text]:
    """Load texts by name, such as the words of the receipt.

    Args:
        path: A YAML file that maps names to texts.

    Raises:
        msgspec.ValidationError: as ``load_sentences``.
    """
    return msgspec.yaml.decode(path.read_bytes(), type=dict[str, Text])
