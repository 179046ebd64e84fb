"""Words in the three languages of the kiosk.

What a screen says of itself is translated by Qt (``ui``). What the catalogue, a device, a slip of paper or a document
says is a ``Text``: data, in three languages, complete or refused when it is loaded.
"""

from __future__ import annotations

from enum import StrEnum

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
