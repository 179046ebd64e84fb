"""View models of signature, outcomes, receipt, rating and goodbye."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import CaseState, RatingAxis, Stroke
from kiosk.forms.model import Mask
from kiosk.session import events, finding, own_events
from kiosk.session.finishing import answered
from kiosk.session.state import UNSENT, Delivery, DocumentSource, Session
from kiosk.settings.model import ASSETS
from ui.models.outcome_rows import OutcomeLines, OutcomeRow
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.saving import counted, spared
from ui.models.services import GuidedRow, ServiceModel

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

BELL: Final = ASSETS / "sounds" / "take-card.wav"
BELL_EVERY_MS: Final = 4000
"""From one bell to the next while a document lies on a reader."""
NOTHING_CAME: Final = frozenset({CaseState.REFUSED, CaseState.NOT_ACCEPTED})
"""Nothing came of an application whose cases all ended so."""


@QmlElement
class SignModel(PageModel):
    """View model of the page where the application is signed. The pad hands over its points one by one."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._holder = ""
        self._busy = False
        self._strokes: list[list[tuple[int, int, int]]] = []
        self._cleared: list[list[tuple[int, int, int]]] = []

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._holder = "" if session.holder is None else forms.masked(session.holder.name, Mask.NAME)
        if session.holder is None:
            self._strokes, self._cleared = [], []
        self._busy = bool(session.busy)
        self.changed.emit()

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Masked name of who signs."""
        return self._holder

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is being handed in."""
        return self._busy

    @Slot()
    def clear(self) -> None:
        """Start the signature afresh; ``restore`` takes that back until something is written."""
        self._cleared, self._strokes = self._strokes, []

    @Slot()
    def restore(self) -> None:
        """Take back what ``clear`` did."""
        if not self._strokes:
            self._cleared, self._strokes = [], self._cleared

    @Slot()
    def beginStroke(self) -> None:  # noqa: N802  # as QML writes it
        """The pen comes down."""
        self._cleared = []
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
    def confirm(self) -> None:
        """Submit without a signature by hand: they cannot write on glass."""
        self.post(events.Signed(confirmed=True))

    @Slot()
    def submit(self) -> None:
        """Sign and submit."""
        strokes = tuple(Stroke(points=tuple(points)) for points in self._strokes if points)
        self.post(events.Signed(strokes=strokes))


@QmlElement
class OutcomesModel(ServiceModel):
    """View model of the page where outcomes arrive department by department."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._rows = Rows(OutcomeRow, self)
        self._guided = Rows(GuidedRow, self)
        self._lines = OutcomeLines(desk, self.advice)
        self._said: list[str] = []
        self._spared = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        rows = self._lines.rows(session, may_open=self.mayOpen)
        self._rows.show(rows)
        self._said = [text for row in rows for text in (row.stand_text, row.reason, row.todo)]
        guided = () if session.matter is None else session.matter.guided
        self._guided.show([self.guided_row(session, item) for item in guided])
        self._spared = ""
        stands = {case.state for submission in session.submissions for case in submission.cases}
        # nobody whose matter was refused is told how little work it was
        if session.matter is not None and session.mending is None and answered(session) and stands - NOTHING_CAME:
            self._spared = spared(counted(self.desk.catalogue, session, session.matter))
        self.show_offers(session)
        self.changed.emit()

    @Property(str, notify=changed)
    def spared(self) -> str:
        """How many fields and papers less it took, in one line; empty when none, and until it is filed."""
        return self._spared

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``OutcomeRow``s."""
        return self._rows

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def said(self) -> list[str]:
        """What may need explaining: what each department says, and what can be done about it."""
        return self._said

    @Property(QObject, constant=True)
    def guided(self) -> QObject:
        """``GuidedRow``s: what is done at a counter besides."""
        return self._guided

    @Property(bool, notify=changed)
    def more(self) -> bool:
        """Whether something that is offered may be done now."""
        return finding.finished(self._session)

    @Property(str, notify=changed)
    def reminder(self) -> str:
        """What else waits for them, in a line; empty for nothing."""
        session = self._session
        if not session.reminders:
            return ""
        first = session.reminders[0].title.in_(session.language)
        count = len(session.reminders)
        if count == 1:
            return self.tr("还有一件事等您处理：{name}。").format(name=first)
        return self.tr("还有 {n} 件事等您处理：{name} 等。").format(n=count, name=first)

    @Property(bool, notify=changed)
    def mayLookAtMine(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether they may look at what is theirs now."""
        return finding.finished(self._session) and self._session.verified

    @property
    def mayOpen(self) -> bool:  # noqa: N802
        """Whether one of these cases can be opened: the person is verified, and everything was answered."""
        return finding.finished(self._session) and self._session.verified

    @Slot(str)
    def openCase(self, number: str) -> None:  # noqa: N802
        """Show me this one."""
        self.post(own_events.CaseChosen(number=number))

    @Slot()
    def openMine(self) -> None:  # noqa: N802
        """Show me what is mine."""
        self.post(own_events.MineWanted())

    @Property(str, notify=changed)
    def headline(self) -> str:
        """What came of it, in a few words; empty while somebody has not answered."""
        states = {case.state for submission in self._session.submissions for case in submission.cases}
        if not states or not self._session.settled or any(not s.cases for s in self._session.submissions):
            return ""
        if states == {CaseState.APPROVED}:
            return self.tr("都办好了")
        if states <= {CaseState.REFUSED, CaseState.NOT_ACCEPTED}:
            return self.tr("这次没有办成")
        if states == {CaseState.WAITING}:
            return self.tr("还差您一步")
        if CaseState.APPROVED in states:
            return self.tr("办好了一部分")
        if states <= {CaseState.INSPECTION_BOOKED, CaseState.BOOKED}:
            return self.tr("约好时间了")
        if states == {CaseState.REFERRED}:
            return self.tr("由工作人员接着办")
        return self.tr("已经受理，正在办")

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far the printed guide has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.guide_paper)

    @Property(str, notify=changed)
    def total(self) -> str:
        """What came of everything, counted: 5 项已办好，2 项已受理."""
        states = [case.state for submission in self._session.submissions for case in submission.cases]
        said = (
            (self.tr("{n} 项已办好"), (CaseState.APPROVED,)),
            (self.tr("{n} 项已受理"), (CaseState.ACCEPTED,)),
            (self.tr("{n} 项已预约上门"), (CaseState.INSPECTION_BOOKED,)),
            (self.tr("{n} 项已预约到窗口"), (CaseState.BOOKED,)),
            (self.tr("{n} 项由工作人员审核"), (CaseState.REFERRED,)),
            (self.tr("{n} 项等您处理"), (CaseState.WAITING,)),
            (self.tr("{n} 项不予批准"), (CaseState.REFUSED,)),
            (self.tr("{n} 项不予受理"), (CaseState.NOT_ACCEPTED,)),
            (self.tr("{n} 项已撤回"), (CaseState.WITHDRAWN,)),
            (self.tr("{n} 项还在审核"), (CaseState.SUBMITTED,)),
        )
        counted = ((sentence, sum(state in wanted for state in states)) for sentence, wanted in said)
        return self.tr("，").join(sentence.format(n=count) for sentence, count in counted if count)

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
    def unsent(self) -> bool:
        """Whether something was not submitted and must be submitted again."""
        return any(s.delivery in UNSENT for s in self._session.submissions)

    @Property(bool, notify=changed)
    def rejected(self) -> bool:
        """Whether something must be corrected before."""
        return any(s.delivery is Delivery.REJECTED for s in self._session.submissions)

    @Slot(str)
    def open(self, item: str) -> None:
        """Do something that is offered."""
        self.post(events.ServiceChosen(service=item))

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
                from kiosk.receipts import CASE_CODE  # brings the printer along, which no first page needs

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
class AxisRow:
    """What a bad level is about."""

    axis: str
    """``kiosk.contract.RatingAxis``"""
    title: str
    detail: str


@QmlElement
class RatingModel(PageModel):
    """View model of the rating (好差评, GB/T 39734 and 39735)."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._axes = Rows(AxisRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        del session
        said = {
            RatingAxis.EFFICIENCY: (self.tr("办得快不快"), self.tr("办得太慢，等得太久")),
            RatingAxis.GUIDE: (self.tr("办事指南准不准"), self.tr("说明不清楚，和实际不一样")),
            RatingAxis.CONVENIENCE: (self.tr("办起来方便不方便"), self.tr("要填要交的太多，要跑几趟")),
            RatingAxis.PLATFORM: (self.tr("机器好不好用"), self.tr("这台机器不好用")),
            RatingAxis.ATTITUDE: (self.tr("工作人员态度好不好"), self.tr("工作人员的态度不好")),
        }
        self._axes.show([AxisRow(axis=axis, title=said[axis][0], detail=said[axis][1]) for axis in RatingAxis])
        self.changed.emit()

    @Property(QObject, constant=True)
    def axes(self) -> QObject:
        """``AxisRow``s, asked at level 2 and below."""
        return self._axes

    @Slot(int, "QStringList")
    def rate(self, level: int, axes: list[str]) -> None:
        """Rate with a level from 1 to 5, and what it is about when it is bad."""
        self.post(events.Rated(level=level, axes=tuple(RatingAxis(axis) for axis in axes)))

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
        self._on: frozenset[DocumentSource] = frozenset()

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._on = session.document_on
        self.changed.emit()

    @Property(bool, notify=changed)
    def documentOn(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether a document still lies on a reader."""
        return bool(self._on)

    @Property(bool, notify=changed)
    def onCardReader(self) -> bool:  # noqa: N802
        """Whether it is the card in the slot, not the document on the plate."""
        return self._on == frozenset({DocumentSource.CARD_READER})

    @Property(str, constant=True)
    def sound(self) -> str:
        """Address of the bell; empty on a terminal that makes no sounds, or cannot."""
        return BELL.as_uri() if self.desk.settings.terminal.sounds and can_sound(os.environ) else ""

    @Property(int, constant=True)
    def soundEvery(self) -> int:  # noqa: N802
        """Milliseconds from one bell to the next."""
        return BELL_EVERY_MS

    @Slot()
    def end(self) -> None:
        """Back to the start at once."""
        self.post(events.Next())


def can_sound(environment: Mapping[str, str]) -> bool:
    """Return whether a sound server is there.

    Qt Multimedia plays through PulseAudio or PipeWire's stand-in for it, and warns at length when neither runs.
    """
    if environment.get("PULSE_SERVER"):
        return True
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    return bool(runtime) and (Path(runtime) / "pulse" / "native").exists()
