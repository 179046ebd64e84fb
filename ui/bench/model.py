"""View model of the layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, QRectF, Signal
from PySide6.QtQml import QmlElement

from ui.bench.placing import Bar, Rect
from ui.bench.views import NOTHING, View
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.bench"
QML_IMPORT_MAJOR_VERSION = 1

_NO_BAR = Bar(card=Rect(), words=Rect(), stop=Rect())


@dataclass(frozen=True, kw_only=True, slots=True)
class FingerRow:
    """Where a finger is felt, in pixels."""

    at_x: float
    at_y: float


@QmlElement
class BenchModel(QObject):
    """What is shown, as QML has it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = NOTHING
        self._sentence = ""
        self._stop_text = ""
        self._none_text = ""
        self._holding = False
        self._lit = False
        self._fingers = Rows(FingerRow, self)

    # --- for Python

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    def show(self, view: View) -> None:
        """Show something else."""
        self._view = view
        self._lit = False
        self._fingers.show([])
        self.changed.emit()

    def say(self, sentence: str, stop: str, none: str) -> None:
        """Say what is to be done now, and what the buttons are."""
        self._sentence, self._stop_text, self._none_text = sentence, stop, none
        self.changed.emit()

    def hold(self, holding: bool) -> None:  # a state
        """Show whether a finger holds the button that stops."""
        if holding != self._holding:
            self._holding = holding
            self.changed.emit()

    def flash(self) -> None:
        """Change the ground."""
        self._lit = not self._lit
        self.changed.emit()

    def feel(self, fingers: Sequence[FingerRow]) -> None:
        """Show where fingers are felt."""
        self._fingers.show(fingers)

    # --- for QML

    @Property(str, notify=changed)
    def kind(self) -> str:
        """What is shown; empty: nothing."""
        return str(self._view.kind)

    @Property(QRectF, notify=changed)
    def target(self) -> QRectF:
        """Cross, lane, code or what differs."""
        return _rect(self._view.target)

    @Property(float, notify=changed)
    def turned(self) -> float:
        """Degrees that a lane is turned about the middle of its left edge."""
        return self._view.turned

    @Property(str, notify=changed)
    def ground(self) -> str:
        """Colour of a pattern; empty: it is none."""
        return self._view.ground

    @Property(str, notify=changed)
    def colour(self) -> str:
        """Colour of what differs."""
        return self._view.colour

    @Property(str, notify=changed)
    def source(self) -> str:
        """Address of a code."""
        return self._view.source

    @Property(QObject, constant=True)
    def fingers(self) -> QObject:
        """``FingerRow``s."""
        return self._fingers

    @Property(bool, notify=changed)
    def lit(self) -> bool:
        """Changes with every touch."""
        return self._lit

    @Property(bool, notify=changed)
    def worded(self) -> bool:
        """Whether there are words and buttons."""
        return self._view.bar is not None

    @Property(QRectF, notify=changed)
    def card(self) -> QRectF:
        """What words and buttons lie on."""
        return _rect((self._view.bar or _NO_BAR).card)

    @Property(QRectF, notify=changed)
    def words(self) -> QRectF:
        """Where the sentence is."""
        return _rect((self._view.bar or _NO_BAR).words)

    @Property(QRectF, notify=changed)
    def stop(self) -> QRectF:
        """The button that is held to stop."""
        return _rect((self._view.bar or _NO_BAR).stop)

    @Property(QRectF, notify=changed)
    def none(self) -> QRectF:
        """The button of whoever sees no difference; empty: there is none."""
        return _rect((self._view.bar or _NO_BAR).none)

    @Property(bool, notify=changed)
    def holding(self) -> bool:
        """Whether a finger holds the button that stops."""
        return self._holding

    @Property(str, notify=changed)
    def sentence(self) -> str:
        """What is to be done now."""
        return self._sentence

    @Property(str, notify=changed)
    def stopText(self) -> str:  # noqa: N802  # Qt's way to name properties
        """On the button that stops."""
        return self._stop_text

    @Property(str, notify=changed)
    def noneText(self) -> str:  # noqa: N802  # Qt's way to name properties
        """On the button of whoever sees no difference."""
        return self._none_text


def _rect(rect: Rect) -> QRectF:
    return QRectF(rect.x, rect.y, rect.width, rect.height)
