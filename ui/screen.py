"""The screen: one window, one view model a page, words in the language of the session."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtQml import QQmlApplicationEngine, QQmlEngine
from PySide6.QtQuick import QQuickWindow

import ui.models.letters
import ui.models.rare
import ui.models.writing  # noqa: F401  # makes the type known to QML
from kiosk.session.preferences import Preferences
from kiosk.session.state import Session, Stage
from kiosk.settings.model import AttractLook
from kiosk.words import Language
from ui.frames import FrameProvider
from ui.models.attracting import AttractModel
from ui.models.dock import DockModel
from ui.models.keys import KeysModel
from ui.models.narrator import NarratorModel
from ui.models.page import Desk, PageModel
from ui.models.question import QuestionModel
from ui.models.shell import ShellModel
from ui.pagetypes import PAGES, PageTypes
from ui.theme import Front, Look, add_image_providers, apply_look

if TYPE_CHECKING:
    # named, not used: imported once a technician knocks
    from kiosk.diagnostics.visit import Visit
    from kiosk.diagnostics.visit.events import Intent as VisitIntent
    from ui.models.technician.mode import TechnicianModel

log = logging.getLogger(__name__)

ROOT: Final = Path(__file__).parents[1]
TRANSLATIONS: Final = ROOT / "ui" / "i18n"
KEYBOARD: Final = ROOT / "ui" / "keyboard"
"""Where Qt Virtual Keyboard finds its look."""


class NoScreen(RuntimeError):
    """The pages cannot be loaded; the message says why."""


class Screen(QObject):
    """Shows sessions.

    Args:
        desk: What view models look things up in.
        pixels_per_mm: Density of the panel.
        frames: The live picture of the document camera.
        dock: The simulated devices beside the screen; None on a real terminal.
        narrator: Says what is on the screen; None: what is said is shown as captions alone.
        post_visit: Hands an intent to a technician's visit; never blocks.
        parent: Owner.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        pixels_per_mm: float,
        frames: FrameProvider,
        dock: DockModel | None = None,
        narrator: NarratorModel | None = None,
        post_visit: Callable[[VisitIntent], None] = lambda _: None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pixels_per_mm = pixels_per_mm
        self._frames = frames
        self.dock = dock
        self.narrator = narrator or NarratorModel(parent=self)
        self._post_visit = post_visit
        self._technician: TechnicianModel | None = None
        self._language: Language | None = None
        self._preferences = Preferences()
        self._applied: Look | None = None
        self._translator: QTranslator | None = None
        self.session = Session()
        """What is shown."""
        self.shell = ShellModel(desk, self)
        self.question = QuestionModel(desk, self)
        self.attract = AttractModel(desk, self)
        made: dict[type[PageModel], PageModel] = {QuestionModel: self.question, AttractModel: self.attract}
        kinds = {page.model for page in PAGES.values()}
        self._models = made | {kind: kind(desk, self) for kind in kinds - made.keys()}
        self._keys = KeysModel(desk.settings.terminal.keys, self)
        self._types: PageTypes | None = None
        self._engine: QQmlApplicationEngine | None = None

    def open(self) -> QQuickWindow:
        """Load the pages and return the window, not yet shown.

        Raises:
            NoScreen: a page does not load; the log has Qt's words for it.
        """
        engine = QQmlApplicationEngine(self)
        self._engine = engine
        engine.addImportPath(str(ROOT))
        engine.addImportPath(str(KEYBOARD))
        add_image_providers(engine, Front.of(self._desk.settings))
        engine.addImageProvider("frames", self._frames)
        self._look()
        self._types = PageTypes(engine, lambda said: log.error("a page does not load: %s", said))
        properties: dict[str, object] = {
            "shell": self.shell,
            "narrator": self.narrator,
            "keyMap": self._keys,
            "live": self._frames.counter,
        }
        if self.dock is not None:
            properties["dock"] = self.dock
        engine.setInitialProperties(properties)
        self._types.load(PAGES[self.session.stage])
        engine.loadFromModule("ui.pages", "Shell")
        roots = engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise NoScreen("the pages could not be loaded: see the messages above")
        return roots[0]

    def show(self, session: Session) -> None:
        """Show ``session``: the page first, then what stands around it, so that a new page never shows old values."""
        if self._technician is None:
            self._speak(session.language, session.preferences)
            self._tell_how(session)
        left, self.session = self.session.stage, session
        if Stage.ATTRACT in (left, session.stage):
            self._look()  # only the page that invites may be dark
        page = PAGES[session.stage]
        self._models[page.model].show(session)
        if self._types is not None:
            self._types.load(page)
        self.shell.turn_to(page.file.name, page.takes, self._models[page.model])
        self.shell.show(session)
        if self.dock is not None:
            self.dock.offer(_payable(session))
        if session.stage in (Stage.ATTRACT, Stage.GOODBYE):
            self._forget(page.model)

    def show_visit(self, visit: Visit) -> None:
        """Show a technician's visit over the page that is up; nothing, while nobody is at the door or inside."""
        if visit.place == "closed":
            self._show_technician(None)
            self._speak(self.session.language, self.session.preferences)
            self._tell_how(self.session)
            return
        self._speak(visit.language, Preferences())
        self.narrator.prefer(visit.language, Preferences(), headphones=False, identified=True)
        model = self._technician
        if model is not None:
            model.show(visit)
            return
        from kiosk.diagnostics.visiting import Clocks
        from ui.models.technician.mode import TechnicianModel
        from ui.models.technician.part import TechnicianDesk

        settings = self._desk.settings
        zone = ZoneInfo(settings.city.timezone)
        desk = TechnicianDesk(settings=settings, post=self._post_visit, now=lambda: datetime.now(zone), zone=zone)
        model = TechnicianModel(desk, self._desk.sentences, idle_total_s=Clocks().warning_s, parent=self)
        model.show(visit)
        self._show_technician(model)

    def _tell_how(self, session: Session) -> None:
        window = self.window
        if window is not None:
            self._keys.listen(window, on=session.preferences.guided)
        self.narrator.prefer(
            session.language,
            session.preferences,
            headphones=session.headphones,
            identified=session.holder is not None,
        )

    def load_the_rest(self) -> None:
        """Load the pages that are not up yet, a few milliseconds at a time; once the first is up."""
        if self._types is not None:
            self._types.load_the_rest()

    def _show_technician(self, model: TechnicianModel | None) -> None:
        before, self._technician = self._technician, model
        roots = self._engine.rootObjects() if self._engine is not None else []
        if roots and before is not model:
            roots[0].setProperty("technician", model)
        if before is not None and before is not model:
            before.deleteLater()  # after its pages: they are deleted later as well, and were told so before

    def _forget(self, shown: type[PageModel]) -> None:
        """Show nobody's session to every page that is not up: a view model keeps what it showed last."""
        nobody = Session(language=self.session.language)
        for kind, model in self._models.items():
            if kind is not shown:
                model.show(nobody)

    @property
    def window(self) -> QQuickWindow | None:
        """The window of the pages, while they are open."""
        roots = self._engine.rootObjects() if self._engine is not None else []
        return roots[0] if roots and isinstance(roots[0], QQuickWindow) else None

    @property
    def engine(self) -> QQmlEngine:
        """What the pages run in, once they are open."""
        if self._engine is None:
            raise NoScreen("the pages are not open")
        return self._engine

    @property
    def shown_is_current(self) -> bool:
        """Whether the page that is up is loaded."""
        roots = self._engine.rootObjects() if self._engine is not None else []
        return bool(roots) and roots[0].property("shown") == str(self.session.stage)

    def close(self) -> None:
        """Let go of the pages before the application ends."""
        self.narrator.close()
        self._types = None
        if self._translator is not None:
            # the application's, not the screen's: whoever opens another one would begin in this language
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
        if self._engine is not None:
            # at once and before the view models: a page that outlived them would read from nothing
            shiboken6.delete(self._engine)
            self._engine = None

    def _speak(self, language: Language, preferences: Preferences) -> None:
        """Switch language and look; a page that is up changes at once."""
        if language is self._language and preferences == self._preferences:
            return
        spoken_before = self._language
        if language is not self._language:
            if self._translator is not None:
                QCoreApplication.removeTranslator(self._translator)
                self._translator = None
            if language is not Language.ZH_HANS:
                translator = QTranslator(self)
                if translator.load(str(TRANSLATIONS / f"kiosk_{language.replace('-', '_')}.qm")):
                    QCoreApplication.installTranslator(translator)
                    self._translator = translator
                else:
                    log.error("no translation for %s in %s", language, TRANSLATIONS)
        self._language, self._preferences = language, preferences
        self._look()
        if self._engine is not None and language is not spoken_before:
            self._engine.retranslate()

    def _look(self) -> None:
        if self._engine is None:
            return
        language = self._language or self._desk.settings.languages.default
        look = Look(
            accent=self._desk.settings.city.accent,
            pixels_per_mm=self._pixels_per_mm,
            elder=self._preferences.elder,
            high_contrast=self._preferences.high_contrast,
            low_reach=self._preferences.low_reach,
            guided=self._preferences.guided,
            # whoever needs things plain can stop what moves (WCAG 2.2, 2.2.2)
            reduced_motion=self._preferences.high_contrast,
            dark=self.session.stage is Stage.ATTRACT and self._desk.settings.attract.look is AttractLook.DARK,
            language=str(language),
        )
        if look != self._applied:
            apply_look(self._engine, look)
            self._applied = look


def _payable(session: Session) -> str:
    """Return the payment code that is on the screen; empty for none."""
    bill = session.bill
    if session.stage is not Stage.PAY or bill is None or bill.payment is None or not bill.open:
        return ""
    return bill.payment.qr
