"""View model of the page that says what another answer would do, before it is taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk import forms
from kiosk.forms import Answer, PageRef
from kiosk.session import events
from kiosk.session.parts import Foreseen
from kiosk.session.state import Session
from kiosk.words import Text
from ui.models.about import grouped, joined
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1

NAMED = 6
"""Names in one line; what is more is counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectRow:
    """One thing that would be otherwise."""

    sign: str
    """Name of its icon."""
    what: str
    names: str
    pressing: bool


@QmlElement
class ChangeModel(PageModel):
    """View model of what a changed answer does."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(EffectRow, self)
        self._title = self._before = self._after = ""

    def show(self, session: Session) -> None:
        """Show ``session``."""
        foreseen = session.foreseen
        if foreseen is None:
            self._title = self._before = self._after = ""
            self._rows.show([])
            self.changed.emit()
            return
        self._title = self._named(session, foreseen.page)
        self._before = self._shown(session, foreseen.page, forms.answer_of(session.answers, foreseen.page))
        self._after = self._shown(session, foreseen.page, foreseen.answer)
        self._rows.show(self._effects(session, foreseen))
        self.changed.emit()

    def _effects(self, session: Session, foreseen: Foreseen) -> list[EffectRow]:
        catalogue = self.desk.catalogue

        def items(ids: Iterable[str]) -> list[Text]:
            return [catalogue.items[item].name for item in ids]

        def materials(ids: Iterable[str]) -> list[Text]:
            return [catalogue.materials[material].name for material in ids]

        said = (
            ("circle-plus", self.tr("要多办"), items(foreseen.items_come), True),
            ("circle-minus", self.tr("不再办"), items(foreseen.items_go), True),
            ("circle-plus", self.tr("要多交的材料"), materials(foreseen.materials_come), True),
            ("circle-minus", self.tr("不用再交的材料"), materials(foreseen.materials_go), False),
            ("user-round-check", self.tr("会改由工作人员审核"), items(foreseen.referred), True),
        )
        rows = [
            self._row(session, *line[:2], self._texts(session, line[2]), urgent=line[3]) for line in said if line[2]
        ]
        pages = (
            ("pencil", self.tr("要补答 {n} 个问题"), foreseen.asked, True),
            ("pencil", self.tr("有 {n} 个回答对不上了，要重新填"), foreseen.broken, True),
            ("circle-minus", self.tr("有 {n} 个回答不再用"), foreseen.dropped, False),
            ("undo-2", self.tr("以前填过的 {n} 个回答会用回来"), foreseen.returned, False),
            ("refresh-cw", self.tr("有 {n} 项会重新算"), foreseen.recomputed, False),
        )
        for sign, label, listed, urgent in pages:
            if listed:
                names = [self._named(session, page) for page in listed]
                rows.append(self._row(session, sign, label.format(n=len(listed)), names, urgent=urgent))
        return rows

    def _row(self, session: Session, sign: str, label: str, names: list[str], *, urgent: bool) -> EffectRow:
        named = list(dict.fromkeys(names))
        detail = joined(named[:NAMED], session.language)
        if len(named) > NAMED:
            detail = self.tr("{names} 等 {n} 项").format(names=detail, n=len(named))
        return EffectRow(sign=sign, what=label, names=detail, pressing=urgent)

    def _texts(self, session: Session, texts: list[Text]) -> list[str]:
        return [text.in_(session.language) for text in texts]

    def _named(self, session: Session, page: PageRef) -> str:
        catalogue = self.desk.catalogue
        element = catalogue.elements.get(page.id)
        if element is None:
            return self.says(session, catalogue.repeats[page.id].title)
        return element.title.in_(session.language)

    def _shown(self, session: Session, page: PageRef, answer: Answer | None) -> str:
        if answer is None:
            return self.tr("不填")
        element = self.desk.catalogue.elements[page.id]
        shown = forms.shown(element, answer.value, session.language, self.desk.catalogue.divisions)
        return grouped(element, shown)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``EffectRow``s."""
        return self._rows

    @Property(str, notify=changed)
    def title(self) -> str:
        """What is changed."""
        return self._title

    @Property(str, notify=changed)
    def before(self) -> str:
        """What was said."""
        return self._before

    @Property(str, notify=changed)
    def after(self) -> str:
        """What would be said."""
        return self._after

    @Slot()
    def confirm(self) -> None:
        """Change it after all."""
        self.post(events.Next())

    @Slot()
    def drop(self) -> None:
        """Leave it as it was."""
        self.post(events.ChangeDropped())
