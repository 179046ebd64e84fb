"""View model of the pad for rare characters: parts, sound or code in, the chosen character into the field."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.entering import enter, take_back
from ui.errand import send
from ui.models.rows import Rows

if TYPE_CHECKING:
    from kiosk.characters import Found, Table

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

TABLE: Final = Path(__file__).parents[2] / "assets" / "characters" / "characters.tsv"
FEWEST: Final = 2
"""Strokes of the parts on the first tab."""
MOST: Final = 8
"""Strokes from which parts share the last tab."""
LONGEST_SOUND: Final = 6
"""Letters of ``zhuang``."""
LONGEST_CODE: Final = 5
OFFERED: Final = 800
"""Parts that are offered: the most useful ones. What is left has a dozen characters each, and pages without end."""
FOUND: Final = 120

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartRow:
    """One part that can be chosen."""

    character: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundRow:
    """One character that may be meant."""

    character: str
    sound: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TabRow:
    """Parts with as many strokes."""

    strokes: int
    usable: bool


def _load(path: Path) -> Table | None:
    from kiosk.characters import CharactersUnusable, Table

    try:
        return Table.read(path)
    except CharactersUnusable as error:
        _log.warning("rare characters are not offered: %s", error)
        return None


@QmlElement
class RareModel(QObject):
    """View model of one pad. Made by QML with the pad; what was looked for goes with it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, table: Path = TABLE) -> None:
        super().__init__(parent)
        self._table: Table | None = None
        self._unusable = False
        self._chosen: tuple[str, ...] = ()
        self._sound = self._code = ""
        self._strokes = FEWEST + 1
        self._offered: tuple[str, ...] = ()
        self._found: tuple[Found, ...] = ()
        self._part_page = self._found_page = 0
        self._parts_a_page, self._found_a_page = 24, 12
        self._parts = Rows(PartRow, self)
        self._shown = Rows(FoundRow, self)
        self._tabs = Rows(TabRow, self)
        send(partial(_load, table), self._take, "rare characters")

    def _take(self, table: Table | None) -> None:
        self._table = table
        self._unusable = table is None
        self._search()

    # --- what was looked for -----------------------------------------------------------------------------------

    def _search(self) -> None:
        """Look anew for what is chosen and typed."""
        table = self._table
        self._part_page = self._found_page = 0
        if table is not None:
            self._offered = table.parts(self._chosen, self._sound)[:OFFERED]
            at = table.at(self._code)
            self._found = (at,) if at else table.found(self._chosen, self._sound, FOUND)
            with_strokes = {self._tab_of(part) for part in self._offered}
            self._tabs.show(
                [TabRow(strokes=strokes, usable=strokes in with_strokes) for strokes in range(FEWEST, MOST + 1)]
            )
            if with_strokes and self._strokes not in with_strokes:
                self._strokes = min(with_strokes)
        self._show()

    def _tab_of(self, part: str) -> int:
        return 0 if self._table is None else min(MOST, max(FEWEST, self._table.strokes(part)))

    def _on_tab(self) -> list[str]:
        return [part for part in self._offered if self._tab_of(part) == self._strokes]

    def _show(self) -> None:
        first = self._part_page * self._parts_a_page
        self._parts.show([PartRow(character=part) for part in self._on_tab()[first : first + self._parts_a_page]])
        first = self._found_page * self._found_a_page
        self._shown.show(
            [
                FoundRow(character=found.character, sound=" ".join(found.sounds) or found.code)
                for found in self._found[first : first + self._found_a_page]
            ]
        )
        self.changed.emit()

    @Property(bool, notify=changed)
    def unusable(self) -> bool:
        """Whether the table could not be read."""
        return self._unusable

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def chosen(self) -> list[str]:
        """Parts chosen so far."""
        return list(self._chosen)

    @Property(str, notify=changed)
    def sound(self) -> str:
        """Pinyin typed so far."""
        return self._sound

    @Property(str, notify=changed)
    def code(self) -> str:
        """Digits of a code point typed so far."""
        return self._code

    @Property(bool, notify=changed)
    def asked(self) -> bool:
        """Whether anything is looked for."""
        return bool(self._chosen or self._sound or self._code)

    @Property(int, notify=changed)
    def strokes(self) -> int:
        """Strokes of the parts that are shown."""
        return self._strokes

    @Property(bool, notify=changed)
    def moreParts(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether another page of parts follows."""
        return (self._part_page + 1) * self._parts_a_page < len(self._on_tab())

    @Property(bool, notify=changed)
    def fewerParts(self) -> bool:  # noqa: N802
        """Whether a page of parts is before."""
        return self._part_page > 0

    @Property(bool, notify=changed)
    def moreFound(self) -> bool:  # noqa: N802
        """Whether another page of characters follows."""
        return (self._found_page + 1) * self._found_a_page < len(self._found)

    @Property(bool, notify=changed)
    def fewerFound(self) -> bool:  # noqa: N802
        """Whether a page of characters is before."""
        return self._found_page > 0

    @Slot(str, result=str)
    def told(self, character: str) -> str:
        """Return how to say which character is meant."""
        from kiosk.characters import telling

        return telling(character, "" if self._table is None else self._table.largest_parts(character))

    @Property(QObject, constant=True)
    def parts(self) -> QObject:
        """``PartRow``s of the page that is up."""
        return self._parts

    @Property(QObject, constant=True)
    def found(self) -> QObject:
        """``FoundRow``s of the page that is up."""
        return self._shown

    @Property(QObject, constant=True)
    def tabs(self) -> QObject:
        """``TabRow``s."""
        return self._tabs

    # --- intents -----------------------------------------------------------------------------------------------

    @Slot(int, int)
    def fit(self, parts: int, found: int) -> None:
        """Show as many parts and characters a page."""
        self._parts_a_page, self._found_a_page = max(1, parts), max(1, found)
        self._part_page = self._found_page = 0
        self._show()

    @Slot(str)
    def choosePart(self, part: str) -> None:  # noqa: N802
        """Add a part."""
        self._chosen = (*self._chosen, part)
        self._search()

    @Slot(int)
    def dropPart(self, index: int) -> None:  # noqa: N802
        """Take a part back."""
        self._chosen = self._chosen[:index] + self._chosen[index + 1 :]
        self._search()

    @Slot(int)
    def showStrokes(self, strokes: int) -> None:  # noqa: N802
        """Show the parts with as many strokes."""
        self._strokes, self._part_page = strokes, 0
        self._show()

    @Slot(int)
    def turnParts(self, pages: int) -> None:  # noqa: N802
        """Turn the pages of parts."""
        self._part_page = max(0, self._part_page + pages)
        self._show()

    @Slot(int)
    def turnFound(self, pages: int) -> None:  # noqa: N802
        """Turn the pages of characters."""
        self._found_page = max(0, self._found_page + pages)
        self._show()

    @Slot(str)
    def typeSound(self, letter: str) -> None:  # noqa: N802
        """Add a letter of the Pinyin."""
        self._sound = (self._sound + letter)[:LONGEST_SOUND]
        self._search()

    @Slot(str)
    def typeCode(self, digit: str) -> None:  # noqa: N802
        """Add a digit of the code point."""
        self._code = (self._code + digit)[:LONGEST_CODE]
        self._search()

    @Slot()
    def back(self) -> None:
        """Take back what was added last to what is looked for; with nothing there, the character before the cursor."""
        if self._code:
            self._code = self._code[:-1]
        elif self._sound:
            self._sound = self._sound[:-1]
        elif self._chosen:
            self._chosen = self._chosen[:-1]
        else:
            take_back()
            return
        self._search()

    @Slot()
    def clear(self) -> None:
        """Look for nothing."""
        self._chosen, self._sound, self._code = (), "", ""
        self._search()

    @Slot(str)
    def choose(self, character: str) -> None:
        """Write ``character`` into the field, and look for nothing."""
        enter(character)
        self.clear()
