"""Goes round a scene by its five keys, forwards and back: ``Tour.qml`` with a page of the stage in front of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Q_ARG, Q_RETURN_ARG, QMetaObject, QObject, Qt, QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from kiosk.settings import Keys
from ui.gallery.stage import Stage
from ui.models.keys import KeysModel
from ui.models.narrator import NarratorModel

_QML: Final = Path(__file__).with_name("Tour.qml")
_WAYS: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up)
"""Next and previous, as ``Keys()`` has them."""


class Tour(QObject):
    """Five keys at a stage.

    Args:
        stage: Shows the scene that is gone round.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._stage = stage
        self._map = KeysModel(Keys(), self)
        self._narrator = NarratorModel(parent=self)

    def faults(self) -> list[str]:
        """Return what somebody would miss who goes round the page that is up by keys; nothing is best."""
        keys = self._keys()
        found = [
            f"{way.name}: {fault}"
            for way in _WAYS
            for fault in str(
                QMetaObject.invokeMethod(
                    keys,
                    "round",
                    Qt.ConnectionType.DirectConnection,
                    Q_RETURN_ARG("QString"),
                    Q_ARG("int", way.value),
                )
            ).split("\n")
            if fault
        ]
        keys.deleteLater()
        return found

    def said(self) -> list[str]:
        """Return what each stop of the page that is up says, its parts apart by ``" | "``."""
        keys = self._keys()
        lines = QMetaObject.invokeMethod(keys, "said", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QString"))
        keys.deleteLater()
        return str(lines).split("\n")

    def _keys(self) -> QQuickItem:
        component = QQmlComponent(self._stage.engine, QUrl.fromLocalFile(str(_QML)))
        given = {"map": self._map, "narrator": self._narrator, "subject": self._stage.page}
        keys = component.createWithInitialProperties(given)
        if not isinstance(keys, QQuickItem):
            raise RuntimeError(component.errorString())  # noqa: TRY004  # what QML says, not a wrong argument
        keys.setParent(self)
        keys.setParentItem(self._stage.window.contentItem())
        return keys
