"""Which page shows which stage of a session, and with which view model; its type is loaded before it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtQml import QQmlComponent, QQmlEngine

from kiosk.session.state import Stage
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
from ui.models.page import PageModel
from ui.models.paying import BenefitModel, NumberModel, PayModel
from ui.models.question import QuestionModel
from ui.models.queueing import HallsModel, TicketModel
from ui.models.reviewing import ReviewModel
from ui.models.sheets import LicencesModel, SheetModel, UsesModel
from ui.models.tasks import TasksModel
from ui.models.withdrawing import WithdrawModel

FOLDER: Final = Path(__file__).with_name("pages")


@dataclass(frozen=True, kw_only=True, slots=True)
class PageType:
    """A page as QML knows it."""

    name: str
    """Its QML type."""
    takes: str
    """The property it takes its view model by."""
    model: type[PageModel]

    @property
    def file(self) -> Path:
        """Where it is written."""
        return FOLDER / f"{self.name}.qml"


def _page(name: str, takes: str, model: type[PageModel]) -> PageType:
    return PageType(name=name, takes=takes, model=model)


_QUESTION: Final = _page("QuestionPage", "question", QuestionModel)

PAGES: Final[dict[Stage, PageType]] = {
    Stage.ATTRACT: _page("AttractPage", "attract", AttractModel),
    Stage.FIND: _page("FindPage", "find", FindModel),
    Stage.BASKET: _page("BasketPage", "basket", BasketModel),
    Stage.SITUATION: _QUESTION,
    Stage.GUIDE: _page("GuidePage", "guide", GuideModel),
    Stage.NOTICE: _page("NoticePage", "notice", NoticeModel),
    Stage.DOCUMENT: _page("DocumentPage", "document", DocumentModel),
    Stage.VERIFY: _page("VerifyPage", "verify", VerifyModel),
    Stage.FETCH: _page("FetchPage", "fetch", FetchModel),
    Stage.RESUME: _page("ResumePage", "resume", ResumeModel),
    Stage.BEHALF: _page("BehalfPage", "behalf", BehalfModel),
    Stage.CONFIRM: _page("ConfirmPage", "confirm", ConfirmModel),
    Stage.TASKS: _page("TasksPage", "tasks", TasksModel),
    Stage.QUESTION: _QUESTION,
    Stage.MATERIALS: _page("MaterialsPage", "materials", MaterialsModel),
    Stage.CAMERA: _page("CameraPage", "camera", CameraModel),
    Stage.PROMISE: _page("PromisePage", "promise", PromiseModel),
    Stage.REVIEW: _page("ReviewPage", "review", ReviewModel),
    Stage.CHANGE: _page("ChangePage", "change", ChangeModel),
    Stage.SIGN: _page("SignPage", "sign", SignModel),
    Stage.OUTCOMES: _page("OutcomesPage", "outcomes", OutcomesModel),
    Stage.RECEIPT: _page("ReceiptPage", "receipt", ReceiptModel),
    Stage.RATING: _page("RatingPage", "rating", RatingModel),
    Stage.GOODBYE: _page("GoodbyePage", "goodbye", GoodbyeModel),
    Stage.KEPT: _page("KeptPage", "kept", KeptModel),
    Stage.HELPER: _page("HelperPage", "helper", HelperModel),
    Stage.MINE: _page("MinePage", "mine", MineModel),
    Stage.CASE: _page("CasePage", "matter", CaseModel),
    Stage.WITHDRAW: _page("WithdrawPage", "withdrawal", WithdrawModel),
    Stage.LICENCES: _page("LicencesPage", "licences", LicencesModel),
    Stage.SHEET: _page("SheetPage", "sheet", SheetModel),
    Stage.USES: _page("UsesPage", "uses", UsesModel),
    Stage.BENEFIT: _page("BenefitPage", "benefit", BenefitModel),
    Stage.NUMBER: _page("NumberPage", "numbered", NumberModel),
    Stage.PAY: _page("PayPage", "payment", PayModel),
    Stage.HALLS: _page("HallsPage", "queue", HallsModel),
    Stage.TICKET: _page("TicketPage", "ticket", TicketModel),
    Stage.COMPLAIN: _page("ComplainPage", "plea", ComplainModel),
    Stage.COMPLAINT: _page("ComplaintPage", "plea", ComplaintModel),
    Stage.DELIVERY: _page("DeliveryPage", "delivery", DeliveryModel),
}


class PageTypes(QObject):
    """The types of pages in one engine: each is loaded once, and stays.

    A type is loaded here, from Python, and not by the ``Loader`` that shows it: Qt's loader thread asks an installed
    translator for words and needs the interpreter's lock for it, which whoever waits for that thread must not hold.
    ``QQmlComponent`` lets go of it; a signal of Python's, in which a ``Loader`` is told of another page, may not.

    Args:
        engine: Of the window.
        told: Called with what QML says of a page that does not load.
    """

    def __init__(self, engine: QQmlEngine, told: Callable[[str], None]) -> None:
        super().__init__(engine)
        self._engine = engine
        self._told = told
        self._loaded: dict[str, QQmlComponent] = {}
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._load_another)

    def load(self, page: PageType) -> None:
        """Load the type of a page that is about to be shown; nothing when it is there."""
        if page.name in self._loaded:
            return
        component = QQmlComponent(self._engine, QUrl.fromLocalFile(str(page.file)), self)
        if component.isError():
            self._told(component.errorString())
        self._loaded[page.name] = component

    def load_the_rest(self) -> None:
        """Load every other page, one each time nothing else is due."""
        self._turns.start()

    def _load_another(self) -> None:
        missing = next((page for page in PAGES.values() if page.name not in self._loaded), None)
        if missing is None:
            self._turns.stop()
        else:
            self.load(missing)
