"""View models of one case: how it stands, what stopped its clock, its documents, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import Actor, Case, CaseAction, CaseDetail, CaseState, Obligation, ObligationKind, ObligationState
from kiosk.session import beside_events, casework, delivering, events, mending, own_events
from kiosk.session.having import Mend
from kiosk.session.state import Session
from ui.models.delivering import delivery_rows
from ui.models.money import figures
from ui.models.page import Desk, PageModel
from ui.models.points import AWAITED_SIGNS, WHO_SIGNS, PaperRow, PointRow, TimeRow
from ui.models.rows import Rows
from ui.models.standing import FINISHED, SIGNS, TONES, moment, said_day, state_named, todo_said, told

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


class OneCaseModel(PageModel):
    """A page about the case that is open; each has its signal, for Qt tells of a property by that of its own class."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self.session = Session()
        self.zone = ZoneInfo(desk.settings.city.timezone)

    @property
    def detail(self) -> CaseDetail | None:
        """The case that is open."""
        return None if self.session.case is None else self.session.case.detail

    @property
    def case(self) -> Case | None:
        """The case itself."""
        return None if self.detail is None else self.detail.case


@QmlElement
class CaseModel(OneCaseModel):
    """View model of the page of one case."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._wanted = Rows(PointRow, self)
        self._clock = Rows(PointRow, self)
        self._kept = Rows(PointRow, self)
        self._money = Rows(PointRow, self)
        self._remedies = Rows(PointRow, self)
        self._delivery = Rows(PointRow, self)
        self._timeline = Rows(TimeRow, self)
        self._papers = Rows(PaperRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self.session = session
        detail = None if session.case is None else session.case.detail
        self._wanted.show([] if detail is None else list(self._wanted_rows(session, detail.case)))
        self._clock.show([] if detail is None else list(self._clock_rows(session, detail.case)))
        self._kept.show([] if detail is None else list(self._kept_rows(session, detail)))
        self._remedies.show([] if detail is None else list(self._remedy_rows(session, detail.case)))
        self._timeline.show([] if detail is None else self._time_rows(session, detail))
        self._papers.show(self._paper_rows(session))
        self._money.show(list(self._money_rows(session)))
        delivery = None if session.case is None else session.case.delivery
        self._delivery.show(list(delivery_rows(delivery, session)))
        self.changed.emit()

    def _wanted_rows(self, session: Session, case: Case) -> Iterable[PointRow]:
        """Yield what it waits for from the applicant."""
        language = session.language
        for each in case.waits_for:
            day = said_day(each.due_on, session)
            says = told(each.says, session)
            until = (self.tr("{day}已过，现在交还来得及") if each.missed else self.tr("{day}前")).format(day=day)
            known = day in says and not each.missed  # the department's words say it already
            yield PointRow(
                sign=AWAITED_SIGNS.get(each.kind, "paperclip"),
                what=each.name.in_(language),
                more=says if known else f"{says}\n{until}",
                pressing=True,
            )

    def _clock_rows(self, session: Session, case: Case) -> Iterable[PointRow]:
        """Yield when it is due, what stopped its clock, and why its day was moved."""
        language = session.language
        if case.appointment is not None and case.state not in FINISHED:
            place = "" if case.office is None else case.office.in_(language)
            bring = self.tr("、").join(name.in_(language) for name in case.bring)
            lines = (place, self.tr("请带上：{names}").format(names=bring) if bring else "")
            yield PointRow(
                sign="calendar-clock",
                what=moment(case.appointment, self.zone, session),
                more="\n".join(line for line in lines if line),
                pressing=False,
            )
        if case.due_on is not None and case.state not in FINISHED:
            day = said_day(case.due_on, session)
            late = self.tr("部门没有按时办完，上级已经在催，有结果会发短信告诉您。") if case.overdue else ""
            what = self.tr("说好 {day}前办好") if case.overdue else self.tr("{day}前办好")
            yield PointRow(sign="clock", what=what.format(day=day), more=late, pressing=case.overdue)
        for step in case.steps:
            name, limit = step.name.in_(language), said_day(step.limit_on, session)
            begun = said_day(step.begun_on, session)
            if step.ended_on is None:
                what = self.tr("正在{step}，这几天不算在办理时间里").format(step=name)
                detail = self.tr("{begun}开始，最晚 {limit}结束").format(begun=begun, limit=limit)
            else:
                ended = said_day(step.ended_on, session)
                what = self.tr("{step}做完了，办好的日子往后推了这几天").format(step=name)
                detail = self.tr("{begun}到 {ended}").format(begun=begun, ended=ended)
            yield PointRow(sign="hourglass", what=what, more=detail, pressing=step.overdue)
        for change in case.due_history:
            day = said_day(change.on, session)
            yield PointRow(
                sign="history",
                what=self.tr("办好的日子改为 {day}").format(day=day),
                more=change.why.in_(language),
                pressing=False,
            )

    def _kept_rows(self, session: Session, detail: CaseDetail) -> Iterable[PointRow]:
        """Yield what stays to be done, whatever was decided; what it waits for now stands above."""
        named = {each.subject for each in detail.case.waits_for}
        for each in detail.obligations:
            if each.subject not in named or each.kind is ObligationKind.PROMISE:
                yield self._kept_row(session, each)

    def _kept_row(self, session: Session, each: Obligation) -> PointRow:
        day = said_day(each.due_on, session)
        said = {
            ObligationState.OPEN: self.tr("部门会在 {day}前来检查")
            if each.kind is ObligationKind.PROMISE
            else self.tr("{day}前交"),
            ObligationState.HANDED_IN: self.tr("已经交了，工作人员正在看"),
            ObligationState.MET: self.tr("没有问题"),
            ObligationState.MISSED: self.tr("{day}已过，现在交还来得及"),
            ObligationState.BROKEN: self.tr("检查时发现没有做到"),
            ObligationState.RELEASED: self.tr("不用再做了"),
        }[each.state].format(day=day)
        return PointRow(
            sign="shield-check" if each.kind is ObligationKind.PROMISE else "paperclip",
            what=each.words.in_(session.language),
            more="\n".join(line for line in (said, each.says) if line),
            pressing=each.state in (ObligationState.MISSED, ObligationState.BROKEN),
        )

    def _money_rows(self, session: Session) -> Iterable[PointRow]:
        """Yield what was paid, and what went back."""
        payment = None if session.case is None else session.case.payment
        if payment is None:
            return
        language = session.language
        if payment.paid_at is not None:
            yield PointRow(
                sign="wallet",
                what=self.tr("已付 {amount}").format(amount=figures(payment.amount_fen, language)),
                more=moment(payment.paid_at, self.zone, session),
                pressing=False,
            )
        for refund in payment.refunds:
            what = self.tr("已退 {amount}") if refund.done else self.tr("正在退 {amount}")
            yield PointRow(
                sign="undo-2",
                what=what.format(amount=figures(refund.amount_fen, language)),
                more=f"{moment(refund.at, self.zone, session)}  ·  {refund.says.in_(language)}",
                pressing=False,
            )

    def _remedy_rows(self, session: Session, case: Case) -> Iterable[PointRow]:
        for each in case.remedies:
            until = "" if each.until is None else said_day(each.until, session)
            lines = (self.tr("最晚 {day}").format(day=until) if until else "", each.basis)
            yield PointRow(
                sign="scale",
                what=told(each.says, session),
                more="  ·  ".join(line for line in lines if line),
                pressing=False,
            )

    def _time_rows(self, session: Session, detail: CaseDetail) -> list[TimeRow]:
        """Return what happened, the newest first."""
        newest = tuple(reversed(detail.timeline))
        who = {
            Actor.RULES: self.tr("按规则自动办理"),
            Actor.PERSON: self.tr("工作人员"),
            Actor.APPLICANT: self.tr("您"),
        }
        language = session.language
        return [
            TimeRow(
                sign=WHO_SIGNS[line.who],
                when=moment(line.at, self.zone, session),
                who=who[line.who]
                if line.who is Actor.APPLICANT
                else f"{line.department_name.in_(language)}  ·  {who[line.who]}",
                says=line.says.in_(language),
                last=place + 1 == len(newest),
            )
            for place, line in enumerate(newest)
        ]

    def _paper_rows(self, session: Session) -> list[PaperRow]:
        return [
            PaperRow(
                number=document.number,
                title=document.title.in_(session.language),
                detail=self.tr("{day}  ·  {number}").format(
                    day=forms.shown_date(document.issued_on, session.language), number=document.number
                ),
            )
            for document in reversed(() if session.case is None else casework.documents(session.case))
        ]

    # --- the page ----------------------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the item."""
        return "" if self.case is None else self.case.item_name.in_(self.session.language)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether something is waited for."""
        return bool(self.session.busy)

    @Property(str, notify=changed)
    def number(self) -> str:
        """Number of the case."""
        return "" if self.case is None else self.case.number

    @Property(str, notify=changed)
    def department(self) -> str:
        """Which office decides."""
        return "" if self.case is None else self.case.department_name.in_(self.session.language)

    @Property(str, notify=changed)
    def contact(self) -> str:
        """Whom to call; the city's hotline where the department has no number of its own."""
        return "" if self.case is None else self.case.contact or self.desk.settings.city.hotline

    @Property(str, notify=changed)
    def stand(self) -> str:
        """How it stands, in a few words."""
        if self.case is None:
            return ""
        return self.tr("已撤销") if self.case.revoked else state_named(self.case.state)

    @Property(str, notify=changed)
    def sign(self) -> str:
        """Icon of how it stands."""
        return "check" if self.case is None else "x" if self.case.revoked else SIGNS[self.case.state]

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Colour of how it stands."""
        if self.case is None:
            return "accent"
        late = self.case.overdue and self.case.state not in FINISHED
        return "critical" if self.case.revoked else "caution" if late else TONES.get(self.case.state, "accent")

    @Property(str, notify=changed)
    def reason(self) -> str:
        """Why, in a sentence."""
        return "" if self.case is None else told(self.case.reason, self.session)

    @Property("QStringList", notify=changed)  # type: ignore[arg-type]  # Qt takes the name of a type as well
    def said(self) -> list[str]:
        """What may need explaining: how it stands and why, and what can be done about it."""
        if self.case is None:
            return []
        texts = (self.case.reason, *(remedy.says for remedy in self.case.remedies))
        return [state_named(self.case.state), *(text.in_(self.session.language) for text in texts)]

    @Property(str, notify=changed)
    def basis(self) -> str:
        """The law."""
        return "" if self.case is None else self.case.basis

    @Property(str, notify=changed)
    def todo(self) -> str:
        """What to do next; empty when there is nothing."""
        if self.case is None:
            return ""
        return todo_said(self.case)

    @Property(str, notify=changed)
    def done(self) -> str:
        """What was just done with it; empty for nothing."""
        said = {
            "supplement": self.tr("交上去了。工作人员看过会发短信告诉您。"),
            "correct": self.tr("改好了，部门按新的内容重新看。"),
            "withdraw": self.tr("已经撤回。预约的时间已取消；交过的费用会原路退回。"),
            "rate": self.tr("谢谢您的评价。"),
            "pay": self.tr("费用付好了，接着办。"),
            "delivery": self.tr("选好了，结果会这样给您。"),
        }
        return "" if self.session.case is None else said.get(self.session.case.done, "")

    @Property(bool, notify=changed)
    def begun(self) -> bool:
        """Whether handing in was begun and left for a look at the case."""
        return self.session.mending is not None and self.session.mending.kind is Mend.SUPPLEMENT

    @Property(str, notify=changed)
    def deed(self) -> str:
        """The one thing to do next here: ``supplement``, ``pay``, ``delivery``, ``again``, ``rate``, or nothing."""
        if self.case is None:
            return ""
        ended = self.case.state in (CaseState.REFUSED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN)
        done = self.case.state is CaseState.APPROVED
        deeds = {
            "supplement": self._may(CaseAction.SUPPLEMENT),
            "pay": bool(self._owed()),
            "delivery": done and delivering.can(self.session),
            "again": ended and self.desk.catalogue.has_service(self.case.item),
            "rate": done and self._may(CaseAction.RATE),
        }
        return next((deed for deed, may in deeds.items() if may), "")

    @Slot()
    def applyAgain(self) -> None:  # noqa: N802  # as QML writes it
        """Apply for the same once more."""
        if self.case is not None:
            self.post(events.ServiceChosen(service=self.case.item))

    def _may(self, action: CaseAction) -> bool:
        return self.detail is not None and action in self.detail.actions

    @Property(bool, notify=changed)
    def maySupplement(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether something can be handed in."""
        return self._may(CaseAction.SUPPLEMENT)

    @Property(bool, notify=changed)
    def mayCorrect(self) -> bool:  # noqa: N802
        """Whether what was said can be corrected."""
        return self._may(CaseAction.CORRECT)

    @Property(bool, notify=changed)
    def mayWithdraw(self) -> bool:  # noqa: N802
        """Whether it can be taken back."""
        return self._may(CaseAction.WITHDRAW)

    @Property(bool, notify=changed)
    def mayRate(self) -> bool:  # noqa: N802
        """Whether it can be rated."""
        return self._may(CaseAction.RATE)

    @Property(QObject, constant=True)
    def wanted(self) -> QObject:
        """``PointRow``s: what it waits for."""
        return self._wanted

    @Property(QObject, constant=True)
    def clock(self) -> QObject:
        """``PointRow``s: when, and why not earlier."""
        return self._clock

    @Property(QObject, constant=True)
    def kept(self) -> QObject:
        """``PointRow``s: promises, and what is handed in later."""
        return self._kept

    @Property(QObject, constant=True)
    def money(self) -> QObject:
        """``PointRow``s: what was paid, and what went back."""
        return self._money

    @Property(QObject, constant=True)
    def remedies(self) -> QObject:
        """``PointRow``s: what can be done against it."""
        return self._remedies

    @Property(QObject, constant=True)
    def timeline(self) -> QObject:
        """``TimeRow``s, the newest first."""
        return self._timeline

    @Property(QObject, constant=True)
    def papers(self) -> QObject:
        """``PaperRow``s, the newest first."""
        return self._papers

    @Property(bool, notify=changed)
    def owes(self) -> bool:
        """Whether it waits for its fee."""
        return bool(self._owed())

    def _owed(self) -> tuple[str, ...]:
        """Return the items whose fee it waits for."""
        waits_for = () if self.case is None else self.case.waits_for
        return tuple(each.subject for each in waits_for if each.kind == mending.PAYMENT)

    @Slot()
    def pay(self) -> None:
        """Pay what it waits for."""
        if self.detail is not None:
            self.post(own_events.PayWanted(application=self.detail.application, items=self._owed()))

    @Slot()
    def supplement(self) -> None:
        """Hand in what is asked for."""
        self.post(own_events.SupplementWanted())

    @Slot()
    def correct(self) -> None:
        """Correct what was said."""
        self.post(own_events.CorrectWanted())

    @Slot()
    def withdraw(self) -> None:
        """Take it back."""
        self.post(own_events.WithdrawWanted())

    @Property(QObject, constant=True)
    def delivery(self) -> QObject:
        """``PointRow``s: how the result reaches them."""
        return self._delivery

    @Property(bool, notify=changed)
    def mayChooseDelivery(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether there is something to choose."""
        return delivering.can(self.session)

    @Slot()
    def chooseDelivery(self) -> None:  # noqa: N802
        """Let me choose how it reaches me."""
        self.post(beside_events.DeliveryWanted())

    @Slot()
    def complain(self) -> None:
        """Something is wrong with it."""
        self.post(beside_events.ComplainWanted())

    @Slot()
    def rate(self) -> None:
        """Say how it was."""
        self.post(own_events.RateWanted())

    @Slot(str)
    def open(self, number: str) -> None:
        """Show this document."""
        self.post(own_events.DocumentWanted(number=number))
