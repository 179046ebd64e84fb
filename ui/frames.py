"""Live pictures of the document camera for QML: ``image://frames/<number>``."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, QSize, Signal
from PySide6.QtGui import QImage
from PySide6.QtQml import QmlElement
from PySide6.QtQuick import QQuickImageProvider

if TYPE_CHECKING:
    from drivers.camera.api import Frame


QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FrameCounter(QObject):
    """Says that a new picture is there."""

    changed = Signal()
    _arrived = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._arrived.connect(self._set)

    def arrived(self, number: int) -> None:
        """Announce picture ``number``; from any thread, and the screen follows on its own."""
        self._arrived.emit(number)

    def _set(self, number: int) -> None:
        self._number = number
        self.changed.emit()

    @property
    def count(self) -> int:
        """Number of the newest picture, for Python."""
        return self._number

    @Property(int, notify=changed)
    def number(self) -> int:
        """Number of the newest picture, 0 before the first."""
        return self._number


class FrameProvider(QQuickImageProvider):
    """Holds the newest picture, decoded only when it is painted."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self.counter = FrameCounter()
        self._lock = threading.Lock()
        self._jpeg = b""
        self._count = 0

    def show(self, frame: Frame) -> None:
        """Take a picture; from any thread."""
        with self._lock:
            self._jpeg = frame.jpeg
            self._count += 1
            number = self._count
        self.counter.arrived(number)

    def forget(self) -> None:
        """Forget the picture: it is one citizen's."""
        with self._lock:
            self._jpeg = b""

    def requestImage(self, id_: str, size: QSize, requested: QSize) -> QImage:  # noqa: N802  # Qt's name
        """Return the newest picture, scaled to ``requested`` where that is given."""
        del id_, size
        with self._lock:
            jpeg = self._jpeg
        image = QImage.fromData(jpeg) if jpeg else QImage(16, 12, QImage.Format.Format_RGB32)
        if not jpeg:
            image.fill(0xFF1B2630)
        if requested.isValid() and not requested.isEmpty():
            from PySide6.QtCore import Qt

            image = image.scaled(requested, Qt.AspectRatioMode.KeepAspectRatio)
        return image
