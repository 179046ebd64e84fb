"""View model of the door: staff number and code, or a card; shut after too many wrong codes."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.diagnostics.visit import Door, DoorField, Visit, Waiting, events
from kiosk.diagnostics.visit.state import CODE_DIGITS, NUMBER_DIGITS
from kiosk.diagnostics.words import Words
from ui.models.technician.part import Part, TechnicianDesk, happened

QML_IMPORT_NAME = "ui.models.technician"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DoorModel(Part):
    """View model of the door."""

    changed = Signal()
    ticked = Signal()

    def __init__(self, desk: TechnicianDesk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._door = Door()
        self._prefix = ""
        self._checking = False
        self._said = self._remedy = ""

    def show(self, visit: Visit, words: Words) -> None:
        """Show ``visit``."""
        self._door = visit.door
        self._prefix = visit.prefix
        self._checking = visit.waiting in (Waiting.CODE, Waiting.ENTRY)
        self._said = happened(words, visit.said) if visit.said else ""
        self._remedy = words.remedy(visit.said) if visit.said else ""
        self.changed.emit()
        self.ticked.emit()

    def tick(self) -> None:
        """Count down while the door is shut."""
        if self._door.shut_until is not None:
            self.ticked.emit()

    @Property(str, notify=changed)
    def number(self) -> str:
        """Staff number as far as it was typed, with its prefix."""
        return self._prefix + self._door.number

    @Property(str, notify=changed)
    def code(self) -> str:
        """Digits of the code so far."""
        return self._door.code

    @Property(int, constant=True)
    def codeDigits(self) -> int:  # noqa: N802  # as QML writes it
        """How many digits a code has."""
        return CODE_DIGITS

    @Property(bool, notify=changed)
    def typingCode(self) -> bool:  # noqa: N802
        """Whether digits go into the code."""
        return self._door.field is DoorField.CODE

    @Property(str, notify=changed)
    def typed(self) -> str:
        """What the digits go into, as far as it was typed."""
        return self._door.code if self._door.field is DoorField.CODE else self._door.number

    @Property(int, notify=changed)
    def limit(self) -> int:
        """Most digits of it."""
        return CODE_DIGITS if self._door.field is DoorField.CODE else NUMBER_DIGITS

    @Property(bool, notify=changed)
    def checking(self) -> bool:
        """Whether code or card is checked."""
        return self._checking

    @Property(bool, notify=changed)
    def card(self) -> bool:
        """Whether a card opens."""
        return self._door.card

    @Property(str, notify=changed)
    def said(self) -> str:
        """Why nobody was let in; empty: nothing to tell."""
        return self._said

    @Property(str, notify=changed)
    def remedy(self) -> str:
        """What to do about it."""
        return self._remedy

    @Property(bool, notify=ticked)
    def shut(self) -> bool:
        """Whether no code is taken now."""
        return self._left_s() > 0

    @Property(str, notify=ticked)
    def shutFor(self) -> str:  # noqa: N802
        """How much longer, as minutes and seconds."""
        left_s = self._left_s()
        return f"{left_s // 60}:{left_s % 60:02}"

    @Property(str, notify=changed)
    def shutUntil(self) -> str:  # noqa: N802
        """Until when, as a time of day."""
        until = self._door.shut_until
        return "" if until is None else f"{until.astimezone(self.desk.zone):%H:%M:%S}"

    def _left_s(self) -> int:
        until: datetime | None = self._door.shut_until
        return 0 if until is None else max(0, round((until - self.desk.now()).total_seconds()))

    @Slot(bool)
    def choose(self, code: bool) -> None:  # Qt hands over a plain bool
        """Type into the code, or into the number."""
        self.post(events.FieldChosen(field=DoorField.CODE if code else DoorField.NUMBER))

    @Slot(str)
    def edit(self, value: str) -> None:
        """Digits were typed or taken back."""
        edit(self, self._door.code if self._door.field is DoorField.CODE else self._door.number, value)

    @Slot()
    def enter(self) -> None:
        """That is all: to the code, or check it."""
        self.post(events.Entered())


def edit(part: Part, before: str, after: str) -> None:
    """Post what makes one row of digits the other, as a pad of keys changes them: at its end."""
    if after.startswith(before):
        for digit in after[len(before) :]:
            part.post(events.DigitTyped(digit=digit))
        return
    for _ in range(len(before) - len(after)):
        part.post(events.Erased())
