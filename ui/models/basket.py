"""View model of the basket: what the citizen put together (自由组合)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue import BASKET
from kiosk.catalogue.model import Outcome
from kiosk.forms import Answers
from kiosk.session import events
from kiosk.session.state import Session
from ui.models.page import Desk
from ui.models.rows import Rows
from ui.models.saving import expected
from ui.models.services import ServiceModel

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class BasketRow:
    """An item of the basket."""

    item: str
    title: str
    department: str
    how: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictRow:
    """Two items that cannot be applied for together."""

    one: str
    one_title: str
    other: str
    other_title: str
    says: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WantedRow:
    """An item that comes before one in the basket, or together with it."""

    item: str
    wanted_title: str
    says: str


@QmlElement
class BasketModel(ServiceModel):
    """View model of the basket."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._items = Rows(BasketRow, self)
        self._conflicts = Rows(ConflictRow, self)
        self._wanted = Rows(WantedRow, self)
        self._saving = self._questions = self._time = self._fee = self._taken_out = ""
        self._filed = self._guided = 0

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        catalogue, language = self.desk.catalogue, session.language
        items = [catalogue.items[name] for name in session.basket]
        self._items.show(
            [
                BasketRow(
                    item=item.id,
                    title=item.name.in_(language),
                    department=catalogue.departments[item.department].name.in_(language),
                    how=self.ends(item),
                )
                for item in items
            ]
        )
        self._conflicts.show(
            [
                ConflictRow(
                    one=clash.item,
                    one_title=catalogue.items[clash.item].name.in_(language),
                    other=clash.other,
                    other_title=catalogue.items[clash.other].name.in_(language),
                    says=clash.says.in_(language),
                )
                for clash in catalogue.conflicts(session.basket)
            ]
        )
        self._wanted.show(
            [
                WantedRow(
                    item=wanted.before,
                    wanted_title=catalogue.items[wanted.before].name.in_(language),
                    says=wanted.says.in_(language),
                )
                for wanted in catalogue.wanted_before(session.basket)
            ]
        )
        filed = [item for item in items if item.outcome is not Outcome.GUIDED]
        self._filed, self._guided = len(filed), len(items) - len(filed)
        self._saving = self._questions = ""
        if filed and session.today is not None:
            said = expected(catalogue, catalogue.merged(BASKET, session.basket, session.today), Answers())
            self._saving, self._questions = said.saving, said.questions
        self._time, self._fee = self.time_of(filed), self.fee_of(items)
        out = session.taken_out
        self._taken_out = "" if out is None else catalogue.items[out.item].name.in_(language)
        self.show_offers(session)
        self.changed.emit()

    @Property(QObject, constant=True)
    def items(self) -> QObject:
        """``BasketRow``s."""
        return self._items

    @Property(QObject, constant=True)
    def conflicts(self) -> QObject:
        """``ConflictRow``s: what cannot be applied for together."""
        return self._conflicts

    @Property(QObject, constant=True)
    def wanted(self) -> QObject:
        """``WantedRow``s: what comes before."""
        return self._wanted

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many items are in it."""
        return len(self._session.basket)

    @Property(int, notify=changed)
    def filed(self) -> int:
        """How many of them are applied for here; the others are only explained."""
        return self._filed

    @Property(int, notify=changed)
    def guided(self) -> int:
        """How many of them are done at a counter."""
        return self._guided

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far the printed guide has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.guide_paper)

    @Property(str, notify=changed)
    def saving(self) -> str:
        """What the merge spares, in plain words."""
        return self._saving

    @Property(str, notify=changed)
    def questions(self) -> str:
        """How much is asked."""
        return self._questions

    @Property(str, notify=changed)
    def time(self) -> str:
        """How long the slowest takes."""
        return self._time

    @Property(str, notify=changed)
    def fee(self) -> str:
        """What all of it costs."""
        return self._fee

    @Property(str, notify=changed)
    def takenOut(self) -> str:  # noqa: N802  # as QML writes it
        """Name of what was taken out last and may be put back; empty for nothing."""
        return self._taken_out

    @Slot(str)
    def remove(self, item: str) -> None:
        """Take an item out."""
        self.post(events.BasketTaken(item=item))

    @Slot(str)
    def add(self, item: str) -> None:
        """Put an item in."""
        self.post(events.BasketFilled(items=(item,)))

    @Slot()
    def putBack(self) -> None:  # noqa: N802
        """Put back what was taken out last."""
        self.post(events.BasketPutBack())

    @Slot()
    def more(self) -> None:
        """Choose something more."""
        self.post(
            events.Browsed(browse=self._session.browse, life=self._session.life, department=self._session.department)
        )

    @Slot()
    def printGuide(self) -> None:  # noqa: N802
        """Print where to go and what to bring."""
        self.post(events.GuideWanted())

    @Slot()
    def start(self) -> None:
        """Begin; an empty basket leads to the services."""
        self.post(events.Next())
