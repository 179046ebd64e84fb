"""View model of the task list of a long form."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.forms import PageRef
from kiosk.session import course, events
from kiosk.session.course import Part, Stand
from kiosk.session.state import Session
from ui.models.about import joined
from ui.models.page import Desk, PageModel
from ui.models.rows import Rows

QML_IMPORT_NAME = "ui.models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskRow:
    """A section and how far it has come."""

    section: str
    title: str
    detail: str
    stand: str
    """``done``, ``started``, ``new`` or ``waiting``"""
    opens: bool
    """Whether it can be filled in now."""


@QmlElement
class TasksModel(PageModel):
    """View model of the page that lists the sections of a long form."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(desk, parent)
        self._rows = Rows(TaskRow, self)
        self._done = 0
        self._begun = False

    def show(self, session: Session) -> None:
        """Show ``session``."""
        parts = course.parts(self.desk.catalogue, session)
        self._rows.show(
            [
                TaskRow(
                    section=part.section.id,
                    title=part.section.title.in_(session.language),
                    detail=self._detail(session, part),
                    stand=str(part.stand),
                    opens=part.stand is not Stand.WAITING,
                )
                for part in parts
            ]
        )
        self._done = sum(part.stand is Stand.DONE for part in parts)
        self._begun = any(part.answered for part in parts)
        self.changed.emit()

    def _detail(self, session: Session, part: Part) -> str:
        match part.stand:
            case Stand.DONE:
                return self.tr("填好了，点开可以改")
            case Stand.WAITING:
                titles = [self._title(session, page) for page in part.waits_for]
                return self.tr("先填“{titles}”，才知道要不要填").format(titles=joined(titles, session.language))
            case Stand.STARTED:
                return self.tr("{all} 个问题，填了 {n} 个").format(all=part.questions, n=part.answered)
            case _:
                return (
                    self.tr("{n} 个问题").format(n=part.questions) if part.questions else self.tr("看一看，没有就不填")
                )

    def _title(self, session: Session, page: PageRef) -> str:
        catalogue = self.desk.catalogue
        element = catalogue.elements.get(page.id)
        return self.says(session, catalogue.repeats[page.id].title if element is None else element.title)

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        """``TaskRow``s."""
        return self._rows

    @Property(int, notify=changed)
    def done(self) -> int:
        """How many sections are filled in."""
        return self._done

    @Property(int, notify=changed)
    def count(self) -> int:
        """How many sections there are."""
        return len(self._rows.rows())

    @Property(bool, notify=changed)
    def begun(self) -> bool:
        """Whether anything was answered."""
        return self._begun

    @Slot(str)
    def choose(self, section: str) -> None:
        """Fill in this section."""
        self.post(events.SectionChosen(section=section))

    @Slot()
    def next(self) -> None:
        """Go on where it goes on."""
        self.post(events.Next())
