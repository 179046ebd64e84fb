"""View models of licences, of one document with its code, and of who used one's data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.contract import HeldLicence, LedgerEntry, LicenceState, Looked, LookerKind, NextStep
from kiosk.forms.model import Mask
from kiosk.saying import clock
from kiosk.session import events, own_events
from kiosk.session.having import Mine, Told
from kiosk.session.state import Session
from ui.models.about import joined
from ui.models.owned import OwnRow
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.standing import said_day

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

LICENCE_TONES: Final = {
    LicenceState.VALID: "positive",
    LicenceState.EXPIRING: "caution",
    LicenceState.EXPIRED: "critical",
    LicenceState.REVOKED: "critical",
}
RESIDENT: Final = re.compile(r"\d{17}[\dXx]")
PHONE: Final = re.compile(r"1\d{10}")
ACCOUNT: Final = re.compile(r"\d{16,19}")
RENEWED: Final = (LicenceState.EXPIRING, LicenceState.EXPIRED)


def discreet(value: str) -> str:
    """Return a value of a document as it is shown to who stands there: numbers of people masked, the paper has them."""
    if RESIDENT.fullmatch(value) or ACCOUNT.fullmatch(value):
        return forms.masked(value, Mask.NUMBER)
    return forms.masked(value, Mask.PHONE) if PHONE.fullmatch(value) else value


@QmlElement
class LicencesModel(PageModel):
    """View model of the list of licences."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(OwnRow, self)
        self._busy = False
        self._untold = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        mine = session.mine or Mine()
        self._rows.show([self._row(session, held) for held in mine.licences])
        self._busy = bool(session.busy)
        self._untold = Told.LICENCES in mine.untold
        self.changed.emit()

    def _row(self, session: Session, held: HeldLicence) -> OwnRow:
        language = session.language
        lines = [held.issuer.in_(language), discreet(held.printed_number)]
        if held.valid_until is not None:
            lines.append(self.tr("有效期到 {day}").format(day=forms.shown_date(held.valid_until, language)))
        return OwnRow(
            kind="licence",
            key=held.number,
            sign="id-card",
            tone=LICENCE_TONES[held.state],
            title=held.title.in_(language),
            stand=held.says.in_(language),
            detail="  ·  ".join(lines),
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``OwnRow``s."""
        return self._rows

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many they have."""
        return len(self._rows.rows())

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether one is being opened."""
        return self._busy

    @Property(bool, notify=changed)
    def untold(self) -> bool:
        """Whether the backend did not tell."""
        return self._untold

    @Slot(str)
    def open(self, number: str) -> None:
        """Show this one."""
        self.post(own_events.LicenceChosen(number=number))


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldRow:
    """What stands on a document."""

    label: str
    value: str


@QmlElement
class SheetModel(PageModel):
    """View model of one document: what it says, its code, and its print."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._fields = Rows(FieldRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._fields.show([] if session.sheet is None else list(self._rows(session)))
        self.changed.emit()

    def _rows(self, session: Session) -> Iterable[FieldRow]:
        sheet, language = session.sheet, session.language
        if sheet is None:
            return
        document = sheet.document
        for label, value in document.fields:
            yield FieldRow(label=label.in_(language), value=discreet(value))
        yield FieldRow(label=self.tr("编号"), value=discreet(document.number))
        yield FieldRow(label=self.tr("颁发部门"), value=document.issuer.in_(language))
        yield FieldRow(label=self.tr("颁发日期"), value=forms.shown_date(document.issued_on, language))
        if document.valid_until is not None:
            yield FieldRow(label=self.tr("有效期到"), value=forms.shown_date(document.valid_until, language))
        if sheet.licence is not None and sheet.licence.uses:
            names = [use.item_name.in_(language) for use in sheet.licence.uses]
            more = sheet.licence.uses_count - len(names)
            listed = joined(names, language)
            said = self.tr("{names} 等 {n} 项").format(names=listed, n=sheet.licence.uses_count) if more > 0 else listed
            yield FieldRow(label=self.tr("办这些事不用再交纸质件"), value=said)

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the document."""
        sheet = self._session.sheet
        return "" if sheet is None else sheet.document.title.in_(self._session.language)

    @Property(str, notify=changed)
    def code(self) -> str:
        """What its code says, signed."""
        return "" if self._session.sheet is None else self._session.sheet.document.qr

    @Property(str, notify=changed)
    def validity(self) -> str:
        """Whether it is good, and what to do next; empty for what is no licence."""
        sheet = self._session.sheet
        return "" if sheet is None or sheet.licence is None else sheet.licence.says.in_(self._session.language)

    @Property(str, notify=changed)
    def tone(self) -> str:
        """Colour of that."""
        sheet = self._session.sheet
        return "accent" if sheet is None or sheet.licence is None else LICENCE_TONES[sheet.licence.state]

    @Property(str, notify=changed)
    def revoked(self) -> str:
        """When and why it was revoked; empty when it was not."""
        licence = None if self._session.sheet is None else self._session.sheet.licence
        if licence is None or licence.revoked_on is None:
            return ""
        day = forms.shown_date(licence.revoked_on, self._session.language)
        return self.tr("{day} 撤销：{reason}").format(day=day, reason=licence.reason)

    @Property(str, notify=changed)
    def renewal(self) -> str:
        """Id of the service that renews it; empty for none."""
        return self._renewal()

    def _renewal(self) -> str:
        licence = None if self._session.sheet is None else self._session.sheet.licence
        if licence is None or licence.state not in RENEWED:
            return ""
        reminders = (self._session.mine or Mine()).reminders
        reminded = [each.item for each in reminders if each.about == licence.number and each.next is NextStep.RENEW]
        issued = [item.id for item in self.desk.catalogue.items.values() if item.result.licence == licence.type]
        return next((item for item in (*reminded, *issued) if self.desk.catalogue.has_service(item)), "")

    @Property(str, notify=changed)
    def paper(self) -> str:
        """How far its print has come: a ``kiosk.session.state.Receipt``."""
        return str(self._session.sheet_paper)

    @Property(QObject, constant=True)
    def fields(self) -> QObject:
        """``FieldRow``s."""
        return self._fields

    @Slot()
    def print(self) -> None:
        """Print it."""
        self.post(own_events.PrintWanted())

    @Slot()
    def renew(self) -> None:
        """Apply for a new one."""
        self.post(events.ServiceChosen(service=self._renewal()))

    @Slot()
    def close(self) -> None:
        """Seen."""
        self.post(events.Back())


@dataclass(frozen=True, kw_only=True, slots=True)
class UseRow:
    """Once that somebody used the data; or a day."""

    header: bool
    sign: str
    title: str
    """The day; or who, for what."""
    says: str
    """What of it, from where: the first of it."""
    rest: str
    """The rest of that."""
    more: str
    """What unfolds the rest."""
    detail: str


SOURCES: Final = 3
"""Sources of one use that are named at once."""
USE_SIGNS: Final = {
    LookerKind.SELF: "user-round",
    LookerKind.AGENT: "users-round",
    LookerKind.CLERK: "user-check",
    LookerKind.DEPARTMENT: "building-2",
}


@QmlElement
class UsesModel(PageModel):
    """View model of who used one's data (谁用了我的数据), by day."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._zone = ZoneInfo(desk.settings.city.timezone)
        self._rows = Rows(UseRow, self)

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._rows.show([] if session.uses is None else list(self._listed(session, session.uses.entries)))
        self.changed.emit()

    def _listed(self, session: Session, entries: tuple[LedgerEntry, ...]) -> Iterable[UseRow]:
        day: date | None = None
        for entry in entries:
            local = entry.at.astimezone(self._zone)
            if local.date() != day:
                day = local.date()
                said = said_day(day, session)
                title = said[:1].upper() + said[1:]
                yield UseRow(header=True, sign="", title=title, says="", rest="", more="", detail="")
            yield self._row(session, entry, clock(local.time(), session.language))

    def _row(self, session: Session, entry: LedgerEntry, time: str) -> UseRow:
        language = session.language
        looked = Looked.ENTITLEMENTS if entry.matter == Looked.ENTITLEMENTS else entry.looked
        why = {
            Looked.FACTS: self.tr("办“{matter}”时帮您填表"),
            Looked.MATERIALS: self.tr("办“{matter}”时找能代替纸质件的证照"),
            Looked.SUBMISSION: self.tr("审核“{matter}”"),
            Looked.WINDOW: self.tr("在窗口处理“{matter}”"),
            Looked.ENTITLEMENTS: self.tr("看您能直接领什么"),
            Looked.LICENCES: self.tr("给您看您的证照"),
        }.get(looked, self.tr("办“{matter}”"))
        matter = entry.matter_name.in_(language)
        sources = [
            self.tr("{source}：{elements}").format(
                source=source.name.in_(language),
                elements=joined([each.in_(language) for each in source.elements], language),
            )
            if source.elements
            else source.name.in_(language)
            for source in entry.sources
        ]
        lines = [time]
        if entry.department_name is not None:
            lines.append(entry.department_name.in_(language))
        if entry.helper:
            lines.append(self.tr("帮办员 {staff}").format(staff=entry.helper))
        if entry.case:
            lines.append(entry.case)
        who = self.tr("您自己") if entry.by is LookerKind.SELF else entry.who.in_(language)
        return UseRow(
            header=False,
            sign=USE_SIGNS[entry.by],
            title=self.tr("{who}，{why}").format(who=who, why=why.format(matter=matter)),
            says="\n".join(sources[:SOURCES]),
            rest="\n".join(sources[SOURCES:]),
            more=self.tr("还查了 {n} 处").format(n=len(sources) - SOURCES) if len(sources) > SOURCES else "",
            detail="  ·  ".join(lines),
        )

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``UseRow``s."""
        return self._rows

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is being fetched."""
        return self._session.busy == "uses"

    @Property(bool, notify=changed)
    def told(self) -> bool:
        """Whether the backend told."""
        return self._session.uses is not None

    @Property(bool, notify=changed)
    def empty(self) -> bool:
        """Whether nobody has used them."""
        return self._session.uses is not None and not self._session.uses.entries

    @Property(bool, notify=changed)
    def more(self) -> bool:
        """Whether there are older ones."""
        return self._session.uses is not None and bool(self._session.uses.next)

    @Slot()
    def older(self) -> None:
        """Show older ones."""
        self.post(own_events.UsesWanted())

    @Slot()
    def retry(self) -> None:
        """Ask again."""
        self.post(events.Retry())

    @Slot()
    def close(self) -> None:
        """Seen."""
        self.post(events.Back())
