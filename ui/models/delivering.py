"""How a result reaches its owner, in rows and words: the way, how far it is, code and parcel number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QCoreApplication, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.catalogue.model import Division
from kiosk.contract import CollectionPoint, Delivery, DeliveryState, Way
from kiosk.forms.model import Mask
from kiosk.session import beside_events
from kiosk.session.delivering import SENT
from kiosk.session.state import Session, Stage
from ui.models.page import Desk, PageModel
from ui.models.places import DivisionRow, path_to
from ui.models.points import PointRow
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

translate: Final = QCoreApplication.translate

SIGNS: Final = {
    Way.SCREEN: "tv",
    Way.SLIP: "receipt",
    Way.PRINT: "printer",
    Way.PHONE: "smartphone",
    Way.MAIL: "mail",
    Way.COLLECTION_POINT: "package",
}


def way_named(way: Way) -> str:
    """Return a way, in a few words."""
    match way:
        case Way.SCREEN:
            return translate("Delivering", "在“我的办件和证照”里看")
        case Way.SLIP:
            return translate("Delivering", "印在回执上")
        case Way.PRINT:
            return translate("Delivering", "打印在 A4 纸上")
        case Way.PHONE:
            return translate("Delivering", "存到手机")
        case Way.MAIL:
            return translate("Delivering", "邮寄")
        case Way.COLLECTION_POINT:
            return translate("Delivering", "到领取点自己取")


def state_named(state: DeliveryState) -> str:
    """Return how far it is, in a few words."""
    match state:
        case DeliveryState.CHOSEN:
            return translate("Delivering", "办好以后送")
        case DeliveryState.READY:
            return translate("Delivering", "已经备好")
        case DeliveryState.POSTED:
            return translate("Delivering", "已经寄出")
        case DeliveryState.COLLECTED:
            return translate("Delivering", "已经领走")


def point_lines(point: CollectionPoint, session: Session) -> str:
    """Return where a collection point is and when it is open."""
    return f"{point.address.in_(session.language)}  ·  {point.hours.in_(session.language)}"


def delivery_rows(delivery: Delivery | None, session: Session) -> Iterable[PointRow]:
    """Yield what is to be known of a delivery; nothing where nothing is brought to anybody."""
    if delivery is None or not any(way in SENT for way in delivery.ways):
        return
    language = session.language
    yield PointRow(
        sign=SIGNS[delivery.way],
        what=way_named(delivery.way),
        more=state_named(delivery.state) if delivery.way in SENT else "",
        pressing=False,
    )
    if delivery.way is Way.MAIL and delivery.recipient is not None:
        name = forms.masked(delivery.recipient.name, Mask.NAME)
        yield PointRow(sign="map-pin", what=delivery.recipient.detail, more=name, pressing=False)
    if delivery.way is Way.COLLECTION_POINT and delivery.point is not None:
        where = point_lines(delivery.point, session)
        yield PointRow(sign="map-pin", what=delivery.point.name.in_(language), more=where, pressing=False)
    if delivery.code:
        until = "" if delivery.keep_until is None else forms.shown_date(delivery.keep_until, language)
        kept = translate("Delivering", "保管到 {day}，过后退回部门。").format(day=until) if until else ""
        said = translate("Delivering", "取件码 {code}").format(code=delivery.code)
        yield PointRow(sign="key-round", what=said, more=kept, pressing=True)
    if delivery.tracking:
        said = translate("Delivering", "邮件号 {number}").format(number=delivery.tracking)
        yield PointRow(sign="truck", what=said, more="", pressing=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class WayRow:
    """A way a result is delivered, or a point where it is collected."""

    key: str
    title: str
    detail: str


@QmlElement
class DeliveryModel(PageModel):
    """View model of the page where it is chosen how a result reaches its owner."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._ways = Rows(WayRow, self)
        self._points = Rows(WayRow, self)
        self._levels = tuple(Rows(DivisionRow, self) for _ in range(3))
        self._division = ""

    def show(self, session: Session) -> None:
        """Show ``session``; what nobody looks at is not kept."""
        self._session = session
        delivery = self._delivery()
        if session.stage is not Stage.DELIVERY:
            self._division = ""
        elif not self._division:
            self._division = self._only("")
        told = {Way.MAIL: self.tr("寄到您写的地址"), Way.COLLECTION_POINT: self.tr("凭取件码领取")}
        ways = () if delivery is None else delivery.ways
        self._ways.show([WayRow(key=way, title=way_named(way), detail=told.get(way, "")) for way in ways])
        points = () if delivery is None else delivery.points
        language = session.language
        self._points.show(
            [WayRow(key=each.id, title=each.name.in_(language), detail=point_lines(each, session)) for each in points]
        )
        self._show_divisions()
        self.changed.emit()

    def _delivery(self) -> Delivery | None:
        return None if self._session.case is None else self._session.case.delivery

    def _only(self, code: str) -> str:
        """Return the division that is meant when nothing is left to choose on the levels below ``code``."""
        level: Sequence[Division] = self.desk.catalogue.divisions
        path = path_to(level, code)
        below = path[-1].children if path else level
        while len(below) == 1:
            code, below = below[0].code, below[0].children
        return code

    def _show_divisions(self) -> None:
        """Show the levels above, at and below the division picked so far."""
        level: Sequence[Division] = self.desk.catalogue.divisions
        path = path_to(level, self._division)
        for depth, rows in enumerate(self._levels):
            picked = path[depth].code if depth < len(path) else ""
            language = self._session.language
            rows.show(
                [
                    DivisionRow(code=each.code, title=each.name.in_(language), chosen=each.code == picked)
                    for each in level
                ]
            )
            level = path[depth].children if depth < len(path) else ()

    @Property(QObject, constant=True)
    def ways(self) -> QObject:
        """``WayRow``s: the ways there are."""
        return self._ways

    @Property(QObject, constant=True)
    def points(self) -> QObject:
        """``WayRow``s: where it can be collected."""
        return self._points

    @Property(QObject, constant=True)
    def cities(self) -> QObject:
        """``DivisionRow``s of the first level."""
        return self._levels[0]

    @Property(QObject, constant=True)
    def districts(self) -> QObject:
        """``DivisionRow``s of the second level."""
        return self._levels[1]

    @Property(QObject, constant=True)
    def streets(self) -> QObject:
        """``DivisionRow``s of the third level."""
        return self._levels[2]

    @Property(bool, notify=changed)
    def placed(self) -> bool:
        """Whether the last level of divisions is picked."""
        path = path_to(self.desk.catalogue.divisions, self._division)
        return bool(path) and not path[-1].children

    @Property(str, notify=changed)
    def way(self) -> str:
        """The way that was chosen before."""
        delivery = self._delivery()
        return "" if delivery is None else str(delivery.way)

    @Property(str, notify=changed)
    def point(self) -> str:
        """The collection point that was chosen before."""
        delivery = self._delivery()
        return "" if delivery is None or delivery.point is None else delivery.point.id

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is on its way."""
        return bool(self._session.busy)

    @Slot(str)
    def pickDivision(self, code: str) -> None:  # noqa: N802  # as QML writes it
        """Pick a division; where there is only one below, that one too."""
        self._division = self._only(code)
        self._show_divisions()
        self.changed.emit()

    @Slot(str, str, str, str)
    def choose(self, way: str, point: str, detail: str, phone: str) -> None:
        """Have it delivered this way."""
        mail = way == Way.MAIL
        self.post(
            beside_events.DeliveryChosen(
                way=Way(way),
                point=point if way == Way.COLLECTION_POINT else "",
                division=self._division if mail else "",
                detail=detail if mail else "",
                phone=phone if mail else "",
            )
        )
