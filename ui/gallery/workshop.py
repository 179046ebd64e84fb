"""A window that shows technicians' pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSizeF, QTranslator
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk import settings
from kiosk.diagnostics.visit import Visit
from kiosk.diagnostics.visit.events import Intent
from kiosk.settings.model import Layout
from kiosk.words import Language, load_sentences
from ui.gallery.stage import DIAGONAL_MM
from ui.gallery.visits import NOW, VISITS, ZONE, VisitStory
from ui.models.technician.mode import TechnicianModel
from ui.models.technician.part import TechnicianDesk
from ui.painting import painted
from ui.theme import Look, add_image_providers, apply_look
from ui.translations import load_translations

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = ("zh-Hans", "en")


class Workshop(QObject):
    """Shows visits.

    Args:
        language: ``zh-Hans`` or ``en``.
        layout: ``portrait``, ``landscape`` or ``bank``.
        scale: Smaller than the panel, as a whole.
        reduced_motion: Nothing moves by itself.
        post: Takes the intents of the page; nobody does otherwise.

    Attributes:
        story: The technician of the scene that is up.
        window: The window it stands in.
        engine: The window's.
        desk: What its view models look things up in.
    """

    story: VisitStory

    def __init__(
        self,
        *,
        language: str = "zh-Hans",
        layout: str = "portrait",
        scale: float = 1.0,
        reduced_motion: bool = False,
        post: Callable[[Intent], None] = lambda _: None,
    ) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication([])
        super().__init__()
        self._language = Language(language)
        chosen = settings.load(settings.PROFILES / "simulated.toml")
        self._translator: QTranslator | None = None
        if self._language is not Language.ZH_HANS:
            self._translator = load_translations(language)
            QCoreApplication.installTranslator(self._translator)
        shape = Layout(layout)
        width, height = shape.size_px
        self.window = QQuickWindow()
        self.window.resize(round(scale * width), round(scale * height))
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(ROOT))
        add_image_providers(self.engine)
        look = Look(
            pixels_per_mm=scale * (width**2 + height**2) ** 0.5 / DIAGONAL_MM[shape],
            language=language,
            accent=chosen.city.accent,
            reduced_motion=reduced_motion,
        )
        apply_look(self.engine, look)
        self.desk = TechnicianDesk(settings=chosen, post=post, now=lambda: NOW, zone=ZONE)
        self.model = TechnicianModel(
            self.desk,
            load_sentences(settings.ASSETS / "i18n" / "sentences.yaml"),
            idle_total_s=20,
            parent=self,
        )
        self._shell: QQuickItem | None = None

    def show(self, name: str) -> QQuickWindow:
        """Put the scene ``name`` up and return its window, painted.

        Raises:
            ValueError: The page does not load; the text is what QML says of it.
        """
        self.story = VISITS[name].tell(VisitStory(self._language))
        self._clear()
        self.model.show(self.story.visit)
        component = QQmlComponent(self.engine, "ui.technician", "TechnicianShell")
        shell = component.createWithInitialProperties({"technician": self.model})
        if not isinstance(shell, QQuickItem):
            raise ValueError(f"TechnicianShell: {component.errorString()}")  # noqa: TRY004  # a page that does not load is no wrong argument
        self._shell = shell
        shell.setParentItem(self.window.contentItem())
        shell.setParent(self)
        shell.setSize(QSizeF(self.window.size()))
        self.window.show()
        self.picture()
        return self.window

    def update(self, visit: Visit) -> None:
        """Show another state of the visit."""
        self.model.show(visit)

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""
        painted(self.window)
        return self.window.grabWindow()

    def close(self) -> None:
        """Let go of the page, the language, the window and the engine, at once and in this order."""
        self._clear()
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)
        self.model.deleteLater()

    def _clear(self) -> None:
        if self._shell is not None:
            self._shell.setParentItem(None)  # type: ignore[arg-type]  # Qt takes no parent; its stub does not say so
            self._shell.deleteLater()
            QCoreApplication.sendPostedEvents(self._shell, QEvent.Type.DeferredDelete.value)
            self._shell = None
