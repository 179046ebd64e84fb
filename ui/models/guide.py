"""View model of the guide of a matter."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Item, Matter
from kiosk.session import events, guiding
from kiosk.session.state import Session
from ui.models.page import Desk
from ui.models.rows import Rows
from ui.models.saving import expected
from ui.models.services import GuidedRow, ServiceModel
from ui.models.ways import way_to_obtain

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideItemRow:
    """An item of a matter."""

    item: str
    title: str
    department: str
    how: str
    """How it ends."""
    steps: str
    """Steps whose days are not counted in the promise."""
    choosable: bool
    """One of several: it may be done together with other things, without the rest."""
    added: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideMaterialRow:
    """A material of a matter and what the citizen has to do about it."""

    title: str
    how: str
    bring: bool
    """Whether the citizen must have it at hand."""


@QmlElement
class GuideModel(ServiceModel):
    """View model of the guide of a matter."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._items = Rows(GuideItemRow, self)
        self._guided = Rows(GuidedRow, self)
        self._materials = Rows(GuideMaterialRow, self)
        self._name = self._summary = self._saving = self._total = self._time = self._fee = self._questions = (
            self._basis
        ) = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        matter = session.matter
        if matter is None:
            self._forget()
            return
        language, everything = session.language, guiding.everything(matter)
        filed, guided = matter.items, matter.guided
        self._name = matter.name.in_(language)
        self._summary = (matter.theme or everything[0]).summary.in_(language)
        self._items.show([self._item_row(session, matter, item) for item in filed])
        self._guided.show([self.guided_row(session, item) for item in guided])
        rows = []
        for need in matter.materials if filed else ():
            how, bring = way_to_obtain(need)
            rows.append(GuideMaterialRow(title=need.material.name.in_(language), how=how, bring=bring))
        self._materials.show(sorted(rows, key=lambda row: not row.bring))
        said = expected(self.desk.catalogue, matter, session.answers)
        self._total, self._saving, self._questions = (
            (said.spared, said.saving, said.questions) if filed else ("", "", "")
        )
        self._time = self.time_of(filed) if filed else ""
        self._fee = self.fee_of(everything)
        self._basis = "；".join(dict.fromkeys(basis for item in everything for basis in item.legal_basis))
        self.show_offers(session)
        self.changed.emit()

    def _item_row(self, session: Session, matter: Matter, item: Item) -> GuideItemRow:
        return GuideItemRow(
            item=item.id,
            title=item.name.in_(session.language),
            department=self.desk.catalogue.departments[item.department].name.in_(session.language),
            how=self.ends(item),
            steps=self.steps(item),
            choosable=len(guiding.everything(matter)) > 1,
            added=item.id in session.basket,
        )

    def _forget(self) -> None:
        """Keep nothing of what somebody looked at."""
        self._name = self._summary = self._saving = self._total = self._time = self._fee = self._questions = (
            self._basis
        ) = ""
        for rows in (self._items, self._guided, self._materials):
            rows.show([])
        self.show_offers(Session())
        self.changed.emit()

    @Property(str, notify=changed)
    def name(self) -> str:
        """Name of the matter."""
        return self._name

    @Property(str, notify=changed)
    def summary(self) -> str:
        """What it does for the citizen."""
        return self._summary

    @Property(QObject, constant=True)
    def items(self) -> QObject:
        """``GuideItemRow``s: what is applied for here."""
        return self._items

    @Property(QObject, constant=True)
    def guided(self) -> QObject:
        """``GuidedRow``s: what is done at a counter."""
        return self._guided

    @Property(QObject, constant=True)
    def materials(self) -> QObject:
        """``GuideMaterialRow``s, what must be at hand first."""
        return self._materials

    @Property(str, notify=changed)
    def spared(self) -> str:
        """How many fields and papers less to expect, in one line; empty when none."""
        return self._total

    @Property(str, notify=changed)
    def saving(self) -> str:
        """What the merge spares, in plain words."""
        return self._saving

    @Property(str, notify=changed)
    def questions(self) -> str:
        """How much is asked; empty when nothing is filled in."""
        return self._questions

    @Property(str, notify=changed)
    def time(self) -> str:
        """How long it takes; empty when nothing is filed here."""
        return self._time

    @Property(str, notify=changed)
    def fee(self) -> str:
        """What it costs."""
        return self._fee

    @Property(str, notify=changed)
    def basis(self) -> str:
        """Legal basis, for the small print."""
        return self._basis

    @Property(bool, notify=changed)
    def guideOnly(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether nothing is filed here: the page ends with its paper."""
        return self._session.matter is not None and not self._session.matter.items

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far the printed guide has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.guide_paper)

    def _is_in(self, matter: Matter | None) -> bool:
        return matter is not None and all(item.id in self._session.basket for item in guiding.everything(matter))

    @Property(bool, notify=changed)
    def inBasket(self) -> bool:  # noqa: N802
        """Whether all of it is in the basket."""
        return self._is_in(self._session.matter)

    @Property(bool, notify=changed)
    def joinable(self) -> bool:
        """Whether it can be done together with other things; after something was submitted it is done by itself."""
        return not self._session.submissions

    @Property(bool, notify=changed)
    def unprintable(self) -> bool:
        """No receipt can be printed now: said before anything is begun."""
        return self._session.unprintable != ""

    @Slot()
    def start(self) -> None:
        """Begin; of a guide, print it, and then end."""
        self.post(events.Next())

    @Slot()
    def printGuide(self) -> None:  # noqa: N802
        """Print where to go and what to bring."""
        self.post(events.GuideWanted())

    @Slot()
    def join(self) -> None:
        """Do all of it together with other things; when it is in the basket already, look at that."""
        matter = self._session.matter
        if matter is None or self._is_in(matter):
            self.post(events.BasketOpened())
            return
        self.post(events.BasketFilled(items=tuple(item.id for item in guiding.everything(matter))))

    @Slot(str, bool)
    def choose(self, item: str, on: bool) -> None:  # Qt hands over a plain bool
        """Put one of its items into the basket, or take it out."""
        self.post(events.BasketFilled(items=(item,)) if on else events.BasketTaken(item=item))

    @Slot(str)
    def addOffer(self, item: str) -> None:  # noqa: N802
        """Do what is offered together with this matter."""
        matter = self._session.matter
        own = () if matter is None else tuple(each.id for each in guiding.everything(matter))
        self.post(events.BasketFilled(items=(*own, item)))
