"""Reads one character."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from kiosk.handwriting.model import Model
from kiosk.handwriting.strokes import Floats, Stroke, features
from kiosk.words import Language

SHOWN: Final = 10
"""Candidates that fit beside the pad as large buttons."""
_USUAL: Final = 0.01
"""How much a character that people write every day is put before others: as much as makes 3 of 100 more of them come
first and takes none from the second level. Five times as much would hide the second level."""
_KNOWN: Final = 0.008
"""The same for the second level, which names and places have, before characters of no level."""


class Recogniser:
    """Reads characters by their shape, with a little more belief in usual ones of the language."""

    def __init__(self, model: Model) -> None:
        """Read the characters of ``model``."""
        self._model = model

    def candidates(self, strokes: Sequence[Stroke], language: Language, limit: int = SHOWN) -> tuple[str, ...]:
        """Return the characters that ``strokes`` may be, the likeliest first; none where nothing was written."""
        look = features(strokes) @ self._model.projection
        length = float(np.linalg.norm(look))
        if length == 0:
            return ()
        likeness = self._model.templates @ (look / length) + _usual(self._model.characters, language)
        limit = min(limit, len(likeness))
        best = np.argpartition(-likeness, limit - 1)[:limit]
        return tuple(self._model.characters[index] for index in best[np.argsort(-likeness[best])])


@cache
def _usual(characters: tuple[str, ...], language: Language) -> Floats:
    """Return what is added for each character, by the level that the standard of its script puts it at.

    Source: GB/T 2312-1980 (level 1: rows 16 to 55) and Big5 (level 1: A440 to C67E).
    """
    encoding, last = ("big5", 0xC6) if language is Language.ZH_HANT else ("gb2312", 0xD7)
    return np.array([_level(character, encoding, last) for character in characters], np.float32)


def _level(character: str, encoding: str, last: int) -> float:
    try:
        lead = character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0
    return _USUAL if lead <= last else _KNOWN
