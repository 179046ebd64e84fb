"""View models of what was kept for later, of having kept it, of whom one acts for, and of who helps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import DraftSummary, Mandate
from kiosk.forms.model import Mask
from kiosk.session import events, rights
from kiosk.session.state import Session
from ui.models.about import joined
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

NO_PHONE = "verification.no-phone"
"""Code of the refusal of a staff number that nobody has."""
NAMED = 3
"""Items named of a mandate for some; what is more is counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRow:
    """A form kept for later."""

    draft: str
    title: str
    detail: str
    until: str
    older: bool
    """The service has changed since: some of it has to be answered again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgainRow:
    """Something to be said again."""

    what: str
    why: str


def _day(moment: datetime, session: Session) -> str:
    return forms.shown_date(moment.astimezone().date(), session.language)


@QmlElement
class ResumeModel(PageModel):
    """View model of the page that offers what was kept for later."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(DraftRow, self)
        self._again = Rows(AgainRow, self)
        self._resumed = self._busy = False
        self._matter = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._resumed = session.resumed
        self._busy = bool(session.busy)
        self._matter = self.says(session, session.matter.name if session.matter else None)
        self._rows.show([self._row(session, draft) for draft in session.drafts])
        language = session.language
        self._again.show(
            [AgainRow(what=each.name.in_(language), why=each.says.in_(language)) for each in session.again]
        )
        self.changed.emit()

    def _row(self, session: Session, draft: DraftSummary) -> DraftRow:
        return DraftRow(
            draft=draft.id,
            title=draft.matter_name.in_(session.language),
            detail=self.tr("{day} 存的，填好了 {n} 项").format(day=_day(draft.saved_at, session), n=draft.answered),
            until=self.tr("保留到 {day}，过后自动删除").format(day=_day(draft.expires_at, session)),
            older=draft.older,
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``DraftRow``s."""
        return self._rows

    @Property(QObject, constant=True)
    def again(self) -> QObject:
        """``AgainRow``s: of what was taken up, what has to be said again."""
        return self._again

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many were kept."""
        return len(self._rows.rows())

    @Property(bool, notify=changed)
    def resumed(self) -> bool:
        """Whether one was taken up."""
        return self._resumed

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether one is being opened or deleted."""
        return self._busy

    @Property(str, notify=changed)
    def matter(self) -> str:
        """What they came for today."""
        return self._matter

    @Slot(str)
    def choose(self, draft: str) -> None:
        """Go on with this one."""
        self.post(events.DraftChosen(draft=draft))

    @Slot(str)
    def drop(self, draft: str) -> None:
        """Delete this one."""
        self.post(events.DraftDropped(draft=draft))

    @Slot()
    def next(self) -> None:
        """Begin anew; or go on with the one taken up."""
        self.post(events.Next())


@QmlElement
class KeptModel(PageModel):
    """View model of the page that says that the form is kept."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._until = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        expires_at = None if session.kept is None else session.kept.expires_at
        self._until = "" if expires_at is None else _day(expires_at, session)
        self.changed.emit()

    @Property(str, notify=changed)
    def until(self) -> str:
        """The day it is deleted; empty when the backend does not say."""
        return self._until

    @Slot()
    def leave(self) -> None:
        """Leave."""
        self.post(events.Next())

    @Slot()
    def stay(self) -> None:
        """Go on filling it in."""
        self.post(events.Back())


@dataclass(frozen=True, kw_only=True, slots=True)
class PrincipalRow:
    """Somebody whom one may act for."""

    mandate: str
    title: str
    scope: str
    until: str
    fits: bool


def principal_named(mandate: Mandate) -> str:
    """Return whom a mandate is for: a company by its name, a person masked."""
    return mandate.enterprise or forms.masked(mandate.principal.name, Mask.NAME)


@QmlElement
class BehalfModel(PageModel):
    """View model of the page that asks for whom it is."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(PrincipalRow, self)
        self._holder = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._holder = "" if session.holder is None else forms.masked(session.holder.name, Mask.NAME)
        self._rows.show(
            [
                PrincipalRow(
                    mandate=each.reference,
                    title=self.tr("替{name}办").format(name=principal_named(each)),
                    scope=self._scope(session, each),
                    until=self.tr("委托到 {day}").format(day=forms.shown_date(each.valid_until, session.language)),
                    fits=rights.fits(session, each),
                )
                for each in session.mandates
            ]
        )
        self.changed.emit()

    def _scope(self, session: Session, mandate: Mandate) -> str:
        if not rights.fits(session, mandate):
            return self.tr("这份委托不包括这次要办的事")
        if not mandate.items:
            if mandate.kind == rights.ENTERPRISE:
                return self.tr("可以办：企业的各项事务")
            return self.tr("可以办：个人的各项事务")
        items = self.desk.catalogue.items
        names = [items[item].name.in_(session.language) for item in mandate.items if item in items]
        listed = joined(names[:NAMED], session.language)
        if len(names) > NAMED:
            return self.tr("可以办：{names} 等 {n} 件").format(names=listed, n=len(names))
        return self.tr("可以办：{names}").format(names=listed)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``PrincipalRow``s."""
        return self._rows

    @Property(int, notify=changed)
    def count(self) -> int:
        """For how many they may act."""
        return len(self._rows.rows())

    @Property(str, notify=changed)
    def holder(self) -> str:
        """Masked name of who was verified."""
        return self._holder

    @Slot(str)
    def choose(self, mandate: str) -> None:
        """Act for the principal of this mandate; without one for oneself."""
        self.post(events.ActedFor(mandate=mandate))


@QmlElement
class HelperModel(PageModel):
    """View model of the page on which a member of staff says who they are."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self.changed.emit()

    @Property(bool, notify=changed)
    def sent(self) -> bool:
        """Whether a code that may be entered is on its way."""
        return self._session.helping is not None

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether a code is being sent or checked."""
        return self._session.busy in ("staff", "assist")

    @Property(str, notify=changed)
    def phone(self) -> str:
        """Masked number of the staff phone."""
        return "" if self._session.helping is None else self._session.helping.phone

    @Property(int, notify=changed)
    def digits(self) -> int:
        """Digits of the code."""
        return 6 if self._session.helping is None else self._session.helping.digits

    @Property(int, notify=changed)
    def attemptsLeft(self) -> int:  # noqa: N802  # as QML writes it
        """How often the code may still be entered."""
        return 0 if self._session.helping is None else self._session.helping.attempts_left

    @Property(str, notify=changed)
    def problem(self) -> str:
        """What was wrong."""
        advice = self._session.advice
        if advice is not None and advice.code == NO_PHONE:
            return self.tr("没有这个工号，请核对后再输入")
        return self.advice(self._session, advice)

    @Slot(str)
    def number(self, staff: str) -> None:
        """Send a code to the phone of this member of staff."""
        self.post(events.HelperNumbered(staff=staff))

    @Slot(str)
    def enter(self, code: str) -> None:
        """Check this code."""
        self.post(events.HelperCodeEntered(code=code))

    @Slot()
    def giveUp(self) -> None:  # noqa: N802
        """Nobody helps after all."""
        self.post(events.Back())
