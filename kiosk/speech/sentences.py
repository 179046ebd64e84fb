"""One sentence after the other: what is said in one breath and shown in one caption."""

from __future__ import annotations

import re
from typing import Final

LONGEST_WIDE: Final = 44
"""Characters of a caption, a Latin letter counted as half: two lines of the strip at the top of a narrow screen."""

_ENDS: Final = re.compile(r"(?<=[。！？；…])|(?<=[.!?;])(?=\s)|\n+")
"""After the mark; a full stop of Latin script only before a space, for 1.5 and gov.cn have one too."""
_PAUSES: Final = re.compile(r"(?<=[，、：—）])|(?<=[,:)])(?=\s)")
_NOTHING: Final = re.compile(r"[\W_]*")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of ``text``, each short enough for a caption; only space at their ends is left out."""
    found = (part.strip() for part in _ENDS.split(text))
    return tuple(piece for part in found if not _NOTHING.fullmatch(part) for piece in _short(part))


def width(text: str) -> float:
    """Return how wide ``text`` is, in characters of Chinese."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.5 for letter in text)


def _short(sentence: str) -> list[str]:
    if width(sentence) <= LONGEST_WIDE:
        return [sentence]
    pieces: list[str] = []
    for part in _PAUSES.split(sentence):
        if pieces and width(pieces[-1] + part) <= LONGEST_WIDE:
            pieces[-1] += part
        else:
            pieces.extend(_cut(part))
    return [piece.strip() for piece in pieces if not _NOTHING.fullmatch(piece)]


def _cut(part: str) -> list[str]:
    """Cut at spaces, and where there are none, anywhere: a caption never grows over the page."""
    pieces = [""]
    for word in re.findall(r"[^\s\u2e80-\uffff]+\s*|.", part, re.DOTALL):
        if width(pieces[-1] + word.rstrip()) <= LONGEST_WIDE:
            pieces[-1] += word
            continue
        # one word as long as that is none
        pieces.extend(word[at : at + LONGEST_WIDE] for at in range(0, len(word), LONGEST_WIDE))
    return [piece for piece in pieces if piece]
