"""View models of attract, find, guide and notice."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.catalogue.model import DecisionKind, Item, Matter, OneThing
from kiosk.session import events
from kiosk.session.state import Browse, Session
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.ways import way_to_obtain

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

ATTRACT_SERVICES = 6
"""Services named on the attract page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceRow:
    """A one-thing, or an item that is done alone."""

    service: str
    sign: str
    """Name of an icon."""
    title: str
    summary: str
    detail: str
    """How many departments, how it is decided."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentRow:
    """A department to look for services under."""

    department: str
    title: str
    current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideItemRow:
    """An item of a matter."""

    title: str
    department: str
    how: str
    days: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GuideMaterialRow:
    """A material of a matter and what the citizen has to do about it."""

    title: str
    how: str
    bring: bool
    """Whether the citizen must have it at hand."""


class _Services(PageModel):
    """Words about services that several pages use."""

    def service_row(self, session: Session, service: OneThing | Item) -> ServiceRow:
        """Return how a service stands in a list."""
        language = session.language
        if isinstance(service, OneThing):
            departments = {self.desk.catalogue.items[part.item].department for part in service.items}
            count = len(departments)
            detail = self.tr("{items} 个事项 · {departments} 个部门 · 一次办").format(
                items=len(service.items), departments=count
            )
            icon = service.icon
        else:
            detail = self.how(service.decision)
            icon = "file-text"
        return ServiceRow(
            service=service.id,
            sign=icon,
            title=service.name.in_(language),
            summary=service.summary.in_(language),
            detail=detail,
        )

    def how(self, decision: DecisionKind) -> str:
        """Return how an item is decided, in plain words."""
        match decision:
            case DecisionKind.INSTANT:
                return self.tr("当场办好")
            case DecisionKind.COMMITMENT:
                return self.tr("承诺后当场办好")
            case DecisionKind.INSPECTION:
                return self.tr("预约上门核查")
            case DecisionKind.STANDARD:
                return self.tr("提交后由工作人员审核")


@QmlElement
class AttractModel(_Services):
    """View model of the page that invites."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._services = Rows(ServiceRow, self)
        self._hours = ""
        self._place = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        services = self.desk.catalogue.services()[:ATTRACT_SERVICES]
        self._services.show([self.service_row(session, service) for service in services])
        self._hours = self.desk.settings.city.service_hours.in_(session.language)
        self._place = self.desk.settings.terminal.place.in_(session.language)
        self.changed.emit()

    @Property(QObject, constant=True)
    def services(self) -> QObject:
        """``ServiceRow``s."""
        return self._services

    @Property(str, notify=changed)
    def hours(self) -> str:
        """Service hours."""
        return self._hours

    @Property(str, notify=changed)
    def place(self) -> str:
        """Where the terminal stands."""
        return self._place

    @Slot()
    def start(self) -> None:
        """The first touch."""
        self.post(events.Touched(session=str(uuid4())))

    @Slot(str)
    def open(self, service: str) -> None:
        """The first touch was on a service."""
        self.start()
        self.post(events.ServiceChosen(service=service))


@QmlElement
class FindModel(_Services):
    """View model of the page where a service is found."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._services = Rows(ServiceRow, self)
        self._departments = Rows(DepartmentRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._services.show([self.service_row(session, service) for service in self._listed(session)])
        departments = [
            department
            for department in self.desk.catalogue.departments.values()
            if self.desk.catalogue.by_department(department.id)
        ]
        self._departments.show(
            [
                DepartmentRow(
                    department=department.id,
                    title=department.name.in_(session.language),
                    current=department.id == session.department,
                )
                for department in departments
            ]
        )
        self.changed.emit()

    def _listed(self, session: Session) -> list[OneThing | Item]:
        catalogue = self.desk.catalogue
        if session.query.strip():
            return [catalogue.service(hit.id) for hit in session.hits]
        if session.browse is Browse.DEPARTMENTS:
            return list(catalogue.by_department(session.department)) if session.department else []
        return list(catalogue.services())

    @Property(QObject, constant=True)
    def services(self) -> QObject:
        """``ServiceRow``s: all, of a department, or found."""
        return self._services

    @Property(QObject, constant=True)
    def departments(self) -> QObject:
        """``DepartmentRow``s."""
        return self._departments

    @Property(str, notify=changed)
    def browse(self) -> str:
        """``themes``, ``departments`` or ``search``."""
        return str(self._session.browse)

    @Property(str, notify=changed)
    def query(self) -> str:
        """What was searched for."""
        return self._session.query

    @Property(bool, notify=changed)
    def nothingFound(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether the search found nothing."""
        return bool(self._session.query.strip()) and not self._session.hits

    @Property(bool, notify=changed)
    def scannerReady(self) -> bool:  # noqa: N802
        """Whether a guide's QR can be held to the scanner."""
        return self._session.devices.get("scanner") == "ready"

    @Slot(str)
    def search(self, query: str) -> None:
        """Search in everyday words."""
        self.post(events.Searched(query=query))

    @Slot(str)
    def showBy(self, browse: str) -> None:  # noqa: N802
        """Look another way: ``themes``, ``departments`` or ``search``."""
        self.post(events.Browsed(browse=Browse(browse)))

    @Slot(str)
    def showDepartment(self, department: str) -> None:  # noqa: N802
        """Look at the services of one department."""
        self.post(events.Browsed(browse=Browse.DEPARTMENTS, department=department))

    @Slot(str)
    def choose(self, service: str) -> None:
        """Open a service."""
        self.post(events.ServiceChosen(service=service))


@QmlElement
class GuideModel(_Services):
    """View model of the guide of a matter."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._items = Rows(GuideItemRow, self)
        self._materials = Rows(GuideMaterialRow, self)
        self._name = ""
        self._summary = ""
        self._saving = ""
        self._time = ""
        self._fee = ""
        self._basis = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        matter = session.matter
        if matter is None:
            self._forget()
            return
        language = session.language
        self._name = matter.name.in_(language)
        self._summary = (matter.theme or matter.items[0]).summary.in_(language)
        self._items.show(
            [
                GuideItemRow(
                    title=item.name.in_(language),
                    department=self.desk.catalogue.departments[item.department].name.in_(language),
                    how=self.how(item.decision),
                    days=self._days(item),
                )
                for item in matter.items
            ]
        )
        rows = []
        for need in matter.materials:
            how, bring = way_to_obtain(need)
            rows.append(GuideMaterialRow(title=need.material.name.in_(language), how=how, bring=bring))
        self._materials.show(sorted(rows, key=lambda row: not row.bring))
        self._saving = self._saved(session, matter)
        longest = max(item.committed_days for item in matter.items)
        self._time = self.tr("当场出结果") if longest == 0 else self.tr("最长 {n} 个工作日").format(n=longest)
        fee = sum(item.fee_fen for item in matter.items)
        self._fee = self.tr("不收费") if fee == 0 else self.tr("{yuan} 元").format(yuan=f"{fee / 100:.2f}")
        self._basis = "；".join(dict.fromkeys(basis for item in matter.items for basis in item.legal_basis))
        self.changed.emit()

    def _forget(self) -> None:
        """Keep nothing of what somebody looked at."""
        self._name = self._summary = self._saving = self._time = self._fee = self._basis = ""
        self._items.show([])
        self._materials.show([])
        self.changed.emit()

    def _days(self, item: Item) -> str:
        if item.committed_days == 0:
            return self.tr("当场")
        return self.tr("{n} 个工作日").format(n=item.committed_days)

    def _saved(self, session: Session, matter: Matter) -> str:
        saving = self.desk.catalogue.saving(matter, session.answers, known=(), materials_replaced=())
        fields = saving.fields_before - saving.fields_asked
        materials = saving.materials_before - saving.materials_asked
        if fields <= 0 and materials <= 0:
            return ""
        return self.tr("比逐项办理少填 {fields} 项，少交 {materials} 份材料").format(
            fields=max(fields, 0), materials=max(materials, 0)
        )

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
        """``GuideItemRow``s."""
        return self._items

    @Property(QObject, constant=True)
    def materials(self) -> QObject:
        """``GuideMaterialRow``s, what must be at hand first."""
        return self._materials

    @Property(str, notify=changed)
    def saving(self) -> str:
        """What the merge spares, in plain words."""
        return self._saving

    @Property(str, notify=changed)
    def time(self) -> str:
        """How long it takes."""
        return self._time

    @Property(str, notify=changed)
    def fee(self) -> str:
        """What it costs."""
        return self._fee

    @Property(str, notify=changed)
    def basis(self) -> str:
        """Legal basis, for the small print."""
        return self._basis

    @Slot()
    def start(self) -> None:
        """Begin."""
        self.post(events.Next())


@QmlElement
class NoticeModel(PageModel):
    """View model of the notice (告知)."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._text = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._text = self.says(session, session.matter.notice if session.matter else None)
        self.changed.emit()

    @Property(str, notify=changed)
    def text(self) -> str:
        """What is fetched, why, how long it is kept; paragraphs by line."""
        return self._text

    @Slot()
    def accept(self) -> None:
        """I have read it and go on."""
        self.post(events.Next())
