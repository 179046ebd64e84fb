"""A list of frozen rows as a Qt model: one role a field, so that QML delegates take ``required property``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

Index = QModelIndex | QPersistentModelIndex

DISPLAY_ROLE: Final = 0
USER_ROLE: Final = 0x100
"""Numbers of Qt.ItemDataRole: asking for the namespace makes all its enumerations, 16 ms of a start."""


@QmlElement
class Rows(QAbstractListModel):
    """Rows of one frozen dataclass.

    Args:
        row: The dataclass; its fields, in camelCase, are the roles.
        parent: Owner.
    """

    def __init__(self, row: type, parent: QObject) -> None:
        super().__init__(parent)
        self._fields = tuple(field.name for field in fields(row))
        first = USER_ROLE + 1
        self._names = {first + offset: camel(name).encode() for offset, name in enumerate(self._fields)}
        self._first = first
        self._rows: tuple[Any, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's name and Qt's default
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = DISPLAY_ROLE) -> Any:
        """Return one field of one row."""
        offset = role - self._first
        if not index.isValid() or not 0 <= offset < len(self._fields):
            return None
        return getattr(self._rows[index.row()], self._fields[offset])

    def roleNames(self) -> dict[int, Any]:  # noqa: N802  # Qt's name
        """Return the roles by number."""
        return dict(self._names)

    def show(self, rows: Sequence[Any]) -> None:
        """Show ``rows``; delegates of rows that stay are kept, changed fields are announced."""
        new = tuple(rows)
        old = self._rows
        if new == old:
            return
        common = min(len(old), len(new))
        if len(old) > common:
            self.beginRemoveRows(QModelIndex(), common, len(old) - 1)
            self._rows = old[:common]
            self.endRemoveRows()
        changed = [row for row in range(common) if old[row] != new[row]]
        self._rows = new[:common]
        for row in changed:
            self.dataChanged.emit(self.index(row), self.index(row))
        if len(new) > common:
            self.beginInsertRows(QModelIndex(), common, len(new) - 1)
            self._rows = new
            self.endInsertRows()

    def show_others(self, rows: Sequence[Any]) -> None:
        """Show ``rows`` as another list: no delegate of the old one is kept, and a view begins at its top."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rows(self) -> tuple[Any, ...]:
        """Return what is shown."""
        return self._rows


def camel(name: str) -> str:
    """Return a Python name as QML writes it: ``due_on`` → ``dueOn``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
