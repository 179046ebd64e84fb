"""Mistakes in the language of whoever writes the services.

The checks say what they find in English. Here is what each of these sentences is in Chinese: a pattern of the English
one, ``{}`` where it names something, and the Chinese one with ``{0}``, ``{1}`` in its places. What is named may itself
be a sentence (of the condition language) or a word of the format, and is translated in the same way. A test sees to it
that every sentence of the checks has its Chinese.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kiosk.catalogue.chinese import SENTENCES, WORDS
from kiosk.catalogue.mistakes import Mistake
from kiosk.words import Language


def told(mistake: Mistake, language: Language) -> str:
    """Return ``mistake`` as one line in ``language``, in the form editors jump to; Chinese or English."""
    if language is Language.EN:
        return str(mistake)
    place = f"{mistake.file}:{mistake.line}" if mistake.line else mistake.file
    return f"{place}：{in_chinese(mistake.says)}。{in_chinese(mistake.cure)}"


def in_chinese(sentence: str) -> str:
    """Return what ``sentence`` is in Chinese; itself when it is the name of something, or of no check."""
    if sentence in WORDS:
        return WORDS[sentence]
    for pattern, chinese in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return chinese.format(*(in_chinese(part) for part in found.groups()))
    return sentence


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns, those that say most first, so that a general one does not take another's sentence."""
    ordered = sorted(SENTENCES.items(), key=lambda pair: len(pair[0].replace("{}", "")), reverse=True)
    return tuple(
        (re.compile("(.*?)".join(re.escape(part) for part in english.split("{}")), re.DOTALL), chinese)
        for english, chinese in ordered
    )
