"""View models of materials, camera, promise and review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.catalogue import preview
from kiosk.catalogue.model import DecisionKind, MaterialNeed, Matter, Obtained
from kiosk.forms import Form, PageRef
from kiosk.forms.model import Mask
from kiosk.session import course, events, finishing, gathering
from kiosk.session.state import Session
from ui.models.about import origin_named
from ui.models.keeping import principal_named
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows
from ui.models.saving import came_out
from ui.models.ways import way_named

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class MaterialRow:
    """A material and how far it has come."""

    material: str
    title: str
    stand: str
    """``there``, ``open`` or ``deferred``"""
    how: str
    action: str
    """``scan``, ``promise``, or nothing to do"""
    deferrable: bool


@QmlElement
class MaterialsModel(PageModel):
    """View model of the list of materials."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._asked = Rows(MaterialRow, self)
        self._spared = Rows(MaterialRow, self)
        self._open = 0

    def show(self, session: Session) -> None:
        """Show ``session``."""
        there = gathering.supplied(session)
        rows: list[MaterialRow] = []
        for need in gathering.needed(session):
            given = there.get(need.material.id)
            way = gathering.way(session, need)
            action = "" if way in gathering.AUTOMATIC else ("promise" if way is Obtained.COMMITMENT else "scan")
            if given is None:
                stand, how = "open", self._wanted(session, need, way)
            elif given.deferred:
                stand, how = "deferred", self.tr("稍后补交")
            else:
                stand, how = "there", self._found(session, need) or way_named(Obtained(given.obtained))
            rows.append(
                MaterialRow(
                    material=need.material.id,
                    title=need.material.name.in_(session.language),
                    stand=stand,
                    how=how,
                    action=action,
                    deferrable=need.deferrable,
                )
            )
        self._asked.show([row for row in rows if row.action])
        self._spared.show([row for row in rows if not row.action])
        self._open = len(gathering.missing(session))
        self.changed.emit()

    def _found(self, session: Session, need: MaterialNeed) -> str:
        for found in session.found:
            if found.material == need.material.id and need.material.id not in session.supplied:
                way = way_named(Obtained(found.obtained))
                return self.tr("{way}：{title}").format(way=way, title=found.title.in_(session.language))
        return ""

    def _wanted(self, session: Session, need: MaterialNeed, way: Obtained) -> str:
        if way is Obtained.COMMITMENT:
            return self.tr("承诺即可，不用交材料")
        return self.says(session, need.material.hint) or self.tr("请放到镜头下面拍照")

    @Property(QObject, constant=True)
    def asked(self) -> QObject:
        """``MaterialRow``s that the citizen photographs or promises."""
        return self._asked

    @Property(QObject, constant=True)
    def spared(self) -> QObject:
        """``MaterialRow``s that need nothing of the citizen."""
        return self._spared

    @Property(int, notify=changed)
    def open(self) -> int:
        """How many are still to be given."""
        return self._open

    @Slot(str)
    def choose(self, material: str) -> None:
        """Photograph or promise this one."""
        self.post(events.MaterialChosen(material=material))

    @Slot(str)
    def defer(self, material: str) -> None:
        """Hand this one in later."""
        self.post(events.MaterialDeferred(material=material))

    @Slot()
    def next(self) -> None:
        """The next one, or on to the review."""
        self.post(events.Next())


class _OneMaterial(PageModel):
    """A page about one material."""

    def need(self, session: Session) -> MaterialNeed | None:
        """Return the material that the page is about."""
        for need in gathering.needed(session):
            if need.material.id == session.material:
                return need
        return None


@QmlElement
class CameraModel(_OneMaterial):
    """View model of the page where a material is photographed."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._session = Session()
        self._need: MaterialNeed | None = None

    def show(self, session: Session) -> None:
        """Show ``session``."""
        self._session = session
        self._need = self.need(session)
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the material."""
        return self.says(self._session, self._need.material.name if self._need else None)

    @Property(str, notify=changed)
    def hint(self) -> str:
        """How it looks and where people have it."""
        return self.says(self._session, self._need.material.hint if self._need else None)

    @Property(bool, notify=changed)
    def cameraReady(self) -> bool:  # noqa: N802  # as QML writes it
        """Whether a live picture comes."""
        return self._session.devices.get("camera") == "ready"

    @Property(bool, notify=changed)
    def taken(self) -> bool:
        """Whether a photograph is shown instead of the live picture."""
        return self._session.picture is not None

    @Property(bool, notify=changed)
    def busy(self) -> bool:
        """Whether the photograph is being taken or stored."""
        return bool(self._session.busy)

    @Property(bool, notify=changed)
    def deferrable(self) -> bool:
        """Whether it may be handed in later."""
        return self._need is not None and self._need.deferrable

    @Slot()
    def take(self) -> None:
        """Photograph it now."""
        self.post(events.PictureWanted())

    @Slot()
    def again(self) -> None:
        """Photograph it again."""
        self.post(events.PictureRejected())

    @Slot()
    def keep(self) -> None:
        """Use this photograph."""
        self.post(events.PictureKept())

    @Slot()
    def defer(self) -> None:
        """Hand it in later."""
        self.post(events.MaterialDeferred(material=self._session.material))


@QmlElement
class PromiseModel(_OneMaterial):
    """View model of the page where a promise takes the place of a material."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._title = ""
        self._text = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        need = self.need(session)
        self._title = self.says(session, need.material.name if need else None)
        self._text = self.says(session, need.material.promise if need else None)
        self.changed.emit()

    @Property(str, notify=changed)
    def title(self) -> str:
        """Name of the material."""
        return self._title

    @Property(str, notify=changed)
    def text(self) -> str:
        """What is promised."""
        return self._text

    @Slot()
    def promise(self) -> None:
        """I promise."""
        self.post(events.Promised())


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
        self._saving = ""
        self._applicant = ""
        self._signs = True

    def show(self, session: Session) -> None:
        """Show ``session``."""
        matter, today = session.matter, session.today
        if matter is None or today is None:
            self._forget()
            return
        self._pages = []
        self._rows.show(_framed(self._answer_rows(session)))
        self._cautions.show(self._ruled_out(session, matter, today))
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
        replaced = [given.material for given in there.values() if given.obtained != Obtained.SCAN]
        known = [element for element, answer in session.answers.single.items() if answer.origin != "citizen"]
        saving = self.desk.catalogue.saving(matter, session.answers, known=known, materials_replaced=replaced)
        self._saving = came_out(saving)
        self._promises.show(
            [
                PromisedRow(item=item.name.in_(session.language), text=self.says(session, item.promise))
                for item in matter.items
                if item.decision is DecisionKind.COMMITMENT and item.promise is not None
            ]
        )
        self._applicant = self._who(session)
        self._signs = finishing.needs_signature(session)
        self.changed.emit()

    def _forget(self) -> None:
        """Keep nothing of what was checked."""
        self._pages = []
        self._saving = self._applicant = ""
        for rows in (self._rows, self._cautions, self._materials, self._promises):
            rows.show([])
        self.changed.emit()

    def _who(self, session: Session) -> str:
        """Return who applies for whom; nothing for oneself."""
        if session.mandate is None or session.holder is None:
            return ""
        return self.tr("申请人：{principal}。代办人：{agent}（委托编号 {reference}）。").format(
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
        for line in forms.said(walk.form, walk.answers, walk.today, walked=walk):
            if line.answer is None:
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
                    value=shown if line.page in asked else forms.masked(shown, element.mask),
                    origin=origin_named(self.desk, line.answer.origin, language),
                    changeable=line.is_page,
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
    def saving(self) -> str:
        """What was spared."""
        return self._saving

    @Property(str, notify=changed)
    def applicant(self) -> str:
        """Who applies for whom; empty for oneself."""
        return self._applicant

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
