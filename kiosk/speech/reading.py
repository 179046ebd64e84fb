"""How written words are read aloud."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.words import Language


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A part of a sentence: words as they stand, or a value written out."""

    said: str
    """As a voice is given it."""
    words: tuple[str, ...]
    """The clips it is joined from."""
    language: Language
    value: bool = False


def read(sentence: str, language: Language) -> tuple[Piece, ...]:
    """Return ``sentence`` as it is spoken."""
    spoken = sentence.strip()
    return (Piece(said=spoken, words=(spoken,), language=language),) if spoken else ()
