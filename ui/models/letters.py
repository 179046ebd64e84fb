"""View model of the pad for letters and digits that somebody chooses one by one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

from ui.entering import enter, take_back

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LettersModel(QObject):
    """Puts what is chosen into the field that is typed in."""

    @Slot(str)
    def choose(self, letter: str) -> None:
        """Write ``letter``."""
        enter(letter)

    @Slot()
    def back(self) -> None:
        """Take the last one back."""
        take_back()
