"""Takes pictures of anything there is to look at, in one mode."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

import msgspec
from PySide6.QtCore import Q_RETURN_ARG, QCoreApplication, QMetaObject, QObject, Qt, QTranslator, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickWindow

from kiosk.catalogue import Catalogue
from kiosk.session.events import Intent
from ui.gallery.bench import BenchStage
from ui.gallery.draw import Easel
from ui.gallery.modes import Mode
from ui.gallery.scenes import Scene, Story
from ui.gallery.stage import Stage
from ui.gallery.subjects import Kind, Subject, example_of, in_mode
from ui.gallery.workshop import Workshop
from ui.painting import Patience
from ui.theme import Look
from ui.theme.look import STANDARD_PIXELS_PER_MM
from ui.theme.palette import DEFAULT_ACCENT
from ui.translations import load_translations

LETTERS: Final = Path(__file__).with_name("Letters.qml")
ACTIVE_S: Final = 2.0
"""How long to wait for a window to be the active one; where there is nobody to make it so, it never is."""
WAITING_CARET: Final = 0
"""Milliseconds between two looks of a caret: it stands still."""


class Letters(msgspec.Struct, frozen=True, kw_only=True):
    """A line of letters higher than 64 pixels, in pixels of the window."""

    x: float
    y: float
    width: float
    height: float
    words: str
    """What they say, in which size and colour."""


class Showing(Protocol):
    """A window that shows one thing at a time."""

    window: QQuickWindow
    engine: QQmlApplicationEngine

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""

    def close(self) -> None:
        """Let go of everything, at once."""


class Sheet:
    """Shows the examples of controls as the others show their scenes."""

    def __init__(self, mode: Mode, *, scale: float, reduced_motion: bool, accent: str) -> None:
        self._translator: QTranslator = load_translations(mode.language)
        QCoreApplication.installTranslator(self._translator)
        self._easel = Easel(
            Look(
                accent=accent,
                pixels_per_mm=scale * STANDARD_PIXELS_PER_MM,
                elder=mode.elder,
                high_contrast=mode.high_contrast,
                reduced_motion=reduced_motion,
                language=mode.language,
            )
        )
        self.window = self._easel.window
        self.engine = self._easel.engine

    def show(self, subject: Subject) -> None:
        """Put the example up."""
        self._easel.show(example_of(subject))

    def picture(self) -> QImage:
        """Return the example."""
        return self._easel.picture()

    def close(self) -> None:
        """Let go of window, engine and language."""
        self._easel.close()
        QCoreApplication.removeTranslator(self._translator)


def _bring_forward(window: QQuickWindow) -> None:
    """Make ``window`` the active one: only there a field has a caret, and what has the focus shows it."""
    if window.isActive():
        return
    patience = Patience(ACTIVE_S)
    connection = window.activeChanged.connect(patience.enough)
    window.requestActivate()
    if not window.isActive():
        patience.wait()
    window.activeChanged.disconnect(connection)


class Studio:
    """A room for each kind of thing, opened when something of it is shown, all in one mode.

    Args:
        mode: How everything is shown.
        catalogue: What is offered; loaded otherwise, by whoever needs it first.
        scale: Smaller than the panel, as a whole.
        reduced_motion: Nothing moves by itself: pictures are then the same whenever they are taken.
        accent: The city's colour, where a control is shown.
        post: Takes the intents of citizens' pages.
    """

    def __init__(
        self,
        mode: Mode,
        *,
        catalogue: Catalogue | None = None,
        scale: float = 1.0,
        reduced_motion: bool = True,
        accent: str = DEFAULT_ACCENT,
        post: Callable[[Intent], None] = lambda _: None,
    ) -> None:
        self.mode = mode
        self._catalogue = catalogue
        self._scale = scale
        self._reduced_motion = reduced_motion
        self._accent = accent
        self._post = post
        self._application = QGuiApplication.instance() or QGuiApplication([])
        self._rooms: dict[Kind, Stage | Workshop | BenchStage | Sheet] = {}
        self._eyes: dict[Kind, QObject] = {}

    def show(self, subject: Subject) -> Showing:
        """Put ``subject`` up and return where it is shown, painted.

        Raises:
            ValueError: What is shown does not load; the text is what QML says of it.
        """
        if self._reduced_motion:
            QGuiApplication.styleHints().setCursorFlashTime(WAITING_CARET)
        if subject.kind is Kind.BENCH and self._reduced_motion:
            self._shut(Kind.BENCH)  # a test goes on where the one before it stopped
        room = self._rooms.get(subject.kind) or self._open(subject.kind)
        room.window.show()
        _bring_forward(room.window)
        if isinstance(room, Sheet):
            room.show(subject)
        else:
            room.show(subject.name)
        return room

    def tell(self, story: Story, scene: Scene) -> Showing:
        """Put up where a citizen came to; returns and raises as ``show``."""
        room = self._rooms.get(Kind.PAGE) or self._open(Kind.PAGE)
        assert isinstance(room, Stage)  # noqa: S101  # of pages
        room.tell(story, scene)
        return room

    def picture(self, subject: Subject) -> QImage:
        """Return the picture of ``subject``; raises as ``show`` does."""
        return self.show(subject).picture()

    def letters(self, kind: Kind) -> tuple[Letters, ...]:
        """Return the large letters of what is shown of ``kind``."""
        found = QMetaObject.invokeMethod(
            self._eyes[kind], "large", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QString")
        )
        return msgspec.json.decode(str(found), type=tuple[Letters, ...])

    def close(self) -> None:
        """Let go of all windows."""
        self._eyes.clear()  # they end with the engine they were made in
        for room in self._rooms.values():
            room.close()
        self._rooms.clear()

    def _shut(self, kind: Kind) -> None:
        room = self._rooms.pop(kind, None)
        if room is not None:
            del self._eyes[kind]
            room.close()

    def _open(self, kind: Kind) -> Stage | Workshop | BenchStage | Sheet:
        mode, scale, still = in_mode(kind, self.mode), self._scale, self._reduced_motion
        room: Stage | Workshop | BenchStage | Sheet
        if kind is Kind.PAGE:
            room = Stage(
                language=mode.language,
                layout=mode.layout,
                preferences=mode.preferences,
                catalogue=self._catalogue,
                scale=scale,
                reduced_motion=still,
                post=self._post,
            )
        elif kind is Kind.TECHNICIAN:
            room = Workshop(language=mode.language, layout=mode.layout, scale=scale, reduced_motion=still)
        elif kind is Kind.BENCH:
            room = BenchStage(language=mode.language, layout=mode.layout, scale=scale, reduced_motion=still)
        else:
            room = Sheet(mode, scale=scale, reduced_motion=still, accent=self._accent)
        self._rooms[kind] = room
        component = QQmlComponent(room.engine, QUrl.fromLocalFile(str(LETTERS)))
        eyes = component.createWithInitialProperties({"root": room.window.contentItem()})
        if eyes is None:
            raise ValueError(f"Letters: {component.errorString()}")
        eyes.setParent(room.engine)  # or QML, which made it, would collect it
        self._eyes[kind] = eyes
        return room
