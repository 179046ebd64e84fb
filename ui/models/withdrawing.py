"""View model of the page that says what taking a case back does, before it is done."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.contract import Case
from kiosk.session import events
from kiosk.session.state import Session
from ui.models.cases import OneCaseModel
from ui.models.page import Desk
from ui.models.points import PointRow
from ui.models.rows import Rows
from ui.models.standing import moment

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class WithdrawModel(OneCaseModel):
    """View model of the page that says what taking a case back does."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._points = Rows(PointRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self.session = session
        case = None if session.case is None else session.case.detail.case
        self._points.show([] if case is None else list(self._rows(session, case)))
        self.changed.emit()

    def _rows(self, session: Session, case: Case) -> Iterable[PointRow]:
        what = self.tr("{department}不再看这一项，不会有结果").format(
            department=case.department_name.in_(session.language)
        )
        yield PointRow(sign="circle-x", what=what, more="", pressing=True)
        if case.appointment is not None:
            when = moment(case.appointment, self.zone, session)
            what = self.tr("约好的 {when} 会取消，让给别人").format(when=when)
            yield PointRow(sign="calendar-clock", what=what, more="", pressing=True)
        item = self.desk.catalogue.items.get(case.item)
        if item is not None and item.fee_fen > 0:
            yield PointRow(
                sign="wallet",
                what=self.tr("交过的费用原路退回"),
                more=self.tr("一般 1 到 3 个工作日到账，交费收据同时作废"),
                pressing=False,
            )
        yield PointRow(
            sign="refresh-cw",
            what=self.tr("以后还可以重新申请"),
            more=self.tr("同一份申请里的其他事照常办"),
            pressing=False,
        )

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the item."""
        return "" if self.case is None else self.case.item_name.in_(self.session.language)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether something is waited for."""
        return bool(self.session.busy)

    @Property(QObject, constant=True)
    def points(self) -> QObject:
        """``PointRow``s: what will happen."""
        return self._points

    @Slot()
    def confirm(self) -> None:
        """Take it back."""
        self.post(events.Next())

    @Slot()
    def keep(self) -> None:
        """Do not."""
        self.post(events.Back())
