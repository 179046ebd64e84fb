"""The gallery live: the window to browse in, and in it the window of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine, QQmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.catalogue import Catalogue, load
from kiosk.session import events
from kiosk.session.state import Session
from kiosk.settings import PROFILES, Layout
from kiosk.settings import load as load_settings
from ui.app import end_on_signal
from ui.gallery.live.model import GalleryModel
from ui.gallery.modes import Mode
from ui.gallery.scenes import Scene
from ui.gallery.stage import ROOT, Stage
from ui.gallery.studio import Showing, Studio
from ui.gallery.subjects import Kind, Subject, in_mode
from ui.theme import Look, add_image_providers, apply_look

SMALLEST: Final = 0.2
"""Of its size; smaller, nothing could be touched."""


def page_of(session: Session) -> str:
    """Return the QML type of the page a session is on."""
    stage = "question" if session.stage == "situation" else str(session.stage)
    return f"{stage.capitalize()}Page"


class Gallery(QObject):
    """Browses.

    Args:
        subjects: What there is to look at, at least one.
        mode: How it is shown at first.
        catalogue: Loaded already; otherwise it is loaded.

    Attributes:
        model: What the window shows.
        window: To browse in.
        engine: The window's.
        shown: What is looked at, in its own window; None while it cannot be shown.
    """

    def __init__(self, subjects: Sequence[Subject], mode: Mode, *, catalogue: Catalogue | None = None) -> None:
        super().__init__()
        self._catalogue = catalogue or load(load_settings(PROFILES / "simulated.toml").catalogue)
        self.model = GalleryModel(subjects, mode, self)
        self.shown: Showing | None = None
        self._studio: Studio | None = None
        self._wanted: Callable[[Studio], Showing] | None = None
        self._putting = False
        self._dressed: tuple[Mode, float, bool] | None = None
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(ROOT))
        add_image_providers(self.engine)
        apply_look(self.engine, Look())
        self.engine.setInitialProperties({"gallery": self.model})
        self.engine.loadFromModule("ui.gallery.live", "GalleryWindow")
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("the window of the gallery does not load: see the messages above")
        self.window = roots[0]
        frame = self.window.findChild(QQuickItem, "frame")
        if frame is None:
            raise RuntimeError("the window of the gallery has no frame")
        self._frame = frame
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.show)
        # not at once: what is chosen may be chosen by what is shown, which would end within its own touch
        self.model.chosen.connect(self._later.start)
        self.show()

    def show(self) -> None:
        """Show what is chosen, as it is chosen."""
        self._put(lambda studio: studio.show(self.model.subject))

    def close(self) -> None:
        """Let go of both windows, the inner one first."""
        self._later.stop()
        self._take_down()
        shiboken6.delete(self.engine)

    def _put(self, put: Callable[[Studio], Showing]) -> None:
        """Have a studio show something; what is wanted meanwhile comes after it: whatever is up is waited for."""
        self._wanted = put
        if self._putting:
            return
        self._putting = True
        try:
            while self._wanted is not None:
                put, self._wanted = self._wanted, None
                self._put_one(put)
        finally:
            self._putting = False

    def _put_one(self, put: Callable[[Studio], Showing]) -> None:
        try:
            shown = put(self._dress())
        except ValueError as error:
            self._take_down()
            self.model.tell(str(error))
            return
        if self.shown is not None and self.shown.window is not shown.window:
            self._frame.setProperty("window", None)
            self.shown.window.hide()
        self.shown = shown
        # QML lets go of nothing that is Python's
        QQmlEngine.setObjectOwnership(shown.window, QQmlEngine.ObjectOwnership.CppOwnership)
        self._frame.setSize(shown.window.size().toSizeF())
        self._frame.setProperty("window", shown.window)
        self.model.tell("")

    def _dress(self) -> Studio:
        """Return the studio of the mode that is chosen, at the size there is room for."""
        wanted = (self.model.mode, self._scale(), self.model.moves)
        if self._studio is None or self._dressed != wanted:
            self._take_down()
        if self._studio is None:
            mode, scale, moves = wanted
            self._studio = Studio(
                mode, catalogue=self._catalogue, scale=scale, reduced_motion=not moves, post=self._post
            )
            self._dressed = wanted
        return self._studio

    def _scale(self) -> float:
        width, height = self.model.room
        subject = self.model.subject
        if subject.kind is Kind.CONTROL or not width or not height:
            return 1.0
        across, down = Layout(in_mode(subject.kind, self.model.mode).layout).size_px
        return max(SMALLEST, min(1.0, width / across, height / down))

    def _take_down(self) -> None:
        self._frame.setProperty("window", None)
        self.shown = None
        if self._studio is not None:
            self._studio.close()
            self._studio = None

    def _post(self, intent: events.Intent) -> None:
        # once the touch is over: what comes of it may end the page that was touched
        QTimer.singleShot(0, lambda: self._follow(intent))

    def _follow(self, intent: events.Intent) -> None:
        """Let the citizen of the page do something, on the real machine; nothing comes back from the world."""
        stage = self.shown
        if not isinstance(stage, Stage):
            return
        before, story = page_of(stage.story.session), stage.story.happens(intent)
        session = story.session
        chosen = session.preferences
        mode = replace(
            self.model.mode,
            language=str(session.language),
            elder=chosen.elder,
            high_contrast=chosen.high_contrast,
            low_reach=chosen.low_reach,
        )
        if mode != self.model.mode:
            self.model.become(mode)
        elif page_of(session) == before:
            stage.update(session)
            return
        scene = Scene(page=page_of(session), story=lambda _: story)
        self._put(lambda studio: studio.tell(story, scene))


def run(subjects: Sequence[Subject], mode: Mode) -> int:
    """Show the gallery until its window is closed or a signal ends it; return what the process ends with."""
    application = QGuiApplication.instance() or QGuiApplication(["kiosk"])
    gallery = Gallery(subjects, mode)
    ending = end_on_signal(application) if isinstance(application, QGuiApplication) else None
    gallery.window.show()
    try:
        return application.exec()
    finally:
        if ending is not None:
            ending.setEnabled(False)
        gallery.close()
