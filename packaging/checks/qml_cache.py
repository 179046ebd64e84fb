"""Compiles every page into Qt's disk cache; Qt itself compiles again what has changed since."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WINDOWS = (("ui.pages", "Shell"), ("ui.technician", "TechnicianShell"))
"""What a terminal loads: at its start, and when a technician knocks."""
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"


def main() -> str | None:
    """Compile, and return what is wrong."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent

    from ui import app, pagetypes, screen

    importlib.import_module("ui.models.technician.mode")  # the types of the technicians' pages

    os.environ["QML_DISK_CACHE_PATH"] = str(app.COMPILED)
    application = QGuiApplication(sys.argv[:1])
    engine = QQmlApplicationEngine(application)
    engine.addImportPath(str(screen.ROOT))
    engine.addImportPath(str(screen.KEYBOARD))
    pages = [("ui.pages", page.name) for page in pagetypes.PAGES.values()]
    for module, page in (*WINDOWS, *pages):
        component = QQmlComponent(engine, module, page)
        if component.isError():
            return f"build-qml-cache: {component.errorString()}"
    return None


if __name__ == "__main__":
    sys.exit(main())
