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

from kiosk.session.preferences import Preferences
from kiosk.session.state import Session, Stage
from kiosk.words import Language
from ui.frames import FrameProvider
from ui.models.attracting import AttractModel
from ui.models.basket import BasketModel
from ui.models.cases import CaseModel
from ui.models.changing import ChangeModel
from ui.models.complaining import ComplainModel, ComplaintModel
from ui.models.delivering import DeliveryModel
from ui.models.dock import DockModel
from ui.models.finding import FindModel, NoticeModel
from ui.models.finishing import GoodbyeModel, OutcomesModel, RatingModel, ReceiptModel, SignModel
from ui.models.gathering import CameraModel, MaterialsModel, PromiseModel
from ui.models.guide import GuideModel
from ui.models.identifying import ConfirmModel, DocumentModel, FetchModel, VerifyModel
from ui.models.keeping import BehalfModel, HelperModel, KeptModel, ResumeModel
from ui.models.mine import MineModel
from ui.models.narrator import NarratorModel
import ui.models.writing  # noqa: F401  # makes the type known to QML
from ui.models.page import Desk, PageModel
from ui.models.paying import BenefitModel, NumberModel, PayModel
from ui.models.question import QuestionModel
from ui.models.queueing import HallsModel, TicketModel
from ui.models.reviewing import ReviewModel
from ui.models.sheets import LicencesModel, SheetModel, UsesModel
from ui.models.shell import ShellModel
from ui.models.tasks import TasksModel
from ui.models.withdrawing import WithdrawModel
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
PROPERTIES: Final = {"case": "matter", "withdraw": "withdrawal", "number": "numbered", "pay": "payment"}
"""Properties of the window that are not called as their page is: ``case`` is a word of QML's own."""


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
        self._models: dict[str, PageModel] = {
            "attract": self.attract,
            "find": FindModel(desk, self),
            "basket": BasketModel(desk, self),
            "question": self.question,
            "guide": GuideModel(desk, self),
            "notice": NoticeModel(desk, self),
            "document": DocumentModel(desk, self),
            "verify": VerifyModel(desk, self),
            "fetch": FetchModel(desk, self),
            "confirm": ConfirmModel(desk, self),
            "resume": ResumeModel(desk, self),
            "behalf": BehalfModel(desk, self),
            "kept": KeptModel(desk, self),
            "helper": HelperModel(desk, self),
            "tasks": TasksModel(desk, self),
            "materials": MaterialsModel(desk, self),
            "camera": CameraModel(desk, self),
            "promise": PromiseModel(desk, self),
            "review": ReviewModel(desk, self),
            "change": ChangeModel(desk, self),
            "sign": SignModel(desk, self),
            "outcomes": OutcomesModel(desk, self),
            "receipt": ReceiptModel(desk, self),
            "rating": RatingModel(desk, self),
            "mine": MineModel(desk, self),
            "case": CaseModel(desk, self),
            "withdraw": WithdrawModel(desk, self),
            "licences": LicencesModel(desk, self),
            "sheet": SheetModel(desk, self),
            "uses": UsesModel(desk, self),
            "benefit": BenefitModel(desk, self),
            "number": NumberModel(desk, self),
            "pay": PayModel(desk, self),
            "halls": HallsModel(desk, self),
            "ticket": TicketModel(desk, self),
            "complain": ComplainModel(desk, self),
            "complaint": ComplaintModel(desk, self),
            "delivery": DeliveryModel(desk, self),
            "goodbye": GoodbyeModel(desk, self),
        }
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
        models = {PROPERTIES.get(name, name): model for name, model in self._models.items()}
        properties: dict[str, object] = {
            "shell": self.shell,
            "narrator": self.narrator,
            **models,
            "live": self._frames.counter,
        }
        if self.dock is not None:
            properties["dock"] = self.dock
        engine.setInitialProperties(properties)
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
        self.session = session
        name = "question" if session.stage is Stage.SITUATION else str(session.stage)
        self._models[name].show(session)
        self.shell.show(session)
        if self.dock is not None:
            self.dock.offer(_payable(session))
        if session.stage in (Stage.ATTRACT, Stage.GOODBYE):
            self._forget(name)

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
        self.narrator.prefer(
            session.language,
            session.preferences,
            headphones=session.headphones,
            identified=session.holder is not None,
        )

    def _show_technician(self, model: TechnicianModel | None) -> None:
        before, self._technician = self._technician, model
        roots = self._engine.rootObjects() if self._engine is not None else []
        if roots and before is not model:
            roots[0].setProperty("technician", model)
        if before is not None and before is not model:
            before.deleteLater()  # after its pages: they are deleted later as well, and were told so before

    def _forget(self, shown: str) -> None:
        """Show nobody's session to every page that is not up: a view model keeps what it showed last."""
        nobody = Session(language=self.session.language)
        for name, model in self._models.items():
            if name != shown:
                model.show(nobody)

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
