"""View model of the page where everything is checked before it is submitted, or handed in after it was filed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.catalogue import preview
from kiosk.catalogue.model import DecisionKind, Matter, Obtained
from kiosk.forms import Form, PageRef
from kiosk.forms.model import Mask
from kiosk.session import course, events, finishing, gathering, mending
from kiosk.session.having import Mend
from kiosk.session.state import Session
from ui.models.about import grouped, origin_named
from ui.models.keeping import principal_named
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.saving import came_out, counted, spared
from ui.models.ways import way_named

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRow:
    """An answer, or the title of a section."""

    header: bool
    label: str
    value: str
    origin: str
    """Where it came from; empty for the citizen's own answer."""
    changeable: bool
    place: int
    """For ``ReviewModel.change``."""
    first: bool = False
    """Whether it is the first of its section, or the first section."""
    last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CautionRow:
    """An item that known facts already rule out: a person will decide."""

    item: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenRow:
    """A material and how it was obtained."""

    title: str
    how: str
    later: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PromisedRow:
    """What is promised for an item by submitting."""

    item: str
    text: str


@QmlElement
class ReviewModel(PageModel):
    """View model of the page where everything is checked before it is submitted."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(ReviewRow, self)
        self._cautions = Rows(CautionRow, self)
        self._materials = Rows(GivenRow, self)
        self._promises = Rows(PromisedRow, self)
        self._pages: list[PageRef] = []
        self._saving = self._total = ""
        self._applicant = ""
        self._signs = True
        self._kind = ""
        self._busy = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        matter, today = session.matter, session.today
        if matter is None or today is None:
            self._forget()
            return
        self._pages = []
        self._rows.show(_framed(self._answer_rows(session)))
        self._cautions.show([] if session.mending is not None else self._ruled_out(session, matter, today))
        there = gathering.supplied(session)
        names = {need.material.id: need.material.name.in_(session.language) for need in gathering.needed(session)}
        self._materials.show(
            [
                GivenRow(
                    title=names[given.material],
                    how=self.tr("稍后补交") if given.deferred else way_named(Obtained(given.obtained)),
                    later=given.deferred,
                )
                for given in there.values()
            ]
        )
        saving = counted(self.desk.catalogue, session, matter) if session.mending is None else None
        self._saving, self._total = ("", "") if saving is None else (came_out(saving), spared(saving))
        self._promises.show(
            [
                PromisedRow(item=item.name.in_(session.language), text=self.says(session, item.promise))
                for item in (matter.items if session.mending is None else ())
                if item.decision is DecisionKind.COMMITMENT and item.promise is not None
            ]
        )
        self._applicant = self._who(session)
        mended = session.mending
        self._signs = finishing.needs_signature(session) if mended is None else mending.needs_signature(mended)
        self._kind = "" if mended is None else str(mended.kind)
        self._busy = bool(session.busy)
        self.changed.emit()

    def _forget(self) -> None:
        """Keep nothing of what was checked."""
        self._pages = []
        self._saving = self._total = self._applicant = ""
        for rows in (self._rows, self._cautions, self._materials, self._promises):
            rows.show([])
        self.changed.emit()

    def _who(self, session: Session) -> str:
        """Return who applies for whom; nothing for oneself."""
        if session.mandate is None or session.holder is None:
            return ""
        return self.tr("办给：{principal}。替他办的人：{agent}（委托编号 {reference}）。").format(
            principal=principal_named(session.mandate),
            agent=forms.masked(session.holder.name, Mask.NAME),
            reference=session.mandate.reference,
        )

    def _ruled_out(self, session: Session, matter: Matter, today: date) -> list[CautionRow]:
        """Return what to tell before submitting; the citizen may go on."""
        language = session.language
        several = len(forms.entries(matter.form, session.answers, matter.per)) > 1 if matter.per is not None else False
        rows = []
        for ruled in preview(matter, session.answers, today, self.desk.catalogue):
            item = self.desk.catalogue.items[ruled.item].name.in_(language)
            if several and ruled.entry is not None:
                item = self.tr("{item}（第 {n} 份申请）").format(item=item, n=ruled.entry + 1)
            rows.append(CautionRow(item=item, reason=ruled.reason.in_(language)))
        return rows

    def _answer_rows(self, session: Session) -> list[ReviewRow]:
        """Return everything that counts, facts and what is computed too, and what may be changed of it."""
        walk = course.walked(session)
        if walk is None:
            return []
        language = session.language
        asked = frozenset(course.asked(session))
        rows: list[ReviewRow] = []
        section = ""
        before: forms.Said | None = None
        supplement = session.mending is not None and session.mending.kind is Mend.SUPPLEMENT
        for line in forms.said(walk.form, walk.answers, walk.today, walked=walk):
            changeable = line.is_page and mending.may_change(session, line.page)
            if line.answer is None or (supplement and not changeable):
                continue
            if before is not None and before.page.repeat not in (None, line.page.repeat):
                rows += self._list_row(session, walk.form, before.page.repeat)
            before = line
            element = line.question.element
            heading = self._heading(session, walk.form, line.page, line.question.section)
            if heading != section:
                section = heading
                rows.append(ReviewRow(header=True, label=heading, value="", origin="", changeable=False, place=-1))
            shown = forms.shown(element, line.answer.value, language, self.desk.catalogue.divisions)
            rows.append(
                ReviewRow(
                    header=False,
                    label=element.title.in_(language),
                    value=grouped(element, shown if line.page in asked else forms.masked(shown, element.mask)),
                    origin=origin_named(self.desk, line.answer.origin, language),
                    changeable=changeable,
                    place=len(self._pages),
                )
            )
            self._pages.append(line.page)
        if before is not None:
            rows += self._list_row(session, walk.form, before.page.repeat)
        return rows

    def _list_row(self, session: Session, form: Form, repeat: str | None) -> list[ReviewRow]:
        """Return the row by which entries are added to a list or taken from it, after its last entry."""
        listed = None if repeat is None else forms.repeat_of(form, PageRef(id=repeat))
        if listed is None or listed.maximum == listed.minimum:
            return []
        if session.mending is not None and not mending.may_change(session, PageRef(id=listed.id)):
            return []
        count = len(forms.entries(form, session.answers, listed.id))
        row = ReviewRow(
            header=False,
            label=listed.title.in_(session.language),
            value=self.tr("共 {n} 项").format(n=count),
            origin="",
            changeable=True,
            place=len(self._pages),
        )
        self._pages.append(PageRef(id=listed.id))
        return [row]

    def _heading(self, session: Session, form: Form, page: PageRef, section: str) -> str:
        if page.entry is not None:
            repeat = forms.repeat_of(form, page)
            if repeat is not None:
                return repeat.one.filled(n=str(page.entry + 1)).in_(session.language)
        for known in form.sections:
            if known.id == section:
                return known.title.in_(session.language)
        return ""

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``ReviewRow``s."""
        return self._rows

    @Property(QObject, constant=True)
    def cautions(self) -> QObject:
        """``CautionRow``s: what known facts already rule out."""
        return self._cautions

    @Property(QObject, constant=True)
    def materials(self) -> QObject:
        """``GivenRow``s."""
        return self._materials

    @Property(QObject, constant=True)
    def promises(self) -> QObject:
        """``PromisedRow``s: what is promised by submitting."""
        return self._promises

    @Property(str, notify=changed)
    def spared(self) -> str:
        """How many fields and papers less, in one line; empty when none."""
        return self._total

    @Property(str, notify=changed)
    def saving(self) -> str:
        """What was spared."""
        return self._saving

    @Property(str, notify=changed)
    def applicant(self) -> str:
        """Who applies for whom; empty for oneself."""
        return self._applicant

    @Property(str, notify=changed)
    def kind(self) -> str:
        """How what was filed is put in order: a ``kiosk.session.having.Mend``; empty for something new."""
        return self._kind

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether it is being handed in."""
        return self._busy

    @Property(bool, notify=changed)
    def signs(self) -> bool:
        """Whether a signature follows; otherwise this page submits."""
        return self._signs

    @Slot(int)
    def change(self, place: int) -> None:
        """Change this answer."""
        if 0 <= place < len(self._pages):
            self.post(events.ChangeWanted(page=self._pages[place]))

    @Slot()
    def next(self) -> None:
        """Everything is right."""
        self.post(events.Next())


def _framed(rows: list[ReviewRow]) -> list[ReviewRow]:
    """Say of each row whether it begins or ends its section."""
    framed = []
    for place, row in enumerate(rows):
        if row.header:
            framed.append(replace(row, first=place == 0))
        else:
            framed.append(
                replace(row, first=rows[place - 1].header, last=place + 1 == len(rows) or rows[place + 1].header)
            )
    return framed
