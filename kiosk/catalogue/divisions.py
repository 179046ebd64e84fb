"""Administrative divisions (行政区划): a tree to choose from, and names for a code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from kiosk.catalogue.model import Division
from kiosk.words import Language


class Divisions(Sequence[Division]):
    """The divisions that addresses may name: a sequence of the roots, but ``in`` asks for a code on any level."""

    def __init__(self, roots: tuple[Division, ...]) -> None:
        """Hold the trees below ``roots``."""
        self.roots = roots
        self._lines: dict[str, tuple[Division, ...]] = {}
        for root in roots:
            self._add(root, ())

    def _add(self, division: Division, above: tuple[Division, ...]) -> None:
        line = (*above, division)
        self._lines[division.code] = line
        for child in division.children:
            self._add(child, line)

    def __contains__(self, code: object, /) -> bool:
        """Say whether there is a division of that code."""
        return code in self._lines

    @overload
    def __getitem__(self, index: int) -> Division: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Division, ...]: ...
    def __getitem__(self, index: int | slice) -> Division | tuple[Division, ...]:
        """Return a root."""
        return self.roots[index]

    def __len__(self) -> int:
        """Return the number of roots."""
        return len(self.roots)

    def division(self, code: str) -> Division | None:
        """Return the division of that code."""
        line = self.line(code)
        return line[-1] if line else None

    def line(self, code: str) -> tuple[Division, ...]:
        """Return the divisions from the widest down to ``code``; empty for an unknown code."""
        return self._lines.get(code, ())

    def names(self, code: str, language: Language) -> tuple[str, ...]:
        """Return the names from the widest division down to ``code``; empty for an unknown code."""
        return tuple(division.name.in_(language) for division in self.line(code))
