"""View models of a complaint (有诉即办, 办不成事): what is wrong; who has it until when, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.contract import Complaint, ComplaintKind, ComplaintState, Verdict
from kiosk.session import beside_events, complaining, events
from kiosk.session.state import Receipt, Session
from ui.models.page import Desk, PageModel
from ui.models.plaints import kind_named, state_named
from ui.models.points import PointRow
from ui.models.rows import Rows
from ui.models.standing import moment, said_day

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

ANSWERED: Final = (ComplaintState.ANSWERED, ComplaintState.CLOSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class KindRow:
    """Something a complaint may be, or a word on its answer."""

    key: str
    title: str
    detail: str


@QmlElement
class ComplainModel(PageModel):
    """View model of the page where a complaint is made."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._kinds = Rows(KindRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        said = {
            ComplaintKind.CANNOT_GET_DONE: self.tr("来了没办成，跑了几趟"),
            ComplaintKind.TOO_SLOW: self.tr("过了说好的日子，没人管"),
            ComplaintKind.ATTITUDE: self.tr("工作人员的态度不好"),
            ComplaintKind.WRONG_DATA: self.tr("查到的信息和实际不一样"),
            ComplaintKind.TERMINAL: self.tr("这台机器坏了，或不好用"),
            ComplaintKind.SUGGESTION: self.tr("哪里可以做得更好"),
        }
        self._kinds.show([KindRow(key=kind, title=kind_named(kind), detail=said[kind]) for kind in ComplaintKind])
        self.changed.emit()

    @Property(QObject, constant=True)
    def kinds(self) -> QObject:
        """``KindRow``s: what it may be."""
        return self._kinds

    @Property(str, notify=changed)
    def about(self) -> str:
        """What it is about; empty for nothing they are at."""
        plea = self._session.plea
        return "" if plea is None else self.says(self._session, plea.about_name)

    @Property(bool, notify=changed)
    def asksPhone(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether a phone must be left, because nobody is verified."""
        return not self._session.verified

    @Property(int, constant=True)
    def leastDigits(self) -> int:  # noqa: N802
        """Digits a phone has at least."""
        return complaining.PHONE_DIGITS.start

    @Property(int, constant=True)
    def mostDigits(self) -> int:  # noqa: N802
        """Digits a phone has at most."""
        return complaining.PHONE_DIGITS.stop - 1

    @Property(int, constant=True)
    def longest(self) -> int:
        """Characters of what is said."""
        return complaining.LONGEST

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is on its way."""
        return bool(self._session.busy)

    @Slot(str, str, str)
    def send(self, kind: str, words: str, phone: str) -> None:
        """Complain."""
        self.post(beside_events.ComplaintMade(kind=ComplaintKind(kind), words=words, phone=phone))

    @Slot()
    def drop(self) -> None:
        """Do not complain after all."""
        self.post(events.Back())


@QmlElement
class ComplaintModel(PageModel):
    """View model of the page of one complaint."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._zone = ZoneInfo(desk.settings.city.timezone)
        self._points = Rows(PointRow, self)
        self._steps = Rows(PointRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        complaint = self._complaint()
        self._points.show([] if complaint is None else list(self._known(session, complaint)))
        self._steps.show([] if complaint is None else list(self._happened(session, complaint)))
        self.changed.emit()

    def _complaint(self) -> Complaint | None:
        return None if self._session.plea is None else self._session.plea.complaint

    def _known(self, session: Session, complaint: Complaint) -> Iterable[PointRow]:
        language = session.language
        if complaint.code:
            what = self.tr("查询码 {code}").format(code=complaint.code)
            more = self.tr("连同编号一起，可以问进度。请收好，只说这一次。")
            yield PointRow(sign="key-round", what=what, more=more, pressing=True)
        owner = self.tr("由{owner}答复").format(owner=complaint.owner_name.in_(language))
        contact = self.tr("电话 {number}").format(number=complaint.contact) if complaint.contact else ""
        yield PointRow(sign="landmark", what=owner, more=contact, pressing=False)
        if complaint.state not in ANSWERED:
            day = self.tr("{day}前答复").format(day=said_day(complaint.due_on, session))
            late = self.tr("没有按时答复，上级已经在催。") if complaint.overdue else ""
            yield PointRow(sign="clock", what=day, more=late, pressing=complaint.overdue)
        if complaint.words:
            yield PointRow(sign="pen-line", what=complaint.words, more=self.tr("您说的"), pressing=False)

    def _happened(self, session: Session, complaint: Complaint) -> Iterable[PointRow]:
        for step in reversed(complaint.steps):
            yield PointRow(
                sign="history",
                what=step.says.in_(session.language),
                more=moment(step.at, self._zone, session),
                pressing=False,
            )

    @Property(str, notify=changed)
    def number(self) -> str:
        """Number of the complaint."""
        complaint = self._complaint()
        return "" if complaint is None else complaint.number

    @Property(str, notify=changed)
    def kind(self) -> str:
        """What kind it is."""
        complaint = self._complaint()
        return "" if complaint is None else kind_named(complaint.kind)

    @Property(str, notify=changed)
    def stand(self) -> str:
        """How far it is."""
        complaint = self._complaint()
        return "" if complaint is None else state_named(complaint)

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether it was made just now."""
        return self._session.plea is not None and self._session.plea.taken

    @Property(str, notify=changed)
    def answer(self) -> str:
        """What was answered; empty for nothing yet."""
        complaint = self._complaint()
        return "" if complaint is None else complaint.answer

    @Property(bool, notify=changed)
    def mayJudge(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether they may say that the answer solves it, or not."""
        complaint = self._complaint()
        return complaint is not None and complaint.may_judge

    @Property(QObject, constant=True)
    def points(self) -> QObject:
        """``PointRow``s: who has it, until when, what opens it."""
        return self._points

    @Property(QObject, constant=True)
    def steps(self) -> QObject:
        """``PointRow``s: what happened, the newest first."""
        return self._steps

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether something is waited for."""
        return bool(self._session.busy)

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far the slip has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.beside_paper)

    @Property(bool, notify=changed)
    def unprinted(self) -> bool:
        """Whether nothing came out."""
        return self._session.beside_paper is Receipt.FAILED

    @Slot(str)
    def judge(self, verdict: str) -> None:
        """Say whether the answer solves it: a ``kiosk.contract.Verdict``."""
        self.post(beside_events.Judged(verdict=Verdict(verdict)))

    @Slot()
    def retry(self) -> None:
        """Try the printer again."""
        self.post(events.Retry())

    @Slot()
    def next(self) -> None:
        """Seen."""
        self.post(events.Next())
