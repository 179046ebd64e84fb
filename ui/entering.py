"""Puts characters into the field that is typed in, as any keyboard does: for pads in the keyboard's place.

They know no keyboard of Qt's: the field takes what an input method commits.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent


def enter(text: str) -> None:
    """Write ``text`` at the cursor of the field that has the focus; nothing without one."""
    field = QGuiApplication.focusObject()
    if not text or not isinstance(field, QObject):
        return
    written = QInputMethodEvent()
    written.setCommitString(text)
    QCoreApplication.sendEvent(field, written)


def take_back() -> None:
    """Delete the character before the cursor of the field that has the focus."""
    field = QGuiApplication.focusObject()
    if not isinstance(field, QObject):
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier))
