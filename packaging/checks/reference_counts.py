"""Emitting a signal must not lose references: PySide6 6.12.0 on Python 3.11 loses one to ``True`` with every emit.

A process then ends within some hundred emits ("bool_dealloc"). That is why the version is pinned; this notices when a
new one brings it back.
"""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot

EMITS = 200
# what the counting itself may move
SLACK = 20


class Emitter(QObject):
    """Has what the pages use: signals, a property, a slot taking a variant."""

    changed = Signal()
    said = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on = True

    @Property(bool, notify=changed)
    def on(self) -> bool:
        """Return a flag."""
        return self._on

    @Slot("QVariant")
    def take(self, value: object) -> None:
        """Take anything."""
        self._on = bool(value)


def lost() -> dict[str, int]:
    """Return by how much each reference count fell around 200 emits and reads."""
    emitter = Emitter()
    emitter.said.connect(emitter.take)
    before = {"True": sys.getrefcount(True), "None": sys.getrefcount(None)}
    for _ in range(EMITS):
        emitter.said.emit(True)
        emitter.changed.emit()
        emitter.property("on")
        emitter.findChild(QObject, "nobody")
    after = {"True": sys.getrefcount(True), "None": sys.getrefcount(None)}
    return {name: before[name] - after[name] for name in before}


def main() -> int:
    """Return 0 when nothing is lost."""
    application = QCoreApplication([])
    for name, count in lost().items():
        if count > SLACK:
            sys.exit(
                f"pyproject.toml: PySide6 {PySide6.__version__} lost {count} references to {name} in {EMITS} emits; "
                "pin a version that does not (6.11.3)"
            )
    sys.stdout.write(f"PySide6 {PySide6.__version__} keeps its references\n")
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
