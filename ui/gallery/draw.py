"""Draws examples without a screen, each in a window of its own size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.gallery.examples import Example
from ui.painting import painted
from ui.theme import Look, add_image_providers, apply_look

ROOT = Path(__file__).parents[2]


class Easel:
    """An engine with the theme, on which one example after the other is drawn.

    Attributes:
        window: As large as the example.
        engine: The window's.
    """

    def __init__(self, look: Look) -> None:
        self.window = QQuickWindow()
        # an engine of a QQuickView waits for ever in singletonInstance (6.11.3), this one does not
        self.engine = engine = QQmlApplicationEngine()
        engine.addImportPath(str(ROOT))
        add_image_providers(engine)
        apply_look(engine, look)
        self._language = look.language
        self._item: QQuickItem | None = None

    def close(self) -> None:
        """Let go of window and engine, at once: nothing that is shown later meets their end."""
        self._clear()
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)

    def show(self, example: Example) -> QQuickItem:
        """Put ``example`` up, in place of the one before, and return the item it stands on, painted.

        Raises:
            ValueError: The example does not fit the control; the text is what QML says of it.
        """
        self._clear()
        component = QQmlComponent(self.engine)
        component.setData(
            example.as_qml(self._language).encode(), QUrl.fromLocalFile(str(ROOT / "ui" / "gallery" / "example.qml"))
        )
        if component.isError():
            raise ValueError(f"{example.control}.yaml, example {example.name}: {component.errorString()}")
        item = component.create()
        assert isinstance(item, QQuickItem)  # noqa: S101 - as_qml writes a Rectangle
        self._item = item
        item.setParent(self.engine)  # or QML, which made it, would collect it
        item.setParentItem(self.window.contentItem())
        self.window.resize(round(item.width()), round(item.height()))
        self.window.show()
        painted(self.window)
        # its height is known only after the first layout
        self.window.resize(round(item.width()), round(item.height()))
        painted(self.window)
        return item

    @contextmanager
    def shown(self, example: Example) -> Iterator[QQuickItem]:
        """Show ``example`` for a while; yields and raises as ``show`` does."""
        try:
            yield self.show(example)
        finally:
            self._clear()

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""
        painted(self.window)
        return self.window.grabWindow()

    def _clear(self) -> None:
        if self._item is not None:
            self._item.setVisible(False)
            self._item.deleteLater()
            self._item = None
