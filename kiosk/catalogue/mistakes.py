"""What is wrong with a catalogue: every mistake with its file, its line and its cure, all at once.

``CatalogueError`` is the one error of loading; after it nothing of the catalogue is in use.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import msgspec


class Mistake(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One mistake in a catalogue file."""

    file: str
    """Path below the catalogue's folder."""
    line: int
    """From 1; 0 when the file as a whole is meant."""
    says: str
    """What is wrong, naming the thing."""
    cure: str
    """What to write instead."""

    def __str__(self) -> str:
        """Return the mistake as one line, in the form editors jump to."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.says}. {self.cure}"


class CatalogueError(ValueError):
    """A catalogue that cannot be used.

    Attributes:
        mistakes: All of them, by file and line.
    """

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        """Collect ``mistakes``."""
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return the cure for an unknown word: the nearest known one, else ``otherwise``."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else otherwise
