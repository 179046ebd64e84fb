"""What the five keys send, as Qt counts keys."""

from __future__ import annotations

import logging
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtQml import QmlElement

from kiosk.settings import Keys

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

log = logging.getLogger(__name__)

PURPOSES: Final = ("previous", "next", "select", "back", "again")
_UNTOLD: Final = Qt.KeyboardModifier.KeypadModifier.value
"""Where on the keyboard a key sits is no part of its name."""


@QmlElement
class KeysModel(QObject):
    """The key map of a terminal.

    Args:
        keys: Names of keys by purpose; one that Qt does not know is said in the log and left out.
        parent: Owner.
    """

    told = Signal(str)
    """One of ``PURPOSES``: its key was pressed while the window was listened to."""

    def __init__(self, keys: Keys, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._purposes: dict[str, str] = {}
        for purpose in PURPOSES:
            for name in getattr(keys, purpose):
                told = written(name)
                if told:
                    self._purposes[told] = purpose
                else:
                    log.error("terminal.keys.%s: %r is no key; write it as in Up, Return, F17, Ctrl+F1", purpose, name)

    def listen(self, window: QWindow, *, on: bool) -> None:
        """Take the five keys before whatever has the focus does, or no more: a field would type with them."""
        window.removeEventFilter(self)
        if on:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Take a key that is one of the five."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            purpose = self.purpose(event.key(), event.modifiers().value)
            if purpose:
                self.told.emit(purpose)
                return True
        return super().eventFilter(watched, event)

    @Slot(int, int, result=str)
    def purpose(self, key: int, modifiers: int) -> str:
        """Return what a key is for, one of ``PURPOSES``; empty for any other key."""
        return self._purposes.get(QKeySequence(key | (modifiers & ~_UNTOLD)).toString(), "")


def written(name: str) -> str:
    """Return the name of a key as Qt writes it; empty for what is no name of one key."""
    sequence = QKeySequence.fromString(name, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString() if sequence.count() == 1 else ""
