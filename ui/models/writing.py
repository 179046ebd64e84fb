"""View model of the handwriting pad: strokes in, candidates out, the chosen character into the field."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.words import Language
from ui.entering import enter, take_back
from ui.errand import send
from ui.models.rows import Rows

if TYPE_CHECKING:
    from kiosk.handwriting import Recogniser

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

CHARACTERS: Final = Path(__file__).parents[2] / "assets" / "handwriting" / "characters.msgpack"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateRow:
    """One character that may have been meant."""

    character: str


def _load(characters: Path) -> Recogniser | None:
    from kiosk.handwriting import Model, ModelUnusable, Recogniser

    try:
        return Recogniser(Model.read(characters))
    except ModelUnusable as error:
        _log.warning("handwriting is not offered: %s", error)
        return None


@QmlElement
class WritingModel(QObject):
    """View model of one pad. Made by QML with the pad; what was written goes with it.

    The characters are read by a thread, 10 ms and what numpy takes to load; reading a drawing takes 1 ms and is done at
    once. Strokes that came before are read when the characters are there.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, characters: Path = CHARACTERS) -> None:
        super().__init__(parent)
        self._language = Language.ZH_HANS
        self._strokes: list[list[tuple[int, int]]] = []
        self._candidates = Rows(CandidateRow, self)
        self._recogniser: Recogniser | None = None
        self._unusable = False
        send(partial(_load, characters), self._take, "handwriting")

    def _take(self, loaded: Recogniser | None) -> None:
        self._recogniser = loaded
        self._unusable = loaded is None
        self.changed.emit()
        self._read()

    def _read(self) -> None:
        found: tuple[str, ...] = ()
        if self._recogniser is not None and self._strokes:
            found = self._recogniser.candidates(tuple(map(tuple, self._strokes)), self._language)
        self._candidates.show([CandidateRow(character=character) for character in found])

    @Property(bool, notify=changed)
    def unusable(self) -> bool:
        """Whether the characters could not be read."""
        return self._unusable

    @Property(QObject, constant=True)
    def candidates(self) -> QObject:
        """``CandidateRow``s, the likeliest first."""
        return self._candidates

    @Slot(str)
    def write(self, language: str) -> None:
        """Write in ``language``: its usual characters come first."""
        self._language = Language(language)
        self._read()

    @Slot()
    def beginStroke(self) -> None:  # noqa: N802  # as QML writes it
        """A finger came down."""
        self._strokes.append([])

    @Slot(int, int)
    def addPoint(self, x: int, y: int) -> None:  # noqa: N802
        """The finger moved, in 1/1000 of the sheet's width."""
        if self._strokes:
            self._strokes[-1].append((x, y))

    @Slot()
    def endStroke(self) -> None:  # noqa: N802
        """The finger was lifted."""
        self._read()

    @Slot()
    def undoStroke(self) -> None:  # noqa: N802
        """Take the last stroke back."""
        del self._strokes[-1:]
        self._read()

    @Slot()
    def clear(self) -> None:
        """Take all strokes back."""
        self._strokes = []
        self._read()

    @Slot(str)
    def choose(self, character: str) -> None:
        """Write ``character`` into the field."""
        enter(character)

    @Slot()
    def takeBack(self) -> None:  # noqa: N802
        """Delete the character before the cursor."""
        take_back()
