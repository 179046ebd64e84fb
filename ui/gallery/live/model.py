"""What the window of the gallery shows, and what is done in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.gallery.modes import LANGUAGES, LAYOUTS, Mode
from ui.gallery.subjects import Subject
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.gallery.live"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryRow:
    """One thing to look at."""

    key: str
    name: str
    part: str
    current: bool


@QmlElement
class GalleryModel(QObject):
    """View model of the window; ``chosen`` is emitted when something else, or otherwise, is to be shown."""

    changed = Signal()
    chosen = Signal()

    def __init__(self, subjects: Sequence[Subject], mode: Mode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subjects = tuple(subjects)
        self._words = ""
        self._problem = ""
        self._room = (0.0, 0.0)
        self._entries = Rows(EntryRow, self)
        self.subject = self._subjects[0]
        """What is shown."""
        self.mode = mode
        """How."""
        self.moves = True
        """Whether anything moves by itself."""
        self._list()

    @property
    def found(self) -> tuple[Subject, ...]:
        """What the words that are looked for leave."""
        words = self._words.lower().split()
        return tuple(
            each for each in self._subjects if all(word in f"{each.key} {each.part}".lower() for word in words)
        )

    @property
    def room(self) -> tuple[float, float]:
        """Width and height there are for what is shown, in pixels."""
        return self._room

    def tell(self, problem: str) -> None:
        """Say why something is not shown; nothing, when it is."""
        self._problem = problem
        self.changed.emit()

    def become(self, mode: Mode) -> None:
        """Show how it came to be shown, by a touch on the page itself."""
        self.mode = mode
        self.changed.emit()

    def _list(self) -> None:
        self._entries.show(
            [
                EntryRow(key=each.key, name=each.name, part=each.part, current=each == self.subject)
                for each in self.found
            ]
        )
        self.changed.emit()

    def _choose(self, subject: Subject) -> None:
        self.subject = subject
        self._list()
        self.chosen.emit()

    def _dress(self, mode: Mode) -> None:
        if mode != self.mode:
            self.mode = mode
            self.changed.emit()
            self.chosen.emit()

    def _step(self, by: int) -> None:
        found = self.found
        if found:
            at = found.index(self.subject) + by if self.subject in found else 0
            self._choose(found[at % len(found)])

    @Property(QObject, constant=True)
    def entries(self) -> QObject:
        """``EntryRow``s."""
        return self._entries

    @Property(int, notify=changed)
    def index(self) -> int:
        """Of what is shown among the entries, -1 for none of them."""
        return self.found.index(self.subject) if self.subject in self.found else -1

    @Property(str, notify=changed)
    def title(self) -> str:
        """What is shown, and the how-manieth it is."""
        found = self.found
        at = f"{found.index(self.subject) + 1}/" if self.subject in found else ""
        return f"{self.subject.part} · {self.subject.name}   {at}{len(found)}"

    @Property(str, notify=changed)
    def problem(self) -> str:
        """Why nothing is shown; empty when something is."""
        return self._problem

    @Property(str, notify=changed)
    def words(self) -> str:
        """What is looked for."""
        return self._words

    @Property(str, notify=changed)
    def language(self) -> str:
        """BCP 47 tag."""
        return self.mode.language

    @Property(str, notify=changed)
    def layout(self) -> str:
        """``portrait``, ``landscape`` or ``bank``."""
        return self.mode.layout

    @Property(bool, notify=changed)
    def elder(self) -> bool:
        """长辈版."""
        return self.mode.elder

    @Property(bool, notify=changed)
    def highContrast(self) -> bool:  # noqa: N802  # as QML writes it
        """高对比."""
        return self.mode.high_contrast

    @Property(bool, notify=changed)
    def lowReach(self) -> bool:  # noqa: N802
        """低位操作."""
        return self.mode.low_reach

    @Property(bool, notify=changed)
    def moving(self) -> bool:
        """Whether anything moves by itself."""
        return self.moves

    @Slot(str)
    def choose(self, key: str) -> None:
        """Show another thing."""
        self._choose(next(each for each in self._subjects if each.key == key))

    @Slot()
    def next(self) -> None:
        """Show the next one."""
        self._step(1)

    @Slot()
    def previous(self) -> None:
        """Show the one before."""
        self._step(-1)

    @Slot(str)
    def search(self, words: str) -> None:
        """List what these words leave."""
        self._words = words
        self._list()

    @Slot()
    def nextLanguage(self) -> None:  # noqa: N802
        """Speak the next language."""
        self._dress(replace(self.mode, language=LANGUAGES[(LANGUAGES.index(self.mode.language) + 1) % len(LANGUAGES)]))

    @Slot()
    def nextLayout(self) -> None:  # noqa: N802
        """Show it on the next panel."""
        self._dress(replace(self.mode, layout=LAYOUTS[(LAYOUTS.index(self.mode.layout) + 1) % len(LAYOUTS)]))

    @Slot()
    def turnElder(self) -> None:  # noqa: N802
        """Elder mode on or off."""
        self._dress(replace(self.mode, elder=not self.mode.elder))

    @Slot()
    def turnContrast(self) -> None:  # noqa: N802
        """High contrast on or off."""
        self._dress(replace(self.mode, high_contrast=not self.mode.high_contrast))

    @Slot()
    def turnReach(self) -> None:  # noqa: N802
        """Low reach on or off."""
        self._dress(replace(self.mode, low_reach=not self.mode.low_reach))

    @Slot()
    def turnMotion(self) -> None:  # noqa: N802
        """Let things move, or stand still."""
        self.moves = not self.moves
        self.changed.emit()
        self.chosen.emit()

    @Slot()
    def again(self) -> None:
        """Show it as it began."""
        self.chosen.emit()

    @Slot(float, float)
    def give(self, width: float, height: float) -> None:
        """Tell how much room there is."""
        if (width, height) != self._room:
            self._room = (width, height)
            self.chosen.emit()
