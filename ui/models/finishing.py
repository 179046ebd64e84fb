"""View models of signature, outcomes, receipt, rating and goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import Case, Stroke
from kiosk.forms.model import Mask
from kiosk.receipts import CASE_CODE
from kiosk.session import events
from kiosk.session.state import Delivery, Session, Submission
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignModel(PageModel):
    """View model of the page where the application is signed. The pad hands over its points one by one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._holder = ""
        self._strokes: list[list[tuple[int, int, int]]] = []

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._holder = "" if session.holder is None else forms.masked(session.holder.name, Mask.NAME)
        self.changed.emit()

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Masked name of who signs."""
        return self._holder

    @Slot()
    def clear(self) -> None:
        """Start the signature afresh."""
        self._strokes = []

    @Slot()
    def beginStroke(self) -> None:  # noqa: N802  # as QML writes it
        """The pen comes down."""
        self._strokes.append([])

    @Slot(int, int, int)
    def addPoint(self, x: int, y: int, t_ms: int) -> None:  # noqa: N802
        """The pen moved: x and y in 1/1000 of the pad's width, milliseconds since the first point."""
        if self._strokes:
            self._strokes[-1].append((x, y, t_ms))

    @Slot()
    def undoStroke(self) -> None:  # noqa: N802
        """Take the last stroke back."""
        del self._strokes[-1:]

    @Slot()
    def submit(self) -> None:
        """Sign and submit."""
        strokes = tuple(Stroke(points=tuple(points)) for points in self._strokes if points)
        self.post(events.Signed(strokes=strokes))


@dataclass(frozen=True, kw_only=True, slots=True)
class OutcomeRow:
    """One item's outcome, or the title of an application."""

    header: bool
    title: str
    department: str
    state: str
    """``kiosk.contract.CaseState``"""
    state_text: str
    reason: str
    detail: str
    """Deadline or visit."""
    number: str
    contact: str


@QmlElement
class OutcomesModel(PageModel):
    """View model of the page where outcomes arrive department by department."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._rows = Rows(OutcomeRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        rows: list[OutcomeRow] = []
        several = len(session.submissions) > 1
        for count, submission in enumerate(session.submissions, 1):
            if several or submission.application is not None:
                rows.append(self._header(session, submission, count if several else 0))
            rows += [self._row(session, case) for case in submission.cases]
        self._rows.show(rows)
        self.changed.emit()

    def _header(self, session: Session, submission: Submission, count: int) -> OutcomeRow:
        number = "" if submission.application is None else submission.application.number
        title = self.tr("第 {n} 份申请").format(n=count) if count else self.tr("申请编号")
        return OutcomeRow(
            header=True,
            title=title,
            department="",
            state=str(submission.delivery),
            state_text=self._delivery(submission.delivery),
            reason=self.advice(session, submission.advice),
            detail="",
            number=number,
            contact="",
        )

    def _row(self, session: Session, case: Case) -> OutcomeRow:
        language = session.language
        if case.appointment is not None:
            detail = self.tr("上门核查：{time}").format(time=f"{case.appointment:%Y-%m-%d %H:%M}")
        elif case.due_on is not None:
            detail = self.tr("承诺 {day} 前办结").format(day=case.due_on.isoformat())
        else:
            detail = ""
        return OutcomeRow(
            header=False,
            title=case.item_name.in_(language),
            department=case.department_name.in_(language),
            state=str(case.state),
            state_text=self._state(str(case.state)),
            reason=case.reason.in_(language),
            detail=detail,
            number=case.number,
            contact=case.contact,
        )

    def _state(self, state: str) -> str:
        return {
            "submitted": self.tr("正在审核"),
            "approved": self.tr("已通过"),
            "accepted": self.tr("已受理"),
            "inspection-booked": self.tr("已预约"),
            "referred": self.tr("转人工审核"),
            "refused": self.tr("不予批准"),
        }[state]

    def _delivery(self, delivery: Delivery) -> str:
        match delivery:
            case Delivery.STORING | Delivery.SENDING:
                return self.tr("正在提交")
            case Delivery.DELAYED:
                return self.tr("已保存，稍后自动提交")
            case Delivery.ANSWERED:
                return self.tr("已提交")
            case Delivery.REJECTED:
                return self.tr("需要修改")
            case Delivery.FAILED:
                return self.tr("没有提交")

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``OutcomeRow``s."""
        return self._rows

    @Property(bool, notify=changed)
    def waiting(self) -> bool:
        """Whether the backend has not answered at all yet."""
        return any(s.delivery in (Delivery.STORING, Delivery.SENDING) for s in self._session.submissions)

    @Property(bool, notify=changed)
    def settled(self) -> bool:
        """Whether every department has answered."""
        return self._session.settled

    @Property(bool, notify=changed)
    def delayed(self) -> bool:
        """Whether an application is kept here until the backend is back."""
        return any(s.delivery is Delivery.DELAYED for s in self._session.submissions)

    @Property(bool, notify=changed)
    def correct(self) -> bool:
        """Whether something must be corrected and submitted again."""
        return any(s.delivery in (Delivery.REJECTED, Delivery.FAILED) for s in self._session.submissions)

    @Slot()
    def next(self) -> None:
        """Print the receipt, or go back and correct."""
        self.post(events.Next())


@QmlElement
class ReceiptModel(PageModel):
    """View model of the page where the receipt is printed, or shown as a code."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self.changed.emit()

    @Property(str, notify=changed)
    def state(self) -> str:
        """Return the ``kiosk.session.state.Receipt``."""
        return str(self._session.receipt)

    @Property(str, notify=changed)
    def numbers(self) -> str:
        """Numbers of the applications, one a line."""
        return "\n".join(s.application.number for s in self._session.submissions if s.application is not None)

    @Property(str, notify=changed)
    def code(self) -> str:
        """What the QR says: the number of the first application, nothing about a person."""
        for submission in self._session.submissions:
            if submission.application is not None:
                return f"{CASE_CODE}{submission.application.number}"
        return ""

    @Slot()
    def retry(self) -> None:
        """Try the printer again."""
        self.post(events.Retry())

    @Slot()
    def next(self) -> None:
        """I have it."""
        self.post(events.Next())


@dataclass(frozen=True, kw_only=True, slots=True)
class ReasonRow:
    """Why somebody was not satisfied."""

    reason: str
    title: str


@QmlElement
class RatingModel(PageModel):
    """View model of the rating (好差评, GB/T 39734 and 39735)."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._reasons = Rows(ReasonRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        del session
        self._reasons.show(
            [
                ReasonRow(reason="efficiency", title=self.tr("办得太慢")),
                ReasonRow(reason="guide", title=self.tr("指南说得不清楚")),
                ReasonRow(reason="convenience", title=self.tr("要填要交的太多")),
                ReasonRow(reason="platform", title=self.tr("机器不好用")),
            ]
        )
        self.changed.emit()

    @Property(QObject, constant=True)
    def reasons(self) -> QObject:
        """``ReasonRow``s, asked at level 2 and below."""
        return self._reasons

    @Slot(int, "QStringList")
    def rate(self, level: int, reasons: list[str]) -> None:
        """Rate with a level from 1 to 5, and why when it is bad."""
        self.post(events.Rated(level=level, reasons=tuple(reasons)))

    @Slot()
    def skip(self) -> None:
        """Do not rate."""
        self.post(events.Next())


@QmlElement
class GoodbyeModel(PageModel):
    """View model of the last page."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._document_on = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._document_on = bool(session.document_on)
        self.changed.emit()

    @Property(bool, notify=changed)
    def documentOn(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether a document still lies on a reader: 请取走身份证."""
        return self._document_on

    @Slot()
    def end(self) -> None:
        """Back to the start at once."""
        self.post(events.Next())
