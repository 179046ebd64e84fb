"""Divisions (行政区划) level by level: what is picked, what can be picked below it, and a search among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from kiosk.catalogue.model import Division
from kiosk.words import Language
from ui.models.rows import Rows


@dataclass(frozen=True, kw_only=True, slots=True)
class DivisionRow:
    """One division of a level."""

    code: str
    title: str
    chosen: bool


class Places:
    """The levels of divisions beside one answer.

    Args:
        divisions: The first level.
        parent: Owner of the rows.
    """

    def __init__(self, divisions: Sequence[Division], parent: QObject) -> None:
        self._divisions = divisions
        self._language = Language.ZH_HANS
        self._words = ""
        self.picked = ""
        """Code of what is picked so far."""
        self.levels = (Rows(DivisionRow, parent), Rows(DivisionRow, parent), Rows(DivisionRow, parent))

    @property
    def placed(self) -> bool:
        """Whether the last level is picked, so that the rest of the address can be typed."""
        path = path_to(self._divisions, self.picked)
        return bool(path) and not path[-1].children

    @property
    def open_count(self) -> int:
        """How many divisions can be picked next, whatever is narrowed."""
        path = path_to(self._divisions, self.picked)
        return len(path[-1].children if path else self._divisions)

    def speak(self, language: Language) -> None:
        """Show names in ``language``."""
        self._language = language
        self._show()

    def begin(self, code: str) -> None:
        """Begin with ``code`` picked, and what follows from it."""
        self._words = ""
        self.pick(code)

    def pick(self, code: str) -> None:
        """Pick ``code``, and what is below it where there is only one."""
        self.picked, self._words = self._only(code), ""
        self._show()

    def narrow(self, words: str) -> None:
        """Show only the divisions of the deepest open level that hold ``words``, or whose Pinyin begins with them."""
        self._words = words
        self._show()

    def _show(self) -> None:
        """Show the levels above, at and below the division picked so far."""
        level: Sequence[Division] = self._divisions
        path = path_to(level, self.picked)
        for depth, rows in enumerate(self.levels):
            picked = path[depth].code if depth < len(path) else ""
            shown = level if picked else [division for division in level if self._holds(division)]
            rows.show(
                [
                    DivisionRow(
                        code=division.code, title=division.name.in_(self._language), chosen=division.code == picked
                    )
                    for division in shown
                ]
            )
            level = path[depth].children if depth < len(path) else ()

    def _holds(self, division: Division) -> bool:
        wanted = self._words.strip().casefold()
        name = division.name.in_(self._language)
        return not wanted or wanted in name.casefold() or sounds_like(division.name.zh_hans, wanted)

    def _only(self, code: str) -> str:
        """Return the division that is meant when nothing is left to choose on the levels below ``code``."""
        level: Sequence[Division] = self._divisions
        path = path_to(level, code)
        below = path[-1].children if path else level
        while len(below) == 1:
            code, below = below[0].code, below[0].children
        return code


def sounds_like(name: str, typed: str) -> bool:
    """Say whether ``typed`` begins the Pinyin of ``name``, in full or by initials: ``linj``, ``ljq`` for 临江区."""
    if not typed.isascii() or not typed.isalpha():
        return False
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    return "".join(syllables).startswith(typed) or "".join(each[:1] for each in syllables).startswith(typed)


def path_to(level: Sequence[Division], code: str) -> list[Division]:
    """Return the divisions from the first level down to ``code``; none when it is unknown."""
    for division in level:
        if division.code == code:
            return [division]
        below = path_to(division.children, code)
        if below:
            return [division, *below]
    return []
