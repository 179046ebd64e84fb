"""View model of everything that is somebody's own (我的): what waits for them, what runs, what they have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import ApplicationSummary, CaseBrief, CaseState, Entitlement, EntitlementState, NextStep, Reminder
from kiosk.forms.model import Mask
from kiosk.session import beside_events, events, own_events
from kiosk.session.having import Mine, Told
from kiosk.session.state import Session
from ui.models.about import joined
from ui.models.owned import OwnRow
from ui.models.page import Desk, PageModel
from ui.models.plaints import complaint_row
from ui.models.rows import Rows
from ui.models.standing import FINISHED, SIGNS, TONES, moment, said_day, state_named

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

BENEFITS: Final = 3
"""Things they may take that are shown at once; more would push away what runs."""
DEED_SIGNS: Final = {
    NextStep.RENEW: "refresh-cw",
    NextStep.SUPPLEMENT: "paperclip",
    NextStep.PAY: "wallet",
    NextStep.ATTEND: "calendar-clock",
    NextStep.COLLECT: "package",
    NextStep.FINISH: "file-pen",
    NextStep.TAKE: "hand-coins",
}
"""Icons of what a reminder asks for."""


@QmlElement
class MineModel(PageModel):
    """View model of the page with everything that is theirs."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._zone = ZoneInfo(desk.settings.city.timezone)
        self._waiting = Rows(OwnRow, self)
        self._benefits = Rows(OwnRow, self)
        self._running = Rows(OwnRow, self)
        self._finished = Rows(OwnRow, self)
        self._complaints = Rows(OwnRow, self)
        self._holder = ""
        self._all_benefits = False

    def show(self, session: Session) -> None:
        """Show ``session``; what nobody looks at is not kept."""
        self._session = session
        mine = session.mine or Mine()
        self._holder = "" if session.holder is None else forms.masked(session.holder.name, Mask.NAME)
        waiting = list(self._waiting_rows(session, mine))
        named = {row.key for row in waiting}
        self._waiting.show(waiting)
        if session.mine is None:
            self._all_benefits = False
        self._show_benefits()
        cases = [
            (summary, case) for summary in mine.cases.applications for case in summary.cases if case.number not in named
        ]
        self._running.show(
            [self._case_row(session, summary, case) for summary, case in cases if case.state not in FINISHED]
        )
        self._finished.show(
            [self._case_row(session, summary, case) for summary, case in cases if case.state in FINISHED]
        )
        self._complaints.show([complaint_row(each, session) for each in mine.complaints])
        self.changed.emit()

    def _show_benefits(self) -> None:
        """Show the first of what they may take, or all of it."""
        session = self._session
        every = self._open_benefits(session.mine or Mine())
        shown = every if self._all_benefits else every[:BENEFITS]
        self._benefits.show([self._benefit_row(session, each) for each in shown])

    # --- rows --------------------------------------------------------------------------------------------------

    def _waiting_rows(self, session: Session, mine: Mine) -> Iterable[OwnRow]:
        """Yield what waits for them: what the backend reminds of, then cases that wait and it did not name."""
        named = set()
        for reminder in mine.reminders:
            row = self._reminder_row(session, mine, reminder)
            if reminder.next is not NextStep.TAKE and (row.kind, row.key) not in named:
                named.add((row.kind, row.key))
                yield row
        for summary in mine.cases.applications:
            for case in summary.cases:
                waits = case.waits > 0 or case.state is CaseState.WAITING
                if waits and ("case", case.number) not in named:
                    yield self._case_row(session, summary, case)

    def _reminder_row(self, session: Session, mine: Mine, reminder: Reminder) -> OwnRow:
        language = session.language
        kind, key = self._opens(mine, reminder)
        detail = ""
        if reminder.at is not None:
            detail = moment(reminder.at, self._zone, session)
        elif reminder.due_on is not None:
            detail = self.tr("{day}前").format(day=said_day(reminder.due_on, session))
        return OwnRow(
            kind=kind,
            key=key,
            sign=DEED_SIGNS[reminder.next],
            tone="caution",
            title=reminder.title.in_(language),
            stand=reminder.says.in_(language),
            detail=detail,
        )

    def _opens(self, mine: Mine, reminder: Reminder) -> tuple[str, str]:
        """Return what a reminder leads to: what it asks for, where this machine can do it."""
        match reminder.next:
            case NextStep.RENEW if self.desk.catalogue.has_service(reminder.item):
                return "service", reminder.item
            case NextStep.RENEW if any(held.number == reminder.about for held in mine.licences):
                return "licence", reminder.about
            case NextStep.FINISH if any(draft.id == reminder.about for draft in mine.drafts):
                return "draft", reminder.about
            case NextStep.PAY if reminder.application:
                return "pay", reminder.case or reminder.application
            case _ if reminder.case:
                return "case", reminder.case
            case _:
                return "", ""

    def _case_row(self, session: Session, summary: ApplicationSummary, case: CaseBrief) -> OwnRow:
        language = session.language
        waits = case.waits > 0 or case.state is CaseState.WAITING
        lines = [case.department_name.in_(language)]
        if summary.agent:
            lines.append(self.tr("替{name}办").format(name=forms.masked(summary.applicant, Mask.NAME)))
        lines.append(self.tr("{day}提交").format(day=forms.shown_date(summary.received_at.date(), language)))
        return OwnRow(
            kind="case",
            key=case.number,
            sign="paperclip" if waits else SIGNS[case.state],
            tone="caution" if waits or case.overdue else TONES.get(case.state, "accent"),
            title=case.item_name.in_(language),
            stand=self._stand(session, case, waits=waits),
            detail="  ·  ".join(lines),
        )

    def _stand(self, session: Session, case: CaseBrief, *, waits: bool) -> str:
        named = state_named(case.state)
        if waits:
            said = self.tr("还差 {n} 样要补交").format(n=max(1, case.waits))
            if case.waits_until is None:
                return said
            day = said_day(case.waits_until, session)
            return self.tr("{what}，请在 {day}前").format(what=said, day=day)
        if case.overdue:
            return self.tr("{state}，部门过了说好的日子，上级已经在催").format(state=named)
        if case.appointment is not None and case.state not in FINISHED:
            when = moment(case.appointment, self._zone, session)
            return self.tr("{state}：{when}").format(state=named, when=when)
        if case.due_on is not None and case.state not in FINISHED:
            day = said_day(case.due_on, session)
            return self.tr("{state}，{day}前办好").format(state=named, day=day)
        return named

    def _open_benefits(self, mine: Mine) -> list[Entitlement]:
        every = mine.entitlements.entitlements
        return [each for each in every if each.state is not EntitlementState.TAKEN]

    def _benefit_row(self, session: Session, each: Entitlement) -> OwnRow:
        sure = each.state is EntitlementState.ENTITLED
        gives = each.gives.in_(session.language)
        stand = self.tr("符合条件，可以直接领：{gives}") if sure else self.tr("可能符合，还要核对：{gives}")
        return OwnRow(
            kind="benefit",
            key=each.policy,
            sign="hand-coins",
            tone="positive" if sure else "quiet",
            title=each.name.in_(session.language),
            stand=stand.format(gives=gives),
            detail=each.department_name.in_(session.language),
        )

    # --- the page ----------------------------------------------------------------------------------------------

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Masked name of whose it is."""
        return self._holder

    @Property(bool, notify=changed)
    def midway(self) -> bool:
        """Whether they came here from outcomes, and go back to them."""
        return bool(self._session.submissions)

    @Property(bool, notify=changed)
    def looking(self) -> bool:
        """Whether it is being looked for."""
        return self._session.busy == "mine"

    @Property(bool, notify=changed)
    def opening(self) -> bool:
        """Whether something of it is being opened."""
        return self._session.busy not in ("", "mine")

    @Property(bool, notify=changed)
    def told(self) -> bool:
        """Whether there is anything to show."""
        return self._session.mine is not None and self._session.busy != "mine"

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether they have never filed anything, and the backend said so."""
        mine = self._session.mine
        return mine is not None and not mine.cases.applications and Told.CASES not in mine.untold

    @Property(str, notify=changed)
    def untold(self) -> str:
        """What the backend did not tell, in a list; empty when it told all."""
        names = {
            Told.CASES: self.tr("办件"),
            Told.LICENCES: self.tr("证照"),
            Told.ENTITLEMENTS: self.tr("可以领的"),
            Told.REMINDERS: self.tr("提醒"),
            Told.DRAFTS: self.tr("存着没办完的"),
            Told.COMPLAINTS: self.tr("投诉"),
        }
        mine = self._session.mine or Mine()
        return joined([names[told] for told in mine.untold], self._session.language)

    @Property(str, notify=changed)
    def licences(self) -> str:
        """How many licences they have."""
        mine = self._session.mine or Mine()
        count = len(mine.licences)
        return self.tr("{n} 张").format(n=count) if count else self.tr("还没有")

    @Property(str, notify=changed)
    def drafts(self) -> str:
        """How many forms were kept for later; empty for none."""
        mine = self._session.mine or Mine()
        count = len(mine.drafts)
        return self.tr("{n} 件").format(n=count) if count else ""

    @Property(QObject, constant=True)
    def waiting(self) -> QObject:
        """``OwnRow``s: what waits for them."""
        return self._waiting

    @Property(QObject, constant=True)
    def benefits(self) -> QObject:
        """``OwnRow``s: what they may take."""
        return self._benefits

    @Property(str, notify=changed)
    def moreBenefits(self) -> str:  # noqa: N802  # as QML writes it
        """What leads to the rest of what they may take; empty when all of it is shown."""
        rest = len(self._open_benefits(self._session.mine or Mine())) - len(self._benefits.rows())
        return self.tr("还有 {n} 项，都看看").format(n=rest) if rest > 0 else ""

    @Slot()
    def showAllBenefits(self) -> None:  # noqa: N802
        """Show all of it."""
        self._all_benefits = True
        self._show_benefits()
        self.changed.emit()

    @Property(QObject, constant=True)
    def running(self) -> QObject:
        """``OwnRow``s: cases that are not decided."""
        return self._running

    @Property(QObject, constant=True)
    def finished(self) -> QObject:
        """``OwnRow``s: cases that are."""
        return self._finished

    @Slot(str, str)
    def open(self, kind: str, key: str) -> None:
        """Open one of them."""
        match kind:
            case "case":
                self.post(own_events.CaseChosen(number=key))
            case "pay":
                self._pay(key)
            case "service":
                self.post(events.ServiceChosen(service=key))
            case "draft":
                self.openDrafts()
            case "benefit":
                self.post(own_events.BenefitChosen(policy=key))
            case "complaint":
                self.post(beside_events.ComplaintChosen(number=key))
            case "licence":
                self.post(own_events.LicenceChosen(number=key))
            case _:
                pass

    def _pay(self, key: str) -> None:
        for reminder in (self._session.mine or Mine()).reminders:
            if reminder.next is NextStep.PAY and key in (reminder.case, reminder.application):
                items = (reminder.item,) if reminder.item else self._items_of(reminder.application)
                self.post(own_events.PayWanted(application=reminder.application, items=items))
                return

    def _items_of(self, application: str) -> tuple[str, ...]:
        mine = self._session.mine or Mine()
        catalogue = self.desk.catalogue.items
        return tuple(
            case.item
            for summary in mine.cases.applications
            if summary.number == application
            for case in summary.cases
            if case.item in catalogue and catalogue[case.item].fee_fen > 0
        )

    @Slot()
    def openLicences(self) -> None:  # noqa: N802  # as QML writes it
        """Show the licences."""
        self.post(own_events.LicencesWanted())

    @Slot()
    def openUses(self) -> None:  # noqa: N802
        """Show who used the data."""
        self.post(own_events.UsesWanted())

    @Slot()
    def openQueue(self) -> None:  # noqa: N802
        """Give me a number for the counter."""
        self.post(beside_events.QueueWanted())

    @Property(QObject, constant=True)
    def complaints(self) -> QObject:
        """``OwnRow``s: what they complained about, and what became of it."""
        return self._complaints

    @Slot()
    def complain(self) -> None:
        """Something is wrong."""
        self.post(beside_events.ComplainWanted())

    @Slot()
    def openDrafts(self) -> None:  # noqa: N802
        """Go on with what was kept."""
        mine = self._session.mine or Mine()
        if mine.drafts:
            self.post(own_events.DraftsWanted())

    @Slot()
    def retry(self) -> None:
        """Ask again for what was not told."""
        self.post(events.Retry())

    @Slot()
    def next(self) -> None:
        """Seen: end."""
        self.post(events.Next())
