"""View models of a number looked up, of what one is entitled to, and of paying."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.contract import CaseStatus, EntitlementState, FeeLine, PaymentState
from kiosk.session import events, own_events, owning
from kiosk.session.having import Mine
from kiosk.session.state import Session
from ui.models.money import figures, in_words
from ui.models.owned import OwnRow
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.standing import FINISHED, SIGNS, TONES, said_day, state_named

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

NUMBER_PARTS: Final = (8, 6, 1, 2)
"""Digits of a number between its strokes: day, serial, check digit, case."""


@QmlElement
class NumberModel(PageModel):
    """View model of the page that looks a number up."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._rows = Rows(OwnRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._rows.show([self._row(session, each) for each in session.statuses])
        self.changed.emit()

    def _row(self, session: Session, status: CaseStatus) -> OwnRow:
        language = session.language
        stand = state_named(status.state)
        if status.due_on is not None and status.state not in FINISHED:
            day = said_day(status.due_on, session)
            stand = self.tr("{state}，{day}前办好").format(state=stand, day=day)
        return OwnRow(
            kind="",
            key=status.number,
            sign=SIGNS[status.state],
            tone=TONES.get(status.state, "accent"),
            title=status.item_name.in_(language),
            stand=stand,
            detail=f"{status.department_name.in_(language)}  ·  {status.number}",
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``OwnRow``s that nothing opens."""
        return self._rows

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many cases the number shows."""
        return len(self._rows.rows())

    @Property(str, notify=changed)
    def number(self) -> str:
        """The number that was looked up; empty for none."""
        return self._session.number

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is being looked up."""
        return self._session.busy == "status"

    @Property(bool, notify=changed)
    def unknown(self) -> bool:
        """Whether there is nothing under this number."""
        session = self._session
        return bool(session.number) and not session.busy and not session.statuses and session.advice is None

    @Property(bool, notify=changed)
    def scannerReady(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether the code of a slip can be held to the scanner."""
        return self._session.works("scanner")

    @Property(int, constant=True)
    def digits(self) -> int:
        """Digits of the longest number."""
        return sum(NUMBER_PARTS)

    @Slot(str, result=str)
    def spelled(self, digits: str) -> str:
        """Return digits as the number is written on the slip, with what is missing as a line."""
        parts, rest = [], digits
        for length in NUMBER_PARTS[:3]:
            parts.append(rest[:length].ljust(length, "_"))
            rest = rest[length:]
        return "OT" + "-".join(parts) + (f"-{rest.ljust(NUMBER_PARTS[3], '_')}" if rest else "")

    @Slot(str)
    def enter(self, number: str) -> None:
        """Look it up."""
        self.post(own_events.NumberEntered(number=number))

    @Slot()
    def openMine(self) -> None:  # noqa: N802
        """Say who I am, and see all of it."""
        self.post(own_events.MineWanted())


@dataclass(frozen=True, kw_only=True, slots=True)
class FactRow:
    """A fact that was looked at."""

    title: str
    value: str
    source: str
    known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRow:
    """An account that money may be paid to."""

    account: str
    title: str
    detail: str
    picked: bool


@QmlElement
class BenefitModel(PageModel):
    """View model of one thing a person is entitled to (免申即享)."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._facts = Rows(FactRow, self)
        self._accounts = Rows(AccountRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        opened, language = owning.benefit(session), session.language
        self._facts.show(
            [
                FactRow(
                    title=fact.title.in_(language),
                    value=fact.shown.in_(language),
                    source="" if fact.source is None else fact.source.in_(language),
                    known=fact.source is not None,
                )
                for fact in (() if opened is None else opened.facts)
            ]
        )
        pays = opened is not None and opened.pays and opened.state is EntitlementState.ENTITLED
        mine = session.mine or Mine()
        self._accounts.show(
            [
                AccountRow(account=each.id, title=each.shown, detail=each.bank, picked=each.id == session.account)
                for each in (mine.entitlements.accounts if pays else ())
            ]
        )
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the policy."""
        opened = owning.benefit(self._session)
        return self.says(self._session, None if opened is None else opened.name)

    @Property(str, notify=changed)
    def gives(self) -> str:
        """What it is."""
        opened = owning.benefit(self._session)
        return self.says(self._session, None if opened is None else opened.gives)

    @Property(str, notify=changed)
    def why(self) -> str:
        """Why, in a sentence."""
        opened = owning.benefit(self._session)
        return self.says(self._session, None if opened is None else opened.says)

    @Property(str, notify=changed)
    def department(self) -> str:
        """Who grants it."""
        opened = owning.benefit(self._session)
        return self.says(self._session, None if opened is None else opened.department_name)

    @Property(str, notify=changed)
    def basis(self) -> str:
        """The law."""
        opened = owning.benefit(self._session)
        return "" if opened is None else "；".join(opened.basis)

    @Property(str, notify=changed)
    def state(self) -> str:
        """Return the ``kiosk.contract.EntitlementState``."""
        opened = owning.benefit(self._session)
        return "" if opened is None else str(opened.state)

    @Property(bool, notify=changed)
    def lacksAccount(self) -> bool:  # noqa: N802
        """Whether money is paid and there is no account to pay it to."""
        opened = owning.benefit(self._session)
        sure = opened is not None and opened.pays and opened.state is EntitlementState.ENTITLED
        return sure and not self._session.account

    @Property(bool, notify=changed)
    def appliable(self) -> bool:
        """Whether it can be applied for here instead."""
        opened = owning.benefit(self._session)
        return opened is not None and self.desk.catalogue.has_service(opened.item)

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is being taken."""
        return bool(self._session.busy)

    @Property(QObject, constant=True)
    def facts(self) -> QObject:
        """``FactRow``s."""
        return self._facts

    @Property(QObject, constant=True)
    def accounts(self) -> QObject:
        """``AccountRow``s."""
        return self._accounts

    @Slot(str)
    def payTo(self, account: str) -> None:  # noqa: N802
        """Have it paid there."""
        self.post(own_events.AccountChosen(account=account))

    @Slot()
    def take(self) -> None:
        """Take it, or apply for it."""
        self.post(events.Next())

    @Slot()
    def leave(self) -> None:
        """Not now."""
        self.post(events.Back())


@dataclass(frozen=True, kw_only=True, slots=True)
class FeeRow:
    """What one item costs."""

    title: str
    department: str
    amount: str
    says: str
    """Why it is less than published."""


@QmlElement
class PayModel(PageModel):
    """View model of the page on which a fee is paid."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._rows = Rows(FeeRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        payment = None if session.bill is None else session.bill.payment
        self._rows.show([] if payment is None else [self._row(session, line) for line in payment.lines])
        self.changed.emit()

    def _row(self, session: Session, line: FeeLine) -> FeeRow:
        language = session.language
        says = "" if line.says is None else line.says.in_(language)
        if says and line.amount_fen != line.full_fen:
            says = self.tr("原价 {full}，{says}").format(full=figures(line.full_fen, language), says=says)
        return FeeRow(
            title=line.name.in_(language),
            department=line.department_name.in_(language),
            amount=figures(line.amount_fen, language),
            says=says,
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``FeeRow``s."""
        return self._rows

    @Property(str, notify=changed)
    def state(self) -> str:
        """``making``, ``open``, ``expired``, ``paid`` or ``none``: no code could be made."""
        bill = self._session.bill
        if self._session.busy == "order":
            return "making"
        if bill is None or bill.payment is None:
            return "none"
        if bill.open:
            return "open"
        return "paid" if bill.paid else "expired"

    @Property(str, notify=changed)
    def amount(self) -> str:
        """The whole, in figures."""
        payment = None if self._session.bill is None else self._session.bill.payment
        return "" if payment is None else figures(payment.amount_fen, self._session.language)

    @Property(str, notify=changed)
    def amountInWords(self) -> str:  # noqa: N802
        """The whole, in words."""
        payment = None if self._session.bill is None else self._session.bill.payment
        return "" if payment is None else in_words(payment.amount_fen, self._session.language)

    @Property(str, notify=changed)
    def payee(self) -> str:
        """Who receives it."""
        payment = None if self._session.bill is None else self._session.bill.payment
        return self.says(self._session, None if payment is None else payment.payee)

    @Property(str, notify=changed)
    def code(self) -> str:
        """What the code says; empty once it cannot be paid."""
        payment = None if self._session.bill is None else self._session.bill.payment
        return payment.qr if payment is not None and payment.state is PaymentState.CREATED else ""

    @Property(str, notify=changed)
    def remaining(self) -> str:
        """How long the code is good: ``4:07``; empty before it is known."""
        bill = self._session.bill
        if bill is None or not bill.open or not bill.remaining_s:
            return ""
        return f"{bill.remaining_s // 60}:{bill.remaining_s % 60:02d}"

    @Property(bool, notify=changed)
    def unwatched(self) -> bool:
        """Whether nobody tells now whether it is paid."""
        return self._session.bill is not None and self._session.bill.unwatched

    @Property(bool, notify=changed)
    def filed(self) -> bool:
        """Whether it is for something that was filed before."""
        return self._session.bill is not None and bool(self._session.bill.application)

    @Slot()
    def renew(self) -> None:
        """Make another code."""
        self.post(events.Next())

    @Slot()
    def submitAnyway(self) -> None:  # noqa: N802
        """Submit now; it is paid already, or later."""
        self.post(events.Retry())
