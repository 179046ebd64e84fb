"""A service as its author sees it while writing: the real screen, opened anew whenever a file is saved.

The session is the real machine with nothing around it: a fictitious card is read by itself where one is asked for, and
no register knows anything, so that every question is asked. Nothing is filed. After a change what was tapped and
answered before is done again, so one stays on the page one is working on.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QFileSystemWatcher, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QRasterWindow
from PySide6.QtQuick import QQuickWindow

from kiosk import settings as settings_of
from kiosk.catalogue import Catalogue, CatalogueError, Mistake
from kiosk.catalogue.auditing import audit
from kiosk.catalogue.loading import read
from kiosk.catalogue.telling import told
from kiosk.contract import Verification
from kiosk.session import events
from kiosk.session.state import DocumentSource, Session, Stage
from kiosk.settings import Layout
from kiosk.words import Language, load_sentences
from ui.app import end_on_signal
from ui.frames import FrameProvider
from ui.gallery.scenes import MORNING, ZHAO, Story
from ui.models.page import Desk, PageModel
from ui.screen import Screen

log = logging.getLogger(__name__)

SETTLE_MS: Final = 150
"""Editors save in several steps; reading begins when none has followed for this long."""

_INK, _PAPER = "#7a1a00", "#fff4ee"


class Preview(QObject):
    """Shows one service and follows its files.

    Args:
        root: The catalogue's folder.
        service: A one-thing or an item.
        language: Of the screen, and of the mistakes.
        layout: Of the screen.

    Attributes:
        mistakes: What is wrong with the files now.
        story: The citizen at the screen; ``None`` until the catalogue could be read once.
        window: The window with the form, once there is one.
    """

    def __init__(
        self, root: Path, service: str, *, language: Language = Language.ZH_HANS, layout: Layout = Layout.PORTRAIT
    ) -> None:
        super().__init__()
        self._root = root
        self._service = service
        self._language = language
        chosen = settings_of.load(settings_of.PROFILES / "simulated.toml")
        self._settings = msgspec.structs.replace(
            chosen, terminal=msgspec.structs.replace(chosen.terminal, layout=layout)
        )
        self._size = layout.size_px
        self._sentences = load_sentences(settings_of.ASSETS / "i18n" / "sentences.yaml")
        self._done: list[events.Intent] = []
        self._screen: Screen | None = None
        self.mistakes: tuple[Mistake, ...] = ()
        self.story: Story | None = None
        self.window: QQuickWindow | None = None
        self.board = Board(language)
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self.reload)
        self._watcher.fileChanged.connect(lambda _: self._settle.start())
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        self.reload()

    def reload(self) -> None:
        """Read the files, and show what they say, and what is wrong with them."""
        self._watch()
        try:
            catalogue, found = read(self._root)
        except CatalogueError as error:
            self.mistakes = error.mistakes
        else:
            self.mistakes = tuple(sorted(set(audit(catalogue, found, unused=False, language=self._language))))
            if catalogue.has_service(self._service) or self._service in catalogue.items:
                self._open(catalogue)
            else:
                cure = "Name a one-thing or an item of this catalogue."
                says = f"there is no service {self._service}"
                self.mistakes = (Mistake(file=str(self._root), line=0, says=says, cure=cure), *self.mistakes)
        self.board.tell(self.mistakes, self._size, whole=self.window is None)

    def close(self) -> None:
        """Let go of the windows."""
        self.board.hide()
        if self._screen is not None:
            self._screen.close()
            self._screen = self.window = None

    def post(self, event: events.Event) -> None:
        """Let the citizen at the screen do something."""
        if self.story is None or self._screen is None:
            return
        if isinstance(event, events.Intent):
            self._done.append(event)
        _carry(self.story.happens(event))
        self._screen.show(self.story.session)

    def _open(self, catalogue: Catalogue) -> None:
        self.story = self._replayed(catalogue)
        desk = Desk(catalogue=catalogue, settings=self._settings, sentences=self._sentences, post=self.post)
        if self._screen is None or self.window is None:
            density = self._settings.terminal.pixels_per_mm(*self._size)
            self._screen = Screen(desk, pixels_per_mm=density, frames=FrameProvider())
            self._screen.show(self.story.session)
            self.window = self._screen.open()
            self.window.resize(*self._size)
            self.window.show()
        else:
            # the same pages over another catalogue: they are shown nobody first, so that nothing of the old one stays
            for model in self._screen.findChildren(PageModel):
                model.desk = desk
            self._screen.show(Session(language=self._language))
            self._screen.show(self.story.session)
        self.window.setTitle(f"{self._service} · {catalogue.version}")

    def _replayed(self, catalogue: Catalogue) -> Story:
        """Return the citizen who did all that was done before; from the start where that is no longer possible."""
        try:
            story = self._begun(catalogue)
            for event in self._done:
                _carry(story.happens(event))
        except (LookupError, ValueError, TypeError) as error:
            log.info("begins again: %s", type(error).__name__)
            self._done.clear()
            story = self._begun(catalogue)
        return story

    def _begun(self, catalogue: Catalogue) -> Story:
        story = Story(catalogue, self._language)
        return story.starts().happens(events.ServiceChosen(service=self._service))

    def _watch(self) -> None:
        """Watch every folder and file: some editors write into a file, others put a new one in its place."""
        wanted = {str(self._root), *(str(path) for path in self._root.rglob("*") if path.is_dir())}
        wanted |= {str(path) for path in self._root.rglob("*.yaml")}
        missing = sorted(wanted - {*self._watcher.files(), *self._watcher.directories()})
        if missing:
            self._watcher.addPaths(missing)


class Board(QRasterWindow):
    """The mistakes, over the lower part of the screen; over all of it where there is nothing else to show."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.lines: tuple[str, ...] = ()
        self.setFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)

    def tell(self, mistakes: tuple[Mistake, ...], size_px: tuple[int, int], *, whole: bool) -> None:
        """Show ``mistakes``; hide when there are none."""
        self.lines = tuple(told(mistake, self._language) for mistake in mistakes)
        width, height = size_px
        top = 0 if whole else height * 2 // 3
        self.setGeometry(QRect(0, top, width, height - top))
        self.setTitle(f"{len(mistakes)}")
        self.setVisible(bool(mistakes))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Write the lines; what does not fit is cut off below."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), self.height(), QColor(_PAPER))
            painter.setPen(QColor(_INK))
            font = QFont(QGuiApplication.font())
            font.setPixelSize(max(16, self.width() // 54))
            painter.setFont(font)
            inside = QRect(0, 0, self.width(), self.height()).adjusted(24, 24, -24, -24)
            wrapped = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
            painter.drawText(inside, wrapped.value, "\n\n".join(self.lines))


def _carry(story: Story) -> None:
    """Do what the world around a terminal does: a card is read, a code comes and is right, nothing is known."""
    if story.session.stage is Stage.DOCUMENT:
        sent = Verification(id="preview", phone="138****8024", digits=6, expires_at=MORNING, attempts_left=3)
        story.happens(
            events.DocumentRead(holder=ZHAO),
            events.DocumentRemoved(source=DocumentSource.ID_READER),
            events.CodeSent(verification=sent),
            events.CodeEntered(code="123456"),
            events.CodeAccepted(),
            events.OpenFound(),  # nothing was kept for later
        )
    if story.session.stage is Stage.FETCH:
        story.happens(events.KnownArrived(facts=(), unavailable=(), found=()))


def run(folder: Path, service: str, language: Language, layout: Layout) -> int:
    """Show ``service`` until a signal or the author ends it; return what the process ends with."""
    application = QGuiApplication.instance() or QGuiApplication(["kiosk"])
    shown = Preview(folder, service, language=language, layout=layout)
    ending = end_on_signal(application) if isinstance(application, QGuiApplication) else None
    try:
        return application.exec()
    finally:
        if ending is not None:
            ending.setEnabled(False)
        shown.close()
