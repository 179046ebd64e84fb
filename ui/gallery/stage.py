"""A window that shows one page at a time, in one language, layout and size of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSizeF, QTranslator
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent
from PySide6.QtQuick import QQuickItem, QQuickWindow

import ui.models.letters
import ui.models.narrator
import ui.models.rare
import ui.models.writing  # noqa: F401  # makes the type known to QML
from kiosk import settings
from kiosk.catalogue import Catalogue, load
from kiosk.session.events import Intent
from kiosk.session.preferences import Preferences
from kiosk.session.state import Session
from kiosk.settings import Layout
from kiosk.settings.model import AttractLook
from kiosk.words import Language, load_sentences
from ui.frames import FrameProvider
from ui.gallery.every import EVERY
from ui.gallery.machines import shaped
from ui.gallery.over import OVER
from ui.gallery.scenes import Scene, Story
from ui.models.attracting import AttractModel
from ui.models.basket import BasketModel
from ui.models.cases import CaseModel
from ui.models.changing import ChangeModel
from ui.models.complaining import ComplainModel, ComplaintModel
from ui.models.delivering import DeliveryModel
from ui.models.finding import FindModel, NoticeModel
from ui.models.finishing import GoodbyeModel, OutcomesModel, RatingModel, ReceiptModel, SignModel
from ui.models.gathering import CameraModel, MaterialsModel, PromiseModel
from ui.models.guide import GuideModel
from ui.models.identifying import ConfirmModel, DocumentModel, FetchModel, VerifyModel
from ui.models.keeping import BehalfModel, HelperModel, KeptModel, ResumeModel
from ui.models.mine import MineModel
from ui.models.page import Desk, PageModel
from ui.models.paying import BenefitModel, NumberModel, PayModel
from ui.models.question import QuestionModel
from ui.models.queueing import HallsModel, TicketModel
from ui.models.reviewing import ReviewModel
from ui.models.sheets import LicencesModel, SheetModel, UsesModel
from ui.models.shell import ShellModel
from ui.models.tasks import TasksModel
from ui.models.withdrawing import WithdrawModel
from ui.painting import painted
from ui.theme import Front, Look, add_image_providers, apply_look
from ui.translations import load_translations

ROOT: Final = Path(__file__).parents[2]

MODELS: Final[dict[str, tuple[str, type[PageModel]]]] = {
    "AttractPage": ("attract", AttractModel),
    "FindPage": ("find", FindModel),
    "BasketPage": ("basket", BasketModel),
    "QuestionPage": ("question", QuestionModel),
    "GuidePage": ("guide", GuideModel),
    "NoticePage": ("notice", NoticeModel),
    "DocumentPage": ("document", DocumentModel),
    "VerifyPage": ("verify", VerifyModel),
    "FetchPage": ("fetch", FetchModel),
    "ConfirmPage": ("confirm", ConfirmModel),
    "ResumePage": ("resume", ResumeModel),
    "BehalfPage": ("behalf", BehalfModel),
    "KeptPage": ("kept", KeptModel),
    "HelperPage": ("helper", HelperModel),
    "TasksPage": ("tasks", TasksModel),
    "MaterialsPage": ("materials", MaterialsModel),
    "CameraPage": ("camera", CameraModel),
    "PromisePage": ("promise", PromiseModel),
    "ReviewPage": ("review", ReviewModel),
    "ChangePage": ("change", ChangeModel),
    "SignPage": ("sign", SignModel),
    "OutcomesPage": ("outcomes", OutcomesModel),
    "ReceiptPage": ("receipt", ReceiptModel),
    "RatingPage": ("rating", RatingModel),
    "MinePage": ("mine", MineModel),
    "CasePage": ("matter", CaseModel),
    "WithdrawPage": ("withdrawal", WithdrawModel),
    "LicencesPage": ("licences", LicencesModel),
    "SheetPage": ("sheet", SheetModel),
    "UsesPage": ("uses", UsesModel),
    "BenefitPage": ("benefit", BenefitModel),
    "NumberPage": ("numbered", NumberModel),
    "PayPage": ("payment", PayModel),
    "HallsPage": ("queue", HallsModel),
    "TicketPage": ("ticket", TicketModel),
    "ComplainPage": ("plea", ComplainModel),
    "ComplaintPage": ("plea", ComplaintModel),
    "DeliveryPage": ("delivery", DeliveryModel),
    "GoodbyePage": ("goodbye", GoodbyeModel),
}
"""By QML type: the property the page takes its view model by, and the view model."""

DEFAULTS: Final = Preferences()
"""Of somebody who has chosen nothing."""

SHEETS: Final = {"languageWanted": "languages", "seeHearWanted": "see-hear", "helpWanted": "help"}
"""By signal of a page: what is laid over it."""

DIAGONAL_MM: Final = {Layout.PORTRAIT: 546.0, Layout.LANDSCAPE: 546.0, Layout.BANK: 432.0}


class Stage(QObject):
    """Shows scenes.

    Args:
        language: BCP 47 tag.
        layout: ``portrait``, ``landscape`` or ``bank``.
        preferences: What the citizen chose: elder mode, high contrast, low reach.
        post: Takes the intents of the page; nobody does otherwise.
        catalogue: Loaded already; otherwise it is loaded.
        keyboard: Whether there is a keyboard at the lower edge.
        scale: Smaller than the panel, as a whole.
        reduced_motion: Nothing moves by itself.
        now: The clock on the wall; None: it stands still.

    Attributes:
        story: The citizen of the scene that is up.
        window: The window it stands in.
        engine: The window's.
        page: The page that is up.
    """

    story: Story
    page: QQuickItem

    def __init__(
        self,
        *,
        language: str = "zh-Hans",
        layout: str = "portrait",
        preferences: Preferences = DEFAULTS,
        post: Callable[[Intent], None] = lambda _: None,
        catalogue: Catalogue | None = None,
        keyboard: bool = False,
        scale: float = 1.0,
        reduced_motion: bool = False,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._application = QGuiApplication.instance() or QGuiApplication([])
        super().__init__()
        shape = Layout(layout)
        chosen = shaped(settings.load(settings.PROFILES / "simulated.toml"), shape)
        self._language = Language(language)
        self._preferences = preferences
        self._catalogue = catalogue or load(chosen.catalogue)
        self._desk = Desk(
            catalogue=self._catalogue,
            settings=chosen,
            sentences=load_sentences(settings.ASSETS / "i18n" / "sentences.yaml"),
            post=post,
            now=now,
        )
        self._translator: QTranslator | None = None
        if self._language is not Language.ZH_HANS:
            self._translator = load_translations(language)
            QCoreApplication.installTranslator(self._translator)
        width, height = shape.size_px
        self.window = QQuickWindow()
        self.window.resize(round(scale * width), round(scale * height))
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(ROOT))
        self.engine.addImportPath(str(ROOT / "ui" / "keyboard"))
        add_image_providers(self.engine, Front.of(chosen))
        self._frames = FrameProvider()
        self.engine.addImageProvider("frames", self._frames)
        self.pixels_per_mm = scale * (width**2 + height**2) ** 0.5 / DIAGONAL_MM[shape]
        self._look = Look(
            pixels_per_mm=self.pixels_per_mm,
            elder=preferences.elder,
            high_contrast=preferences.high_contrast,
            low_reach=preferences.low_reach,
            guided=preferences.guided,
            reduced_motion=reduced_motion,
            language=language,
            accent=chosen.city.accent,
        )
        apply_look(self.engine, self._look)
        self._shell = ShellModel(self._desk, self)
        self._model: PageModel | None = None
        self._page: QQuickItem | None = None
        self._over: QQuickItem | None = None
        if keyboard:
            component = QQmlComponent(self.engine, "ui.pages", "Keyboard")
            self._keyboard = component.create()
            if not isinstance(self._keyboard, QQuickItem):
                raise ValueError(f"Keyboard: {component.errorString()}")
            self._keyboard.setParentItem(self.window.contentItem())
            self._keyboard.setParent(self)

    def show(self, name: str) -> QQuickWindow:
        """Put the scene ``name`` up and return its window, painted.

        Raises:
            ValueError: The page does not load; the text is what QML says of it.
        """
        scene: Scene = {**EVERY, **OVER}[name]
        return self.tell(scene.story(Story(self._catalogue, self._language, self._preferences)), scene)

    def tell(self, story: Story, scene: Scene) -> QQuickWindow:
        """Put up where ``story`` is, on the page of ``scene`` and under what lies over it; as ``show``."""
        self._clear()
        self.story = story
        model, kind = MODELS[scene.page]
        desk = scene.desk(self._desk)
        self._model = kind(desk, self)
        dark = scene.page == "AttractPage" and desk.settings.attract.look is AttractLook.DARK
        if dark is not self._look.dark:
            self._look = replace(self._look, dark=dark)
            apply_look(self.engine, self._look)
        self.update(self.story.session)
        component = QQmlComponent(self.engine, "ui.pages", scene.page)
        properties: dict[str, object] = {"shell": self._shell, model: self._model}
        if scene.page == "CameraPage":
            properties["live"] = self._frames.counter
        page = component.createWithInitialProperties(properties)
        if not isinstance(page, QQuickItem):
            raise ValueError(f"{scene.page}: {component.errorString()}")  # noqa: TRY004  # a page that does not load is no wrong argument
        self.page = self._page = page
        page.setObjectName("page")
        page.setParentItem(self.window.contentItem())
        page.setParent(self)
        page.setSize(QSizeF(self.window.size()))
        for wanted, sheet in SHEETS.items():
            getattr(page, wanted).connect(partial(self._lay_over, sheet))
        if scene.over or story.session.idle is not None or story.session.leaving:
            self._lay_over(scene.over)
        self.window.show()
        self.picture()
        return self.window

    def update(self, session: Session) -> None:
        """Show another session on the page that is up."""
        if self._model is not None:
            self._model.show(session)
        self._shell.show(session)

    def picture(self) -> QImage:
        """Return what is on the window, once everything that is due is painted."""
        painted(self.window)
        return self.window.grabWindow()

    def close(self) -> None:
        """Let go of the page, the language, the window and the engine.

        At once: left to Python's collector they would go in the middle of whatever is shown next.
        """
        self._clear()
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
        shiboken6.delete(self.window)
        shiboken6.delete(self.engine)

    def _lay_over(self, sheet: str) -> None:
        """Lay over the page what may lie over every page: a sheet, or what the session asks."""
        if self._over is None:
            component = QQmlComponent(self.engine, "ui.pages", "Overlays")
            over = component.createWithInitialProperties({"shell": self._shell})
            if not isinstance(over, QQuickItem):
                raise ValueError(f"Overlays: {component.errorString()}")
            over.setParentItem(self.window.contentItem())
            over.setParent(self)
            over.setSize(QSizeF(self.window.size()))
            self._over = over
        self._over.setProperty("sheet", sheet)

    def _clear(self) -> None:
        if self._over is not None:
            self._over.setParentItem(None)  # type: ignore[arg-type]  # as below
            _delete(self._over)
            self._over = None
        if self._page is not None:
            self._page.setParentItem(None)  # type: ignore[arg-type]  # Qt takes no parent; its stub does not say so
            _delete(self._page)  # before its view model: a page that outlived it would read from nothing
            self._page = None
        if self._model is not None:
            _delete(self._model)
            self._model = None


def _delete(each: QObject) -> None:
    """Delete what QML knows, by Qt's own way and now."""
    each.deleteLater()
    QCoreApplication.sendPostedEvents(each, QEvent.Type.DeferredDelete.value)
