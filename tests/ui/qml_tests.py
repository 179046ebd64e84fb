"""Runs tst_*.qml files with QtQuickTest; started by test_controls.py in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QQmlEngine
from PySide6.QtQuickTest import QUICK_TEST_MAIN_WITH_SETUP

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))


class Setup(QObject):
    """Gives each engine what the screen gives it."""

    @Slot(QQmlEngine)
    def qmlEngineAvailable(self, engine: QQmlEngine) -> None:  # noqa: N802 - Qt's name
        """Add the import path and the pictures."""
        from ui.theme import add_image_providers

        engine.addImportPath(str(ROOT))
        add_image_providers(engine)


if __name__ == "__main__":
    sys.exit(QUICK_TEST_MAIN_WITH_SETUP("controls", Setup, [sys.argv[0], *sys.argv[1:]]))
