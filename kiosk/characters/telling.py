"""Tells a character to somebody who cannot see it, as people do on the telephone: 「李，李子的李」."""

from __future__ import annotations

from functools import cache

from pypinyin.phrases_dict import phrases_dict


def telling(character: str, parts: str = "") -> str:
    """Return how people say which character is meant.

    Args:
        character: One.
        parts: What it consists of, said of one that no word has.
    """
    word = _words().get(character)
    if word:
        return f"{character}，{word}的{character}"
    return f"{character}，{'、'.join(parts)}" if parts else character


@cache
def _words() -> dict[str, str]:
    """Return a word of two characters for each character that is in one, one that begins with it before any other."""
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    for word in phrases_dict:
        if len(word) == 2:  # as said above
            first.setdefault(word[0], word)
            second.setdefault(word[1], word)
    return second | first
