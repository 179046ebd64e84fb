"""View models of find and notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import Audience, Item, OneThing
from kiosk.contract import EntitlementState
from kiosk.forms import masked
from kiosk.forms.model import Mask
from kiosk.session import beside_events, events, own_events
from kiosk.session.finding import HITS
from kiosk.session.state import Browse, Session
from ui.models.keeping import principal_named
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.services import ServiceModel, ServiceRow

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

ATTRACT_SERVICES: Final = 6
"""Services named on the attract page, and before a list is opened."""

LIFE_SIGNS: Final = {
    "birth": "baby",
    "education": "graduation-cap",
    "work": "briefcase",
    "insurance": "shield-check",
    "home": "house",
    "family": "heart",
    "vehicle": "car",
    "travel": "plane",
    "health": "stethoscope",
    "support": "hand-heart",
    "veteran": "medal",
    "retirement": "umbrella",
    "farewell": "flower-2",
    "prints": "printer",
    "start": "sprout",
    "premises": "store",
    "project": "construction",
    "staff": "users-round",
    "run": "factory",
    "permit": "stamp",
    "grow": "trending-up",
    "trade": "ship",
    "tax": "coins",
    "change": "pencil",
    "close": "log-out",
    "proof": "file-badge",
}
"""Icons of the stages of a life by id; a stage that is not here has a folder."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LifeRow:
    """A stage of a life, or of an enterprise's life."""

    life: str
    sign: str
    title: str
    count: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentRow:
    """A department to look for services under."""

    department: str
    title: str
    count: str


def featured(desk: Desk, audience: Audience | None = None) -> tuple[OneThing | Item, ...]:
    """Return the services most people come for: those the city named, then the first of the catalogue.

    Args:
        desk: What to look things up in.
        audience: Those of persons, or of enterprises; of both when it is not said.
    """
    catalogue = desk.catalogue
    named = [catalogue.service(name) for name in desk.settings.city.featured if catalogue.has_service(name)]
    wanted = (service for service in (*named, *catalogue.services()) if audience in (None, service.audience))
    found: dict[str, OneThing | Item] = {}
    for service in wanted:
        found.setdefault(service.id, service)
        if len(found) == ATTRACT_SERVICES:
            break
    return tuple(found.values())


class _Shelves:
    """The services of a catalogue by stage of life and by department: sorted once, not at every touch."""

    def __init__(self, services: Iterable[OneThing | Item]) -> None:
        self.by_life: dict[str, list[OneThing | Item]] = {}
        self.by_department: dict[str, list[OneThing | Item]] = {}
        for service in services:
            self.by_life.setdefault(service.stage, []).append(service)
            lead = service.lead if isinstance(service, OneThing) else service.department
            self.by_department.setdefault(lead, []).append(service)


@QmlElement
class FindModel(ServiceModel):
    """View model of the page where a service is found."""

    changed = Signal()
    listChanged = Signal()  # noqa: N815  # as QML writes it

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._shelves: _Shelves | None = None
        self._services = Rows(ServiceRow, self)
        self._departments = Rows(DepartmentRow, self)
        self._lives = Rows(LifeRow, self)
        self._list: tuple[str, ...] = ()
        self._place = -1

    def show(self, session: Session) -> None:
        """Show ``session``; what nobody looks through is not listed."""
        self._session = session
        if not session.id:
            self._forget()
            return
        if self._shelves is None:
            self._shelves = _Shelves(self.desk.catalogue.services())
        here = (str(session.browse), str(session.audience), session.life, session.department, session.query)
        other = here != self._list
        if other:
            self._list, self._place = here, -1
        rows = [self._row(session, service) for service in self._listed(session, self._shelves)]
        (self._services.show_others if other else self._services.show)(rows)
        self._lives.show(self._life_rows(session, self._shelves) if session.browse is Browse.THEMES else [])
        by_department = session.browse is Browse.DEPARTMENTS and not session.department
        self._departments.show(self._department_rows(session, self._shelves) if by_department else [])
        self.changed.emit()
        if other:
            self.listChanged.emit()

    def _forget(self) -> None:
        """Keep nothing of what somebody looked for."""
        self._list, self._place = (), -1
        for rows in (self._services, self._departments, self._lives):
            rows.show([])
        self.changed.emit()

    def _row(self, session: Session, service: OneThing | Item) -> ServiceRow:
        """Return how a service stands in the list; those most people come for stand in no part of one."""
        row = self.service_row(session, service)
        listed = session.life or session.department or session.query
        return row if listed else replace(row, group="")

    def _listed(self, session: Session, shelves: _Shelves) -> Iterable[OneThing | Item]:
        if session.query.strip():
            found = [self.desk.catalogue.service(hit.id) for hit in session.hits]
            return sorted(found, key=lambda service: not isinstance(service, OneThing))
        match session.browse:
            case Browse.DEPARTMENTS:
                return shelves.by_department.get(session.department, ())
            case Browse.THEMES if session.life:
                return shelves.by_life.get(session.life, ())
            case Browse.THEMES:
                return featured(self.desk, session.audience)
            case Browse.SEARCH:
                return ()

    def _life_rows(self, session: Session, shelves: _Shelves) -> list[LifeRow]:
        return [
            LifeRow(
                life=life.id,
                sign=LIFE_SIGNS.get(life.id, "folder-open"),
                title=life.name.in_(session.language),
                count=self._counted(shelves.by_life[life.id]),
            )
            for life in self.desk.catalogue.stages.values()
            if life.audience is session.audience and life.id in shelves.by_life and not session.life
        ]

    def _department_rows(self, session: Session, shelves: _Shelves) -> list[DepartmentRow]:
        return [
            DepartmentRow(
                department=department.id,
                title=self._short(department.name.in_(session.language), session),
                count=self._counted(shelves.by_department[department.id]),
            )
            for department in self.desk.catalogue.departments.values()
            if department.id in shelves.by_department
        ]

    def _short(self, name: str, session: Session) -> str:
        """Return a department's name without the city's, which stands at the top of the page."""
        return name.removeprefix(self.desk.settings.city.name.in_(session.language)).strip()

    def _counted(self, services: list[OneThing | Item]) -> str:
        return self.tr("{n} 件").format(n=len(services))

    @Property(QObject, constant=True)
    def services(self) -> QObject:
        """``ServiceRow``s: those most people come for, of a stage, of a department, or found."""
        return self._services

    @Property(QObject, constant=True)
    def lives(self) -> QObject:
        """``LifeRow``s, none while a stage is open."""
        return self._lives

    @Property(QObject, constant=True)
    def departments(self) -> QObject:
        """``DepartmentRow``s, none while a department is open."""
        return self._departments

    @Property(str, notify=changed)
    def browse(self) -> str:
        """``themes``, ``departments`` or ``search``."""
        return str(self._session.browse)

    @Property(str, notify=changed)
    def audience(self) -> str:
        """``person`` or ``enterprise``."""
        return str(self._session.audience)

    @Property(str, notify=changed)
    def listTitle(self) -> str:  # noqa: N802  # as QML writes it
        """What is listed and how much of it; empty where the page says it already."""
        session, catalogue, count = self._session, self.desk.catalogue, len(self._services.rows())
        if session.query.strip():
            if count == HITS:
                return self.tr("最接近的 {n} 件").format(n=count)
            return self.tr("找到 {n} 件").format(n=count) if count else ""
        if session.life in catalogue.stages:
            name = catalogue.stages[session.life].name.in_(session.language)
        elif session.department in catalogue.departments:
            name = catalogue.departments[session.department].name.in_(session.language)
        else:
            return self.tr("大家常办") if session.browse is Browse.THEMES else ""
        return self.tr("{name} · {n} 件").format(name=name, n=count)

    @Property(bool, notify=changed)
    def opened(self) -> bool:
        """Whether one stage or one department is open, and back leads to all of them."""
        return bool(self._session.life or self._session.department)

    @Property(str, notify=changed)
    def query(self) -> str:
        """What was searched for."""
        return self._session.query

    @Property(bool, notify=changed)
    def nothingFound(self) -> bool:  # noqa: N802
        """Whether the search found nothing."""
        return bool(self._session.query.strip()) and not self._session.hits

    @Property(bool, notify=changed)
    def scannerReady(self) -> bool:  # noqa: N802
        """Whether a guide's QR can be held to the scanner."""
        return self._session.works("scanner")

    @Property(int)
    def place(self) -> int:
        """Which row was the uppermost when the page was left, -1 for the top: who comes back finds it there."""
        return self._place

    @Slot(int)
    def keepPlace(self, row: int) -> None:  # noqa: N802
        """Remember the uppermost row."""
        self._place = row

    @Slot(str)
    def search(self, query: str) -> None:
        """Search in everyday words."""
        self.post(events.Searched(query=query))

    @Slot()
    def openQueue(self) -> None:  # noqa: N802  # as QML writes it
        """Give me a number for the counter."""
        self.post(beside_events.QueueWanted())

    @Slot()
    def openMine(self) -> None:  # noqa: N802
        """Show me what is mine."""
        self.post(own_events.MineWanted())

    @Slot()
    def openNumber(self) -> None:  # noqa: N802
        """Look a case up by its number."""
        self.post(own_events.NumberWanted())

    @Slot(str)
    def showBy(self, browse: str) -> None:  # noqa: N802
        """Look another way: ``themes``, ``departments`` or ``search``."""
        self.post(events.Browsed(browse=Browse(browse)))

    @Slot(str)
    def showFor(self, audience: str) -> None:  # noqa: N802
        """Look through a person's life, or an enterprise's."""
        self.post(events.Browsed(browse=Browse.THEMES, audience=Audience(audience)))

    @Slot(str)
    def showLife(self, life: str) -> None:  # noqa: N802
        """Look at the services of one stage of a life."""
        self.post(events.Browsed(browse=Browse.THEMES, life=life))

    @Slot(str)
    def showDepartment(self, department: str) -> None:  # noqa: N802
        """Look at the services of one department."""
        self.post(events.Browsed(browse=Browse.DEPARTMENTS, department=department))

    @Slot(str)
    def choose(self, service: str) -> None:
        """Open a service."""
        self.post(events.ServiceChosen(service=service))

    @Slot(str, bool)
    def add(self, item: str, on: bool) -> None:  # Qt hands over a plain bool
        """Put an item into the basket, or take it out."""
        self.post(events.BasketFilled(items=(item,)) if on else events.BasketTaken(item=item))


@QmlElement
class NoticeModel(PageModel):
    """View model of the notice (告知)."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._text = self._agent = self._principal = self._entitled = ""
        self._behalf = self._verified = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._text = self.says(session, session.matter.notice if session.matter else None)
        self._behalf, self._verified = session.behalf, session.verified
        self._agent = "" if session.holder is None else masked(session.holder.name, Mask.NAME)
        self._principal = "" if session.mandate is None else principal_named(session.mandate)
        self._entitled = self._waits_besides(session)
        self.changed.emit()

    def _waits_besides(self, session: Session) -> str:
        """Return what a verified person is entitled to besides, in a line."""
        every = () if session.mine is None else session.mine.entitlements.entitlements
        names = [each.name.in_(session.language) for each in every if each.state is EntitlementState.ENTITLED]
        if not names or session.mandate is not None:
            return ""
        return self.tr("您另外可以直接领：{name}。办完这件事，在“我的办件和证照”里领。").format(name=names[0])

    @Property(str, notify=changed)
    def agent(self) -> str:
        """Masked name of who was verified; empty before."""
        return self._agent

    @Property(str, notify=changed)
    def principal(self) -> str:
        """For whom it is, masked; empty for oneself."""
        return self._principal

    @Property(bool, notify=changed)
    def behalf(self) -> bool:
        """Whether it is said to be for somebody else, not yet for whom."""
        return self._behalf and not self._verified

    @Property(bool, notify=changed)
    def verified(self) -> bool:
        """Whether it is known already who stands here."""
        return self._verified

    @Property(str, notify=changed)
    def entitled(self) -> str:
        """What they may take besides, in a line; empty for nothing."""
        return self._entitled

    @Slot()
    def actForOther(self) -> None:  # noqa: N802  # as QML writes it
        """It is for somebody else; or for oneself after all."""
        self.post(events.BehalfWanted())

    @Property(str, notify=changed)
    def text(self) -> str:
        """What is fetched, why, how long it is kept; paragraphs by line."""
        return self._text

    @Slot()
    def accept(self) -> None:
        """I have read it and go on."""
        self.post(events.Next())
